"""Recording that somebody showed a level, and taking it back when what it came from fell."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trellis.domains.careers import rules
from trellis.domains.careers.events import EvidenceRecorded, EvidenceWithdrawn
from trellis.domains.careers.models import Competency, CompetencyLevel, Evidence
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many

Source = Evidence.Source


@dataclass(frozen=True)
class EvidenceOutcome:
    """The evidence (None when refused), whether it is new, and why not: `about_oneself` (only an own estimate is
    possible), `not_oneself` (an own estimate by somebody else), `no_such_level`, `in_the_future`."""

    evidence: Evidence | None
    is_new: bool = False
    refusals: tuple[str, ...] = ()


@transaction.atomic
def record_evidence(
    *,
    person: Person,
    competency: Competency,
    level: int,
    source: str,
    actor: Person | None,
    shown_on: date | None = None,
    note: str = "",
    origin: str = "",
) -> EvidenceOutcome:
    """Keep one fact: the person showed the level on the day (today when not said).

    `origin` is the key of what it came from, so that the same thing recorded again is there once. Without one,
    the same statement by the same actor as the one before it is taken for a double click, and another statement about
    the same day for a correction: the former is kept and counts no more.
    """
    day = shown_on or clock.today()
    refusals = rules.why_not_recorded(
        source=source,
        is_oneself=actor is not None and actor.pk == person.pk,
        is_level=CompetencyLevel.objects.filter(competency=competency, level=level).exists(),
        shown_on=day,
        on=clock.today(),
    )
    if refusals:
        return EvidenceOutcome(None, refusals=refusals)
    Person.objects.select_for_update().get(pk=person.pk)  # two clicks at once wait for each other here
    before = _the_same(person, competency, origin)
    is_said = before and before.is_current
    if before and is_said and (origin or _says(before) == (level, day, source, note[:300], actor and actor.pk)):
        return EvidenceOutcome(before)
    corrected = None if origin else _of_the_same_day(person, competency, day, source, actor)
    if corrected:
        _let_fall([corrected], person=person, actor=actor)
    evidence = Evidence.objects.create(
        person=person,
        competency=competency,
        level=level,
        shown_on=day,
        source=source,
        note=note[:300],
        origin=origin,
        recorded_by=actor,
        replaces=corrected or (None if is_said else before),
    )
    announce(
        EvidenceRecorded(
            evidence=evidence.pk,
            person=person.pk,
            competency=competency.pk,
            level=level,
            shown_on=day,
            source=source,
        ),
        actor=actor,
    )
    return EvidenceOutcome(evidence, is_new=True)


@transaction.atomic
def withdraw_evidence(*, person: Person, origin: str, actor: Person | None) -> int:
    """Let what came from the origin count no more; it is kept as a fact. How many were withdrawn: 0 the second time."""
    Person.objects.select_for_update().get(pk=person.pk)
    current = Evidence.objects.filter(person=person, origin=origin, is_current=True) if origin else []
    fallen = list(current)
    _let_fall(fallen, person=person, actor=actor)
    return len(fallen)


def _let_fall(fallen: list[Evidence], *, person: Person, actor: Person | None) -> None:
    Evidence.objects.filter(pk__in=[evidence.pk for evidence in fallen]).update(is_current=False)
    announce_many([EvidenceWithdrawn(e.pk, person.pk, e.competency_id) for e in fallen], actor=actor)


def _of_the_same_day(
    person: Person, competency: Competency, day: date, source: str, actor: Person | None
) -> Evidence | None:
    same = Evidence.objects.filter(person=person, competency=competency, shown_on=day, source=source, recorded_by=actor)
    return same.filter(origin="", is_current=True).order_by("-id").first()


def _the_same(person: Person, competency: Competency, origin: str) -> Evidence | None:
    before = Evidence.objects.filter(person=person, competency=competency, origin=origin)
    return before.order_by("-id").first()


def _says(evidence: Evidence) -> tuple[int, date, str, str, int | None]:
    return evidence.level, evidence.shown_on, evidence.source, evidence.note, evidence.recorded_by_id
