"""What is done to sessions: the timetable (timetable.py) and the register (register.py)."""

from trellis.domains.sessions.actions.register import mark, mark_all, mark_rest_present
from trellis.domains.sessions.actions.timetable import (
    PlannedSession,
    cancel,
    let_go,
    move,
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
