"""Goals with how far they have come, in a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from trellis.domains.growth.access.own import readable_by
from trellis.domains.growth.models import Board, Card, CheckIn, Goal, KeyResult, Objective, TargetChange
from trellis.domains.growth.rules import goals as rules
from trellis.domains.people.models import Person

MOST_LOOKED_AT = 100  # key results of one check-in
MOST_TOLD = 400  # check-ins of one history
MOST_EXAMPLES = 60


@dataclass(frozen=True)
class Measured:
    """A key result with where it stands: its newest check-in (`told`, `told_at`), or its start when there is none."""

    key_result: KeyResult
    now: Decimal
    told: int | None
    told_at: datetime | None
    cards: tuple[Card, ...] = ()

    @property
    def score(self) -> Decimal:
        """0 to 1."""
        return rules.progress(self.key_result.start, self.key_result.target, self.now)

    @property
    def percent(self) -> int:
        """The score in whole per cent."""
        return rules.percent(self.score)


@dataclass(frozen=True)
class Aimed:
    """An objective with its key results."""

    objective: Objective
    key_results: tuple[Measured, ...]

    @property
    def percent(self) -> int | None:
        """Its score in whole per cent; None without a key result."""
        score = rules.objective_score((one.key_result.weight, one.score) for one in self.key_results)
        return None if score is None else rules.percent(score)


@dataclass(frozen=True)
class Plan:
    """A goal with its objectives, and what was dropped of them."""

    goal: Goal
    objectives: tuple[Aimed, ...]
    dropped_objectives: tuple[Objective, ...] = ()
    dropped_key_results: tuple[KeyResult, ...] = ()
    cards: tuple[Card, ...] = ()  # those of the goal itself


@dataclass(frozen=True)
class Told:
    """One line of a history: a check-in, or what the number was measured by until then."""

    at: datetime
    check_in: CheckIn | None = None
    change: TargetChange | None = None


def goals_of(person: Person) -> QuerySet[Goal]:
    """The person's own goals, those on the way first, then reached ones, then what was let go."""
    return (
        Goal.objects.filter(owner=person)
        .select_related("position")
        .order_by(F("dropped_at").asc(nulls_first=True), F("reached_on").asc(nulls_first=True), "id")
    )


def plans(goals: Collection[Goal], *, cards_for: Person | None = None) -> list[Plan]:
    """The goals with objectives and key results; two statements, and one for the cards that this person may read."""
    objectives = list(Objective.objects.filter(goal__in=goals).order_by("year", "id"))
    results = list(with_now().filter(objective__goal__in=goals))
    own = list(_cards(goals, cards_for)) if cards_for else []
    return [_plan(goal, [o for o in objectives if o.goal_id == goal.pk], results, own) for goal in goals]


def with_now() -> QuerySet[KeyResult]:
    """Key results that know their newest check-in: `told` (its id), `told_value` and `told_at`."""
    newest = CheckIn.objects.filter(key_result=OuterRef("pk")).order_by("-said_at", "-id")
    return KeyResult.objects.annotate(
        told=Subquery(newest.values("pk")[:1]),
        told_value=Subquery(newest.values("value")[:1]),
        told_at=Subquery(newest.values("said_at")[:1]),
    ).order_by("id")


def measured(result: KeyResult, cards: Iterable[Card] = ()) -> Measured:
    """One row of `with_now` as what it says."""
    told = getattr(result, "told", None)
    now = result.start if told is None else getattr(result, "told_value", result.start)
    return Measured(result, now, told, getattr(result, "told_at", None), tuple(cards))


def objectives_of(person: Person, *, year: int) -> list[Aimed]:
    """What the person's goals mean in the year, with key results: for the board and for home; two statements."""
    objectives = list(
        Objective.objects.filter(
            goal__owner=person, goal__dropped_at=None, goal__reached_on=None, year=year, dropped_at=None
        ).select_related("goal")
    )
    return _aimed(objectives)


def to_look_at(person: Person, *, on: date) -> list[Aimed]:
    """The objectives whose key results a check-in asks about on the day; two statements."""
    objectives = list(
        Objective.objects.filter(
            goal__owner=person,
            goal__dropped_at=None,
            goal__reached_on=None,
            year__gte=rules.first_year_looked_at(on),
            year__lte=on.year,
            dropped_at=None,
        ).select_related("goal")
    )
    return [aimed for aimed in _aimed(objectives) if aimed.key_results]


def history(result: KeyResult) -> list[Told]:
    """Check-ins and changes of the target, newest first; two statements."""
    told = [Told(c.said_at, check_in=c) for c in CheckIn.objects.filter(key_result=result)[:MOST_TOLD]]
    told += [Told(c.changed_at, change=c) for c in TargetChange.objects.filter(key_result=result)[:MOST_TOLD]]
    return sorted(told, key=lambda one: one.at, reverse=True)


def last_looks(people: Collection[int] | None = None, *, on: date) -> dict[int, date]:
    """When each person who has something to check in on last looked: checked in, or wrote down a key result."""
    found = KeyResult.objects.filter(
        dropped_at=None,
        objective__dropped_at=None,
        objective__year__gte=rules.first_year_looked_at(on),
        objective__year__lte=on.year,
        objective__goal__dropped_at=None,
        objective__goal__reached_on=None,
        objective__goal__owner__is_active=True,
    )
    if people is not None:
        found = found.filter(objective__goal__owner__in=people)
    last = (
        found.order_by().values("objective__goal__owner").annotate(told=Max("check_ins__said_at"), made=Max("made_at"))
    )
    rows = last.values_list("objective__goal__owner", "told", "made")
    return {owner: timezone.localtime(max(told or made, made)).date() for owner, told, made in rows}


def examples(reader: Person) -> list[str]:
    """Goals of others who show the sentence to whoever looks for one: sentences only, newest first."""
    shown = Goal.objects.filter(example_since__isnull=False, dropped_at=None, owner__is_active=True)
    return list(
        shown.exclude(owner=reader).order_by("-example_since", "-id").values_list("title", flat=True)[:MOST_EXAMPLES]
    )


def _plan(goal: Goal, objectives: list[Objective], results: list[KeyResult], cards: list[Card]) -> Plan:
    kept = [o for o in objectives if o.dropped_at is None]
    ids = {o.pk for o in kept}
    return Plan(
        goal,
        tuple(_with(o, results, cards) for o in kept),
        tuple(o for o in objectives if o.dropped_at is not None),
        tuple(r for r in results if r.objective_id in ids and r.dropped_at is not None),
        tuple(c for c in cards if c.goal_id == goal.pk and c.key_result_id is None),
    )


def _aimed(objectives: list[Objective]) -> list[Aimed]:
    results = list(with_now().filter(objective__in=objectives, dropped_at=None)[:MOST_LOOKED_AT])
    return [_with(objective, results, []) for objective in objectives]


def _with(objective: Objective, results: list[KeyResult], cards: list[Card]) -> Aimed:
    of = [r for r in results if r.objective_id == objective.pk and r.dropped_at is None]
    return Aimed(objective, tuple(measured(r, [c for c in cards if c.key_result_id == r.pk]) for r in of))


def _cards(goals: Collection[Goal], reader: Person) -> QuerySet[Card]:
    """The cards that belong to the goals and are not put away, on boards that the reader may read."""
    of = Q(goal__in=goals) | Q(key_result__objective__goal__in=goals)
    boards = Board.objects.filter(readable_by(reader), archived_at=None).values("pk")
    found = Card.objects.filter(of, archived_at=None, column__board__in=boards)
    return found.select_related("column").order_by("column__rank", "rank", "id").distinct()
