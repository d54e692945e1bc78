"""When a cohort can be joined, who gets a place that becomes free, and whether somebody can come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ANSWER_WITHIN = 3  # days to say yes to a place that is offered


class IntakeState(StrEnum):
    """What can be said of a cohort on a day. Computed, never stored."""

    ANNOUNCED = "announced"  # joining opens later
    OPEN = "open"
    FULL = "full"  # can be joined, without a free place: one can wait for one
    CLOSED = "closed"  # joining is over, it has not begun
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True)
class Intake:
    """A cohort at its door. `places_left` counts those offered to somebody as taken."""

    starts_on: date
    ends_on: date
    join_from: date | None
    join_until: date
    places_left: int

    def state(self, on: date) -> IntakeState:
        """Joining that is open goes before running: some cohorts take people in after their start."""
        if self.ends_on < on:
            return IntakeState.FINISHED
        if self.join_from and on < self.join_from:
            return IntakeState.ANNOUNCED
        if on <= self.join_until:
            return IntakeState.OPEN if self.places_left > 0 else IntakeState.FULL
        return IntakeState.CLOSED if on < self.starts_on else IntakeState.RUNNING

    @property
    def last_day_to_offer(self) -> date:
        """Who asked in time may still be given a free place until the cohort begins, also after joining closed."""
        return max(self.join_until, self.starts_on)


@dataclass(frozen=True)
class InLine:
    """Somebody who waits: since when is in the order of the list. `answer_by` once a place is offered."""

    pk: int
    answer_by: date | None = None


@dataclass(frozen=True)
class Serving:
    """What is to be done about a waiting list: whose offer lapsed, who is offered a place until when, who goes home."""

    lapsed: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()
    answer_by: date | None = None
    closed: tuple[int, ...] = ()


def serve(line: Sequence[InLine], intake: Intake, *, free: int, on: date) -> Serving:
    """Offer free places in the order of asking.

    `free` are places that nobody travels in; those offered and not yet lapsed are not free. A place is offered for
    three days, the first of them tomorrow, and never beyond the last day on which it can be offered.
    """
    if on > intake.last_day_to_offer:
        return Serving(closed=tuple(each.pk for each in line))
    lapsed = tuple(each.pk for each in line if each.answer_by and each.answer_by < on)
    held = sum(1 for each in line if each.answer_by and each.answer_by >= on)
    asking = [each.pk for each in line if each.answer_by is None]
    answer_by = min(on + timedelta(days=ANSWER_WITHIN), intake.last_day_to_offer)
    return Serving(lapsed, tuple(asking[: max(0, free - held)]), answer_by)


def why_not_wait(intake: Intake, *, by_oneself: bool, on: date) -> str:
    """only_oneself | not_open_yet | closed | places_left, or nothing: on a waiting list go those who find no place."""
    if not by_oneself:
        return "only_oneself"
    state = intake.state(on)
    if state is IntakeState.ANNOUNCED:
        return "not_open_yet"
    if state is IntakeState.OPEN:
        return "places_left"
    return "" if state is IntakeState.FULL else "closed"


def why_not_resume(*, by_oneself: bool, employed: bool, under_way: bool, intake: Intake | None, on: date) -> str:
    """only_oneself | not_employed | under_way | cohort_over | full, or nothing.

    Who left may take the same journey up again while its cohort has not ended and has a place. Once it is under way
    (joining is over) nobody else could take that place, so it is not asked for.
    """
    if not by_oneself:
        return "only_oneself"
    if not employed:
        return "not_employed"
    if under_way:
        return "under_way"
    if intake is None:
        return ""
    if intake.state(on) is IntakeState.FINISHED:
        return "cohort_over"
    return "full" if intake.places_left <= 0 and on <= intake.last_day_to_offer else ""
