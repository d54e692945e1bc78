"""Stories of promotions, and the facts beneath them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from trellis.domains.careers.models import Evidence
from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities.models import Story
from trellis.domains.people.models import Holding, Person
from trellis.domains.programmes.models import Journey


@dataclass(frozen=True)
class Step:
    """One thing that happened on the way. `code`: joined | moved | promoted | journey | certified; `what` is a
    position or a programme, in the reader's language."""

    on: date
    code: str
    what: str


def published() -> QuerySet[Story]:
    """What the company may read, the newest first."""
    return Story.objects.filter(consented_at__isnull=False, withdrawn_at=None).select_related(
        "person", "holding__position", "holding__unit"
    )


def promotions_of(person: Person) -> QuerySet[Holding]:
    """A person's promotions, with the story of each where there is one."""
    promoted = Holding.objects.filter(person=person, began=Holding.Began.PROMOTED)
    return promoted.select_related("position", "unit", "story").order_by("-began_on")


def steps_of(holding: Holding) -> list[Step]:
    """The way to a promotion, by its dates: positions held, programmes begun, certificates. Three statements."""
    held = Holding.objects.filter(person=holding.person_id, began_on__lte=holding.began_on).select_related("position")
    steps = [Step(one.began_on, one.began, str(one.position)) for one in held]
    journeys = Journey.objects.filter(person=holding.person_id, joined_at__date__lte=holding.began_on, left_at=None)
    for journey in journeys.select_related("programme"):
        steps.append(Step(timezone.localdate(journey.joined_at), "journey", str(journey.programme)))
    certificates = Certificate.objects.filter(
        person=holding.person_id, issued_on__lte=holding.began_on, withdrawn_at=None, position=holding.position_id
    )
    steps += [Step(one.issued_on, "certified", str(holding.position)) for one in certificates]
    return sorted(steps, key=lambda step: step.on)


@dataclass(frozen=True)
class Grown:
    """What the way gave: how many competencies were shown in the two years before, from which position to which."""

    competencies: int
    before: str
    after: str
    months: int | None  # from joining the programme to the promotion


def facts_of(holding: Holding, steps: list[Step]) -> Grown:
    """Skills and responsibility, counted from facts; one statement."""
    shown = Evidence.objects.filter(
        person=holding.person_id,
        is_current=True,
        shown_on__lte=holding.began_on,
        shown_on__gte=holding.began_on - timedelta(days=730),
    ).exclude(source=Evidence.Source.SELF)
    before = [
        step.what for step in steps if step.code in {"joined", "moved", "promoted"} and step.on < holding.began_on
    ]
    began = [step.on for step in steps if step.code == "journey"]
    return Grown(
        competencies=shown.order_by().values("competency").distinct().count(),
        before=before[-1] if before else "",
        after=str(holding.position),
        months=round((holding.began_on - began[-1]).days / 30.4) if began else None,
    )
