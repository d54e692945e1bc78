"""What pages and other rooms ask about sessions. Everything in bulk, a constant number of statements."""

from trellis.domains.sessions.queries.agenda import (
    AgendaLine,
    agenda,
    sessions_of,
    sessions_to_mark,
    the_two,
    with_own_marks,
)
from trellis.domains.sessions.queries.check_in import came_by_code, check_ins_around
from trellis.domains.sessions.queries.history import ChangeLine, corrections_of, history_of, names_of
from trellis.domains.sessions.queries.planning import (
    bookings_of,
    following,
    in_room,
    members_of,
    missing_from,
    open_sessions,
    rooms_in_use,
    shifts_of,
    taken_between,
    week_of,
    with_seats,
)
from trellis.domains.sessions.queries.registers import (
    MANY,
    attendance,
    attendance_of,
    concerned,
    expected,
    last_marked,
    make_ups_offered,
    session_to_mark,
)

__all__ = [
    "MANY",
    "AgendaLine",
    "ChangeLine",
    "agenda",
    "attendance",
    "attendance_of",
    "bookings_of",
    "came_by_code",
    "check_ins_around",
    "concerned",
    "corrections_of",
    "expected",
    "following",
    "history_of",
    "in_room",
    "last_marked",
    "make_ups_offered",
    "members_of",
    "missing_from",
    "names_of",
    "open_sessions",
    "rooms_in_use",
    "session_to_mark",
    "sessions_of",
    "sessions_to_mark",
    "shifts_of",
    "taken_between",
    "the_two",
    "week_of",
    "with_own_marks",
    "with_seats",
]
