"""What is done to sessions: the timetable (timetable.py), moving and cancelling (changes.py), the register."""

from trellis.domains.sessions.actions.changes import cancel, move
from trellis.domains.sessions.actions.register import mark, mark_all, mark_rest_present
from trellis.domains.sessions.actions.timetable import (
    PlannedSession,
    let_go,
    open_series,
    schedule,
    schedule_many,
    take_in,
)

__all__ = [
    "PlannedSession",
    "cancel",
    "let_go",
    "mark",
    "mark_all",
    "mark_rest_present",
    "move",
    "open_series",
    "schedule",
    "schedule_many",
    "take_in",
]
