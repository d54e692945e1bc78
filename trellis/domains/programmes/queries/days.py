"""Days beside a holder that a cohort still needs, and when."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.domains.mentoring.queries import days_beside
from trellis.domains.mentoring.queries.supply import OfferedPlace
from trellis.domains.mentoring.rules import count_days
from trellis.domains.people.models import Position
from trellis.domains.programmes.models import Cohort, Journey
from trellis.domains.programmes.queries.dues import times_of
from trellis.domains.programmes.queries.offers import days_asked
from trellis.domains.programmes.queries.standings import definition_of, standings
from trellis.domains.programmes.rules import Definition, Times


@dataclass(frozen=True)
class DaysWanted:
    """A journey, and how many days are neither counted, nor planned, nor waiting for a signature.

    `is_paused`: on some day of the window that was asked about, so that no day should be planned in it.
    """

    journey: Journey
    days: int
    is_paused: bool = False


def days_wanted(
    cohort: Cohort, *, on: date, window: tuple[date, date] | None = None, only_open: bool = False
) -> list[DaysWanted]:
    """Who of a cohort needs days, in the order of joining; three statements. `window`: first and last day in which
    pauses matter. `only_open`: only those who have gone through the gate that opens the mentorship, which takes their
    standings."""
    definition = definition_of(cohort.version)
    asked = days_asked(definition)
    if asked is None:
        return []
    going = Journey.objects.filter(cohort=cohort, left_at=None, completed_at=None).exclude(position=None)
    loaded = going.select_related("person", "position", "version").defer("version__definition")
    journeys = list(loaded.order_by("joined_at", "id"))
    if only_open:
        journeys = [journey for journey, is_open in _open(journeys, on) if is_open]
    there = days_beside([j.person_id for j in journeys], {j.position_id for j in journeys if j.position_id})
    times: Mapping[int, Times] = times_of(journeys) if window else {}
    found = []
    for journey in journeys:
        paused = window is not None and any(change.touches(*window) for change in times[journey.pk].changes)
        own = there.get((journey.person_id, journey.position_id or 0), [])
        left = count_days(own, needed=asked.days, minutes_each=round(asked.hours * 60), on=on).left
        if left:
            found.append(DaysWanted(journey, left, paused))
    return found


def _open(journeys: list[Journey], on: date) -> Iterable[tuple[Journey, bool]]:
    found = standings(journeys, on=on)
    for journey in journeys:
        doors = [gate for gate in found[journey.pk].gates if gate.gate.opens == "mentorship"]
        yield journey, all(gate.is_open for gate in doors)


def window_of(cohort: Cohort, *, on: date) -> tuple[date, date]:
    """When the cohort's days are to be: the stage that holds them, but not before tomorrow, and four weeks at least."""
    stage = _stage(definition_of(cohort.version))
    first, last = cohort.starts_on, cohort.ends_on
    if stage:
        first = cohort.starts_on + timedelta(weeks=stage[0] - 1)
        last = cohort.starts_on + timedelta(weeks=stage[1], days=-1)
    first = max(first, on + timedelta(days=1))
    return first, max(last, first + timedelta(weeks=4, days=-1))


def _stage(definition: Definition) -> tuple[int, int] | None:
    stages = [s for s in definition.stages if any(node.kind == "days" for node in s.nodes)]
    return (stages[0].from_week, stages[0].to_week) if stages else None


@dataclass(frozen=True)
class Balance:
    """One position: days that people of the cohort need, and places that are offered and free in the window."""

    position: Position
    people: int
    needed: int
    free: int
    holders: int

    @property
    def is_enough(self) -> bool:
        """Whether there are as many places as days; dates may still not fit."""
        return self.free >= self.needed


def balances(wanted: Iterable[DaysWanted], places: Iterable[OfferedPlace]) -> list[Balance]:
    """Supply against need, by position."""
    needed, people, free = Counter[int](), Counter[int](), Counter[int]()
    holders: dict[int, set[int]] = {}
    positions: dict[int, Position] = {}
    for want in wanted:
        position = want.journey.position
        if position:
            positions[position.pk] = position
            needed[position.pk] += want.days
            people[position.pk] += 1
    for place in places:
        free[place.offer.position_id] += place.free
        holders.setdefault(place.offer.position_id, set()).add(place.offer.holder_id)
    return [
        Balance(position, people[pk], needed[pk], free[pk], len(holders.get(pk, ())))
        for pk, position in sorted(positions.items(), key=lambda item: str(item[1]))
    ]
