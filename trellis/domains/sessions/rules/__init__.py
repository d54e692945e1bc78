"""What is decided about sessions: attendance, marks in a register, changes of a session."""

from trellis.domains.sessions.rules.attendance import (
    ABSENT,
    ATTENDED,
    EXCUSED,
    LATE,
    PRESENT,
    VALUES,
    Attendance,
    Prospect,
    Scheduled,
    Timetable,
    count,
    count_in,
    prospect,
    sessions_needed,
)
from trellis.domains.sessions.rules.changes import MoveOutcome, Plan, decide_move
from trellis.domains.sessions.rules.marks import (
    CLOSES_AFTER,
    MarkOutcome,
    Standing,
    Wish,
    decide_mark,
    register_closes_at,
)

__all__ = [
    "ABSENT",
    "ATTENDED",
    "CLOSES_AFTER",
    "EXCUSED",
    "LATE",
    "PRESENT",
    "VALUES",
    "Attendance",
    "MarkOutcome",
    "MoveOutcome",
    "Plan",
    "Prospect",
    "Scheduled",
    "Standing",
    "Timetable",
    "Wish",
    "count",
    "count_in",
    "decide_mark",
    "decide_move",
    "prospect",
    "register_closes_at",
    "sessions_needed",
]
