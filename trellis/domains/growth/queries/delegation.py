"""Delegation boards: the teams one is in, what they agreed, and a round as this reader may know it.

Nothing here leads from an open round to a choice, but to the reader's own: `choices_shown` takes the revealed rounds
only, and of an open one a page gets the number of those who chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trellis.domains.growth.models import Agreed, Choice, Decision, OpenDecisions, Round
from trellis.domains.growth.rules.delegation import Extremes, extremes, suggested, tally
from trellis.domains.people.models import Holding, Person, PersonQuerySet, Unit, on_day
from trellis.kit import clock


def members_of(unit: Unit) -> PersonQuerySet:
    """Who decides together: those who hold a position in the team today, and its head."""
    held = Holding.objects.filter(on_day(clock.today()), unit=unit).values("person")
    people = Person.objects.get_queryset().filter(Q(pk__in=held) | Q(pk=unit.head_id), erased_at=None)
    return people.here()


def teams_of(person: Person) -> QuerySet[Unit]:
    """The units the person is in or heads, each with what is `listed`, and rounds `waiting` for their choice."""
    held = Holding.objects.filter(on_day(clock.today()), person=person).values("unit")
    own = Unit.objects.filter(Q(pk__in=held) | Q(head=person), closed_on=None)
    chosen = Choice.objects.filter(round=OuterRef("pk"), person=person)
    open_rounds = Round.objects.filter(~Exists(chosen), revealed_at=None, decision__unit=OuterRef("pk"))
    open_rounds = open_rounds.filter(decision__dropped_at=None)
    return _with_listed(own).annotate(waiting=_count(open_rounds, "decision__unit")).order_by("name", "id")


def open_teams(person: Person) -> QuerySet[Unit]:
    """The teams that show their agreed levels to everybody, those of the person left out."""
    held = Holding.objects.filter(on_day(clock.today()), person=person).values("unit")
    others = Unit.objects.filter(open_decisions__isnull=False, closed_on=None)
    return _with_listed(others.exclude(pk__in=held).exclude(head=person)).order_by("name", "id")


def _with_listed(units: QuerySet[Unit]) -> QuerySet[Unit]:
    return units.annotate(listed=_count(Decision.objects.filter(unit=OuterRef("pk"), dropped_at=None), "unit"))


def _count(rows: QuerySet[Decision] | QuerySet[Round], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Line:
    """One decision of a board: the level that holds now (0: none yet) since when, and the round that is open."""

    decision: Decision
    level: int
    since: date | None
    note: str
    round_id: int | None
    i_chose: bool
    revised: int


def board_of(unit: Unit, reader: Person) -> list[Line]:
    """What a team decides, in the order it was listed; one statement. `i_chose`: the reader, in the open round."""
    now = Agreed.objects.filter(decision=OuterRef("pk"), replaced_by=None)
    going = Round.objects.filter(decision=OuterRef("pk"), revealed_at=None)
    mine = Choice.objects.filter(round__decision=OuterRef("pk"), round__revealed_at=None, person=reader)
    rows = Decision.objects.filter(unit=unit, dropped_at=None).annotate(
        now_level=Subquery(now.values("level")[:1]),
        now_since=Subquery(now.values("agreed_on")[:1]),
        now_note=Subquery(now.values("note")[:1]),
        going=Subquery(going.values("pk")[:1]),
        i_chose=Exists(mine),
        times=Count("agreements"),
    )
    return [
        Line(
            row,
            row.now_level or 0,
            row.now_since,
            row.now_note or "",
            row.going,
            row.i_chose,
            max(0, row.times - 1),
        )
        for row in rows.order_by("id")
    ]


def is_open(unit: Unit) -> bool:
    """Whether the team shows its agreed levels to everybody."""
    return OpenDecisions.objects.filter(unit=unit).exists()


def current(decision: Decision) -> Agreed | None:
    """What holds now."""
    return Agreed.objects.filter(decision=decision, replaced_by=None).first()


def chosen_in(going: Round) -> int:
    """How many members chose so far: all that anybody is told before the reveal. One statement."""
    return _of_members(going).count()


def _of_members(of: Round) -> QuerySet[Choice]:
    return Choice.objects.filter(round=of, person__in=members_of(of.decision.unit).values("pk"))


def strangers_in(going: Round) -> QuerySet[Choice]:
    """Choices of those who have left the team meanwhile: they do not count, and are never shown."""
    return Choice.objects.filter(round=going).exclude(person__in=members_of(going.decision.unit).values("pk"))


def so_far(going: Round, reader: Person) -> dict[str, int | None]:
    """How many members there are and how many chose, and what the reader chose, for their own eyes; two statements."""
    own = Max("level", filter=Q(person=reader))
    return {
        "members": members_of(going.decision.unit).count(),
        **_of_members(going).aggregate(chosen=Count("pk"), mine=own),
    }


@dataclass(frozen=True)
class Revealed:
    """A round after its reveal: the choices, lowest level first, how many each level got, and who explains."""

    round: Round
    choices: tuple[Choice, ...]
    agreements: tuple[Agreed, ...]

    @property
    def levels(self) -> dict[int, int]:
        return {choice.person_id: choice.level for choice in self.choices}

    @property
    def tally(self) -> tuple[int, ...]:
        return tally(self.levels.values())

    @property
    def extremes(self) -> Extremes:
        return extremes(self.levels)

    @property
    def suggested(self) -> int | None:
        return suggested(self.levels.values())


def rounds_of(decision: Decision) -> tuple[Round | None, list[Revealed]]:
    """The round that is open, and every one that was revealed with its choices and what was agreed after it, the newest
    first; three statements."""
    choices: dict[int, list[Choice]] = {}
    shown = Choice.objects.filter(round__decision=decision, round__revealed_at__isnull=False)
    for choice in shown.select_related("person").order_by("level", "person__name", "id"):
        choices.setdefault(choice.round_id, []).append(choice)
    after: dict[int, list[Agreed]] = {}
    for agreed in Agreed.objects.filter(decision=decision).select_related("written_by").order_by("-id"):
        after.setdefault(agreed.round_id, []).append(agreed)
    found = list(Round.objects.filter(decision=decision).order_by("-revealed_at", "-id"))
    for row in found:
        row.decision = decision
    past = [
        Revealed(row, tuple(choices.get(row.pk, ())), tuple(after.get(row.pk, ()))) for row in found if row.revealed_at
    ]
    return next((row for row in found if not row.revealed_at), None), past
