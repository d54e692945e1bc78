"""The order of an opening's list, and who belongs to the pool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

NEARLY = 2  # lacking so many requirements or fewer, one is nearly ready


@dataclass(frozen=True)
class Candidate:
    """Somebody considered for a position. `lacks` counts levels over all asked; `lacking` names competencies by id."""

    person: int
    certified_on: date | None = None
    put_forward_at: datetime | None = None
    asked: int = 0
    met: int = 0
    lacks: int = 0
    lacking: tuple[int, ...] = ()


@dataclass(frozen=True)
class Place:
    """A place in the order and its reason: certified | meets_profile | nearly | lacks | nothing_asked."""

    number: int
    candidate: Candidate
    reason: str


def reason_for(candidate: Candidate) -> str:
    """Which group somebody stands in."""
    if candidate.certified_on:
        return "certified"
    if not candidate.asked:
        return "nothing_asked"
    if not candidate.lacks:
        return "meets_profile"
    return "nearly" if len(candidate.lacking) <= NEARLY else "lacks"


_GROUPS = ("certified", "meets_profile", "nearly", "lacks", "nothing_asked")


def rank(candidates: Iterable[Candidate]) -> tuple[Place, ...]:
    """The order: the certified by day of certificate, then those who meet what is asked, then by what is lacking.

    Within a group who lacks less comes first, then who put themselves forward earlier; the id settles the rest, so that
    the order is the same each time it is asked for.
    """

    def order(candidate: Candidate) -> tuple[int, date, int, float, int]:
        group = _GROUPS.index(reason_for(candidate))
        said = candidate.put_forward_at.timestamp() if candidate.put_forward_at else float("inf")
        return group, candidate.certified_on or date.max, candidate.lacks, said, candidate.person

    return tuple(
        Place(number, candidate, reason_for(candidate))
        for number, candidate in enumerate(sorted(candidates, key=order), start=1)
    )


def refusal_to_put_forward(*, is_open: bool, holds_it: bool, is_employed: bool) -> str:
    """Why somebody cannot put themselves forward: closed | not_employed | holds_it; empty when they can."""
    if not is_open:
        return "closed"
    if not is_employed:
        return "not_employed"
    return "holds_it" if holds_it else ""


@dataclass(frozen=True)
class Supply:
    """For one position: how many are certified, meet what it asks, nearly do, are on the way; and posts open now."""

    certified: int
    ready: int
    nearly: int
    on_the_way: int
    posts: int

    @property
    def cover(self) -> float | None:
        """Those who could start (certified, or meeting what is asked) for each post; None when none is open."""
        return (self.certified + self.ready) / self.posts if self.posts else None
