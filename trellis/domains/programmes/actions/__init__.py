"""The only writers of this room."""

from trellis.domains.programmes.actions.cohorts import open_cohort
from trellis.domains.programmes.actions.definitions import LoadOutcome, load_definition
from trellis.domains.programmes.actions.journeys import JoinOutcome, complete, join, leave
from trellis.domains.programmes.actions.reviews import (
    ReviewOutcome,
    WaiverOutcome,
    ask_review,
    decide_review,
    give_waiver,
)
from trellis.domains.programmes.actions.whole import WholeOutcome, load_file

__all__ = [
    "JoinOutcome",
    "LoadOutcome",
    "ReviewOutcome",
    "WaiverOutcome",
    "WholeOutcome",
    "ask_review",
    "complete",
    "decide_review",
    "give_waiver",
    "join",
    "leave",
    "load_definition",
    "load_file",
    "open_cohort",
]
