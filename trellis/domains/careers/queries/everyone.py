"""The whole company against every position."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Func, IntegerField, QuerySet
from django.db.models.functions import Cast

from trellis.domains.careers import rules
from trellis.domains.careers.models import Evidence
from trellis.domains.careers.queries.levels import profile_of
from trellis.domains.careers.rules import Alike, Readiness
from trellis.domains.people.models import Person
from trellis.kit.listing import Listing


def readiness_of_everyone(on: date) -> Readiness:
    """Everyone here on the day against every position that asks for something, with reasons; three statements."""
    people = _people_here(on)
    profiles = profile_of()
    asked = {requirement for profile in profiles.values() for requirement in profile}
    meeting = rules.who_meets(asked, _alike({r.competency for r in asked}, on), people=people, on=on)
    return rules.readiness(profiles, meeting, people)


def _people_here(on: date) -> list[int]:
    """The ids of everybody here on the day, in their order; as one text: fifty thousand rows take ten times as long."""
    said: str | None = Person.objects.here(on).aggregate(who=Listing("id"))["who"]
    return sorted(map(int, said.split(","))) if said else []


class _Ordinal(Func):
    """A date as Python counts days: the first of January of the year 1 is 1."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s - DATE '0001-01-01' + 1)", **context)


def _alike(competencies: Collection[int], on: date) -> Iterator[Alike]:
    """Who showed what, put together by competency, level and source; one statement.

    Fetched row by row, a company of 50,000 has some hundred thousand, and Python makes objects of five columns each.
    The database hands them over as some hundred texts instead.
    """
    evidence = Evidence.objects.filter(is_current=True, shown_on__lte=on, competency__in=competencies)
    said: QuerySet[Any, Any] = evidence.exclude(source=Evidence.Source.SELF).order_by("competency_id")
    packed = Cast("person_id", BigIntegerField()) * rules.DAYS + _Ordinal("shown_on")
    grouped = said.values("competency_id", "level", "source").annotate(who=Listing(packed))
    for competency, level, source, who in grouped.values_list("competency_id", "level", "source", "who"):
        yield Alike(competency, level, source, tuple(map(int, who.split(","))))
