"""What this room announces: ids, codes and numbers, never a word that somebody wrote.

Of boards, goals, wishes and shares nothing is announced: they are their owner's alone.
"""

from dataclasses import dataclass

from trellis.kit.journal.facts import Fact, fact


@fact("growth.decision_listed")
@dataclass(frozen=True)
class DecisionListed(Fact):
    decision: int
    unit: int


@fact("growth.decision_dropped")
@dataclass(frozen=True)
class DecisionDropped(Fact):
    decision: int
    unit: int


@fact("growth.round_opened")
@dataclass(frozen=True)
class RoundOpened(Fact):
    """A secret choice began. Who chooses, and when, is no fact: it would tell what it must not."""

    decision: int
    round: int


@fact("growth.round_revealed")
@dataclass(frozen=True)
class RoundRevealed(Fact):
    decision: int
    round: int
    chosen: int


@fact("growth.level_agreed")
@dataclass(frozen=True)
class LevelAgreed(Fact):
    """`replaces`: the id of the agreement that held before."""

    decision: int
    level: int
    replaces: int | None


@fact("growth.decisions_shown")
@dataclass(frozen=True)
class DecisionsShown(Fact):
    """A team shows everybody what it agreed, or no longer does."""

    unit: int
    is_open: bool


@fact("growth.need_declared")
@dataclass(frozen=True)
class NeedDeclared(Fact):
    """The company, or the unit, would be glad if more people could do it."""

    need: int
    competency: int
    unit: int | None


@fact("growth.need_ended")
@dataclass(frozen=True)
class NeedEnded(Fact):
    need: int
    competency: int
