"""What a proposal of days is made from, what still holds of it, and how it is shown. In bulk."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from trellis.domains.mentoring.models import PlanProposal, ProposedDay, ProposedPerson
from trellis.domains.mentoring.queries.needs import days_marked, days_upset
from trellis.domains.mentoring.queries.supply import OfferedPlace, calendar_of
from trellis.domains.mentoring.rules import Need, Problem, workdays
from trellis.domains.people.models import Person
from trellis.kit import clock


def replaced_holder(proposal: PlanProposal) -> int | None:
    """The holder whose days a proposal replaces; None for any other proposal."""
    kind, _, number = proposal.source.partition(":")
    return int(number) if kind == "replace" else None


def giving_up(proposal: PlanProposal) -> list[int]:
    """The days (ids) that a proposal of replacements would cancel: days to come that cannot be as planned."""
    holder = replaced_holder(proposal)
    if holder is None:
        return []
    learners = proposal.people.values("learner")
    return list(days_upset().filter(holder=holder, learner__in=learners).values_list("pk", flat=True))


def problem_of(proposal: PlanProposal) -> Problem:
    """All the planner has to know, in a fixed number of statements."""
    people = list(proposal.people.order_by("id"))
    learners, positions = [p.learner_id for p in people], {p.position_id for p in people}
    found = calendar_of(learners, positions, proposal.first, proposal.last, giving_up=giving_up(proposal))
    nothing: frozenset[date] = frozenset()
    outside = found.outside(learners)
    return Problem(
        needs=tuple(
            Need(
                person.learner_id,
                person.position_id,
                person.days,
                frozenset(found.busy.get(person.learner_id, nothing)),
                frozenset(found.beside.get(person.learner_id, nothing)),
                outside.get(person.learner_id, frozenset()),
            )
            for person in people
        ),
        places=tuple(place.as_place() for place in found.places if place.free),
        workdays=workdays(proposal.first, proposal.last),
        per_week=proposal.per_week,
        hosted=found.hosted,
    )


def checked(proposal: PlanProposal, days: Iterable[ProposedDay]) -> dict[tuple[int, date], str]:
    """Of the proposed days (learner and date) those that cannot be as things are now, with the reason.

    past | place_gone (withdrawn, taken, or the holder does not hold the position, is away or works other hours) |
    learner_busy (another day, a class, or away) | learner_off_shift (works other hours) | learner_left | held (the day
    to be replaced took place after all).
    """
    wanted = list(days)
    if not wanted:
        return {}
    replaced = {d.replaces_id for d in wanted if d.replaces_id}
    held = set(days_marked().filter(pk__in=replaced).values_list("pk", flat=True)) if replaced else set()
    now = calendar_of(
        {d.learner_id for d in wanted},
        {d.position_id for d in wanted},
        proposal.first,
        proposal.last,
        giving_up=replaced - held,
    )
    today, free, own = clock.today(), now.free(), Counter[tuple[int, date]]()
    here, outside, hours = now.here(today), now.outside({d.learner_id for d in wanted}), now.hours_on()
    found: dict[tuple[int, date], str] = {}
    for day in wanted:
        slot, person = (day.holder_id, day.on), (day.learner_id, day.on)
        free[slot] -= 1
        own[person] += 1
        reasons = (
            ("held", day.replaces_id in held),
            ("past", day.on < today),
            ("learner_left", day.learner_id not in here),
            ("learner_busy", own[person] > 1 or now.is_busy(*person)),
            ("place_gone", free[slot] < 0),
            ("learner_off_shift", (day.on, hours.get(slot)) in outside.get(day.learner_id, ())),
        )
        if code := next((code for code, holds in reasons if holds), ""):
            found[person] = code
    return found


def free_for(proposal: PlanProposal, person: ProposedPerson, days: Collection[ProposedDay]) -> list[OfferedPlace]:
    """Places the person could still take in this proposal, by date: what "another day" can be chosen from.

    `days`: all days of the proposal.
    """
    now = calendar_of(
        [person.learner_id],
        [person.position_id],
        proposal.first,
        proposal.last,
        giving_up={day.replaces_id for day in days if day.replaces_id},
    )
    used = Counter((day.holder_id, day.on) for day in days)
    today, outside = clock.today(), now.outside([person.learner_id]).get(person.learner_id, frozenset())
    free = [
        place
        for place in now.places
        if place.free > used[place.offer.holder_id, place.on]
        and place.on >= today
        and not now.is_busy(person.learner_id, place.on)
        and (place.on, place.hours) not in outside
    ]
    return sorted(free, key=lambda place: (place.on, place.offer.holder.name))


def proposals_listed() -> QuerySet[PlanProposal]:
    """Proposals with how many people (`for_people`), days asked (`asked`) and days found (`found`)."""
    return (
        PlanProposal.objects.select_related("asked_by")
        .annotate(
            for_people=Count("people", distinct=True),
            found=Count("days", distinct=True),
            short=Count("people", filter=~Q(people__why_short=""), distinct=True),
        )
        .order_by("-asked_at", "-id")
    )


@dataclass(frozen=True)
class PersonRow:
    """One learner of a proposal with the proposed days by date."""

    person: ProposedPerson
    days: tuple[ProposedDay, ...]

    @property
    def missing(self) -> int:
        """How many days are still wanting."""
        return max(0, self.person.days - len(self.days))

    @property
    def holders(self) -> int:
        """With how many different holders."""
        return len({day.holder_id for day in self.days})


def rows_of(proposal: PlanProposal) -> list[PersonRow]:
    """The learners by position and name with their days; two statements."""
    people = proposal.people.select_related("learner", "position").order_by("position__name", "learner__name", "id")
    days: dict[int, list[ProposedDay]] = {}
    for day in proposal.days.select_related("holder", "replaces__holder").order_by("on"):
        days.setdefault(day.learner_id, []).append(day)
    return [PersonRow(person, tuple(days.get(person.learner_id, ()))) for person in people]


@dataclass(frozen=True)
class HolderRow:
    """A holder with the days that a proposal gives them."""

    holder: Person
    days: tuple[ProposedDay, ...]

    @property
    def learners(self) -> int:
        """How many different learners."""
        return len({day.learner_id for day in self.days})


def by_holder(rows: Iterable[PersonRow]) -> list[HolderRow]:
    """The same days by holder, the most first."""
    found: dict[Person, list[ProposedDay]] = {}
    for day in sorted((day for row in rows for day in row.days), key=lambda day: day.on):
        found.setdefault(day.holder, []).append(day)
    holders = [HolderRow(holder, tuple(days)) for holder, days in found.items()]
    return sorted(holders, key=lambda row: (-len(row.days), row.holder.name))
