"""The only writers of this room."""

from trellis.domains.programmes.actions.bulk import UndoOutcome, Wish, act_on_many, undo_bulk
from trellis.domains.programmes.actions.cohorts import IntakeOutcome, change_intake, open_cohort
from trellis.domains.programmes.actions.definitions import LoadOutcome, load_definition
from trellis.domains.programmes.actions.journeys import JoinOutcome, complete, join, leave, resume
from trellis.domains.programmes.actions.messages import take_back_message, write_to_many
from trellis.domains.programmes.actions.moving import MoveOutcome, move_to_version
from trellis.domains.programmes.actions.nodes import TickOutcome, tick, tick_for_many, untick, untick_for_many
from trellis.domains.programmes.actions.reminders import remind
from trellis.domains.programmes.actions.reviews import (
    ReviewOutcome,
    WaiverOutcome,
    ask_review,
    decide_review,
    give_waiver,
    revoke_waiver,
)
from trellis.domains.programmes.actions.runs import plan_runs
from trellis.domains.programmes.actions.times import (
    BatchOutcome,
    TimeOutcome,
    ask_time,
    decide_time,
    end_pause,
    give_time,
    give_time_to_many,
    undo_time,
    withdraw_time,
)
from trellis.domains.programmes.actions.waiting import WaitOutcome, serve_all, stop_waiting, wait
from trellis.domains.programmes.actions.whole import WholeOutcome, load_file

__all__ = [
    "BatchOutcome",
    "IntakeOutcome",
    "JoinOutcome",
    "LoadOutcome",
    "MoveOutcome",
    "ReviewOutcome",
    "TickOutcome",
    "TimeOutcome",
    "UndoOutcome",
    "WaitOutcome",
    "WaiverOutcome",
    "WholeOutcome",
    "Wish",
    "act_on_many",
    "ask_review",
    "ask_time",
    "change_intake",
    "complete",
    "decide_review",
    "decide_time",
    "end_pause",
    "give_time",
    "give_time_to_many",
    "give_waiver",
    "join",
    "leave",
    "load_definition",
    "load_file",
    "move_to_version",
    "open_cohort",
    "plan_runs",
    "remind",
    "resume",
    "revoke_waiver",
    "serve_all",
    "stop_waiting",
    "take_back_message",
    "tick",
    "tick_for_many",
    "undo_bulk",
    "undo_time",
    "untick",
    "untick_for_many",
    "wait",
    "withdraw_time",
    "write_to_many",
]
