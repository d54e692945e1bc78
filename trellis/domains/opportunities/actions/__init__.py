"""The verbs of openings: opening and putting oneself forward, filling, the pool, what is expected, stories."""

from trellis.domains.opportunities.actions.filling import ChoiceOutcome, choose, invite, note_outcome
from trellis.domains.opportunities.actions.openings import (
    InterestOutcome,
    close_post,
    open_post,
    put_forward,
    withdraw_interest,
)
from trellis.domains.opportunities.actions.pool import drop_expected, expect_opening, renew, set_term
from trellis.domains.opportunities.actions.stories import begin_story, consent, set_pay_line, tell, withdraw_story

__all__ = [
    "ChoiceOutcome",
    "InterestOutcome",
    "begin_story",
    "choose",
    "close_post",
    "consent",
    "drop_expected",
    "expect_opening",
    "invite",
    "note_outcome",
    "open_post",
    "put_forward",
    "renew",
    "set_pay_line",
    "set_term",
    "tell",
    "withdraw_interest",
    "withdraw_story",
]
