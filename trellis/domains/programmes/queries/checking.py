"""A definition held against what the company knows, before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from trellis.domains.careers.models import Competency, Pathway
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Position, on_day
from trellis.domains.programmes.models import Journey, Passage
from trellis.domains.programmes.rules import Definition, Fault, read_loosely
from trellis.domains.programmes.rules.checking import Known, UnderWay, faults_in, warnings_in
from trellis.kit import clock


@dataclass(frozen=True)
class Checked:
    """What could be made of the data, why it cannot be published, and what the office should look at before it is."""

    definition: Definition
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check_definition(data: Any, *, known: Known | None = None) -> Checked:
    """Read plain data and look at everything that could be wrong with it; six statements, two where it is `known` what
    there is.

    A definition with faults in its form is not looked at further where that would only repeat them.
    """
    definition, faults = read_loosely(data)
    known = known or what_is_known()
    found = faults_in(definition, known, under_way(definition.code))
    told = {fault.path for fault in faults}
    return Checked(definition, (*faults, *(f for f in found if f.path not in told)), warnings_in(definition, known))


def what_is_known() -> Known:
    """The positions with how many hold them today, the pathways, courses and competencies; four statements."""
    highest = Coalesce(Max("levels__level"), 0)
    holding = Count("holdings", filter=on_day(clock.today(), "holdings__"))
    return Known(
        positions=dict(Position.objects.order_by().annotate(n=holding).values_list("code", "n")),
        pathways=frozenset(Pathway.objects.values_list("code", flat=True)),
        courses=frozenset(Course.objects.values_list("code", flat=True)),
        levels=dict(Competency.objects.order_by().annotate(top=highest).values_list("code", "top")),
    )


def under_way(programme: str) -> UnderWay:
    """The people under way in a programme, by its code: what they step to, what they went through; two statements."""
    going = Q(programme__code=programme, left_at=None, completed_at=None)
    journeys = Journey.objects.filter(going, position__isnull=False).order_by()
    passages = Passage.objects.filter(withdrawn_at=None, journey__in=Journey.objects.filter(going)).order_by()
    return UnderWay(
        positions=dict(journeys.values_list("position__code").annotate(n=Count("pk"))),
        gates=dict(passages.values_list("gate").annotate(n=Count("pk"))),
    )
