"""Joining, leaving and completing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from trellis.domains.careers.actions import set_aim
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Enrolment
from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import current_holding
from trellis.domains.programmes.events import Completed, Joined, Left
from trellis.domains.programmes.models import Cohort, Journey, ProgrammeVersion
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import Asking, Definition, why_not_join
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class JoinOutcome:
    """The journey under way, or why not.

    `code`: joined | under_way (the journey is the one under way) | only_oneself | not_employed | not_open_to |
    no_track | holds_it | closed | full.
    """

    code: str
    journey: Journey | None = None

    @property
    def is_new(self) -> bool:
        return self.code == "joined"


def join(
    *,
    person: Person,
    position: Position,
    actor: Person,
    cohort: Cohort | None = None,
    version: ProgrammeVersion | None = None,
) -> JoinOutcome:
    """Begin a journey to a position, with a cohort or without one. Asked twice, it begins once.

    A cohort's offerings of the track's courses are entered with it, with the programme as the way in.
    """
    try:
        with transaction.atomic():
            return _join(person, position, actor, cohort, version)
    except IntegrityError:  # somebody, most likely the same finger, was faster
        pinned = cohort.version if cohort else version
        return JoinOutcome("under_way", under_way(person, pinned.programme_id if pinned else 0))


def under_way(person: Person, programme_id: int) -> Journey | None:
    """The attempt at a programme that is neither left nor completed."""
    return Journey.objects.filter(person=person, programme=programme_id, left_at=None, completed_at=None).first()


def _join(
    person: Person, position: Position, actor: Person, cohort: Cohort | None, version: ProgrammeVersion | None
) -> JoinOutcome:
    if cohort:
        cohort = Cohort.objects.select_for_update().select_related("version__programme").get(pk=cohort.pk)
        version = cohort.version
    if version is None:
        raise ValueError("a cohort or a version")
    definition = definition_of(version)
    if going := under_way(person, version.programme_id):
        return JoinOutcome("under_way", going)
    if code := _refusal(definition, person, position, actor, cohort):
        return JoinOutcome(code)
    journey = Journey.objects.create(
        person=person,
        programme_id=version.programme_id,
        version=version,
        cohort=cohort,
        position=position,
        attempt=Journey.objects.filter(person=person, programme=version.programme_id).count() + 1,
        voluntary=definition.voluntary,
        joined_by=actor,
        joined_at=clock.now(),
        way_in="self" if actor == person else "office",
    )
    announce(Joined(person.pk, journey.pk, definition.code, position.code, cohort.pk if cohort else None), actor=actor)
    if actor == person:  # an aim is a person's own; joining says it as clearly as the map does
        set_aim(person=person, position=position)
    if cohort:
        track = definition.track_to(position.code)
        for offering in cohort.offerings.filter(course__code__in=track.courses if track else ()):
            learning.enrol(
                offering=offering, person_ids=[person.pk], way_in=f"programme:{definition.code}", actor=actor
            )
    return JoinOutcome("joined", journey)


def _refusal(definition: Definition, person: Person, position: Position, actor: Person, cohort: Cohort | None) -> str:
    holding = current_holding(person)
    asking = Asking(
        by_oneself=actor.pk == person.pk,
        holds=holding.position.code if holding else "",
        position=position.code,
        join_until=cohort.join_until if cohort else None,
        places_left=cohort.places - cohort.journeys.filter(left_at=None).count() if cohort else None,
    )
    return why_not_join(definition, asking, on=clock.today())


@transaction.atomic
def leave(*, journey: Journey, actor: Person, reason: str = "") -> bool:
    """End an attempt without a stain; what was learned stays. True when it was under way; only oneself leaves."""
    if actor.pk != journey.person_id:
        return False
    left = Journey.objects.filter(pk=journey.pk, left_at=None, completed_at=None).update(
        left_at=clock.now(), left_because=reason[:300]
    )
    if not left:
        return False
    if journey.cohort_id:
        still_to_come = Enrolment.objects.filter(
            person=journey.person_id,
            withdrawn_at=None,
            way_in=f"programme:{journey.programme.code}",
            offering__cohorts=journey.cohort_id,
            offering__ends_on__gte=clock.today(),
        )
        for enrolment in still_to_come.select_related("offering"):
            learning.withdraw(offering=enrolment.offering, person_ids=[journey.person_id], actor=actor)
    announce(Left(journey.person_id, journey.pk), actor=actor)
    return True


@transaction.atomic
def complete(*, journey: Journey, on: date, actor: Person) -> bool:
    """Close an attempt that reached its certificate. True the first time."""
    done = Journey.objects.filter(pk=journey.pk, left_at=None, completed_at=None).update(
        completed_at=clock.now() if on == clock.today() else clock.at_time(on)
    )
    if done:
        announce(Completed(journey.person_id, journey.pk, on), actor=actor)
    return bool(done)
