"""What pages and other rooms ask about sessions. Everything in bulk, a constant number of statements."""

from trellis.domains.sessions.queries.agenda import AgendaLine, agenda, sessions_of, sessions_to_mark, with_own_marks
from trellis.domains.sessions.queries.history import ChangeLine, history_of, names_of
from trellis.domains.sessions.queries.registers import (
    MANY,
    attendance,
    attendance_of,
    concerned,
    expected,
    make_ups_offered,
)

__all__ = [
    "MANY",
    "AgendaLine",
    "ChangeLine",
    "agenda",
    "attendance",
    "attendance_of",
    "concerned",
    "expected",
    "history_of",
    "make_ups_offered",
    "names_of",
    "sessions_of",
    "sessions_to_mark",
    "with_own_marks",
]
