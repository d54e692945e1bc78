"""What is done to sessions: the timetable (timetable.py), moving and cancelling (changes.py), the register."""

from trellis.domains.sessions.actions.booking import book, change_places, give_back, open_event
from trellis.domains.sessions.actions.changes import cancel, move
from trellis.domains.sessions.actions.check_in import check_in, close_check_in, open_check_in
from trellis.domains.sessions.actions.following import FollowingOutcome, move_following
from trellis.domains.sessions.actions.planning import (
    PlanOutcome,
    keep_because,
    keep_in_spite,
    plan,
    plan_one,
    speaks_against,
    write_plan,
)
from trellis.domains.sessions.actions.register import mark, mark_all, mark_rest_present
from trellis.domains.sessions.actions.rooms import put_on_shift, reopen_room, retire_room, save_room, save_shift
from trellis.domains.sessions.actions.rosters import Stint, undo_roster, write_roster
from trellis.domains.sessions.actions.timetable import (
    PlannedSession,
    let_go,
    open_series,
    schedule,
    schedule_many,
    take_in,
)

__all__ = [
    "FollowingOutcome",
    "PlanOutcome",
    "PlannedSession",
    "Stint",
    "book",
    "cancel",
    "change_places",
    "check_in",
    "close_check_in",
    "give_back",
    "keep_because",
    "keep_in_spite",
    "let_go",
    "mark",
    "mark_all",
    "mark_rest_present",
    "move",
    "move_following",
    "open_check_in",
    "open_event",
    "open_series",
    "plan",
    "plan_one",
    "put_on_shift",
    "reopen_room",
    "retire_room",
    "save_room",
    "save_shift",
    "schedule",
    "schedule_many",
    "speaks_against",
    "take_in",
    "undo_roster",
    "write_plan",
    "write_roster",
]
