"""Joining, leaving, coming back and completing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.domains.careers.actions import set_aim
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Enrolment
from trellis.domains.mentoring import actions as mentoring
from trellis.domains.mentoring.queries.needs import days_to_come
from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import current_holding
from trellis.domains.programmes.actions.waiting import end, intake_of, locked, serve_line
from trellis.domains.programmes.events import Completed, Joined, Left, Resumed
from trellis.domains.programmes.models import Cohort, Journey, ProgrammeVersion, TimeChange, Waiting
from trellis.domains.programmes.queries.standings import courses_of, definition_of
from trellis.domains.programmes.rules import Asking, Definition, why_not_join, why_not_resume
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class JoinOutcome:
    """The journey under way, or why not.

    `code`: joined | under_way (the journey is the one under way) | only_oneself | not_employed | not_open_to |
    no_track | holds_it | not_open_yet | closed | full.
    """

    code: str
    journey: Journey | None = None

    @property
    def is_new(self) -> bool:
        return self.code == "joined"


def join(
    *,
    person: Person,
    position: Position | None,
    actor: Person,
    cohort: Cohort | None = None,
    version: ProgrammeVersion | None = None,
) -> JoinOutcome:
    """Begin a journey, with a cohort or without one. Asked twice, it begins once.

    `position` None: for a programme that leads to no position in particular.

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
    person: Person, position: Position | None, actor: Person, cohort: Cohort | None, version: ProgrammeVersion | None
) -> JoinOutcome:
    others: list[Cohort] = []
    if cohort:
        cohort, others = _locked_with_those_waited_for(person, cohort)
        version = cohort.version
        serve_line(cohort)
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
    code = position.code if position else ""
    announce(Joined(person.pk, journey.pk, definition.code, code, cohort.pk if cohort else None), actor=actor)
    if actor == person and position:  # an aim is a person's own; joining says it as clearly as the map does
        set_aim(person=person, position=position)
    enter_courses(journey, definition, actor)
    mine = Waiting.objects.filter(person=person)
    if cohort:
        end(mine.filter(cohort=cohort), Waiting.End.JOINED, actor=actor)
    for other in others:
        end(mine.filter(cohort=other), Waiting.End.ELSEWHERE, actor=actor)
        serve_line(other)
    return JoinOutcome("joined", journey)


def _locked_with_those_waited_for(person: Person, cohort: Cohort) -> tuple[Cohort, list[Cohort]]:
    """The cohort, and the others of its programme on whose lists the person stands; locked in one order by all."""
    waited_for = Waiting.objects.filter(
        person=person, ended_at=None, cohort__version__programme=cohort.version.programme_id
    )
    held = {pk: locked(pk) for pk in sorted({cohort.pk, *waited_for.values_list("cohort_id", flat=True)})}
    mine = held.pop(cohort.pk)
    return mine, list(held.values())


def enter_courses(journey: Journey, definition: Definition, actor: Person) -> None:
    """Places in the cohort's runs of the courses that the position asks for; those one is in already stay."""
    if not journey.cohort:
        return
    courses = courses_of([journey], {journey.version_id: definition})
    for offering in journey.cohort.offerings.filter(course__code__in=courses):
        learning.enrol(
            offering=offering, person_ids=[journey.person_id], way_in=f"programme:{definition.code}", actor=actor
        )


def _refusal(
    definition: Definition, person: Person, position: Position | None, actor: Person, cohort: Cohort | None
) -> str:
    holding = current_holding(person)
    today = clock.today()
    door = intake_of(cohort, but_for=person) if cohort else None
    asking = Asking(
        by_oneself=actor.pk == person.pk,
        holds=holding.position.code if holding else "",
        position=position.code if position else "",
        join_until=door.join_until if door else None,
        join_from=door.join_from if door else None,
        places_left=door.places_left if door else None,
        offered=cohort is not None
        and cohort.waiting.filter(person=person, ended_at=None, answer_by__gte=today).exists(),
    )
    return why_not_join(definition, asking, on=today)


@transaction.atomic
def leave(*, journey: Journey, actor: Person, reason: str = "") -> bool:
    """End an attempt without a stain; what was learned stays. True when it was under way; only oneself leaves."""
    return actor.pk == journey.person_id and end_attempt(journey, actor=actor, reason=reason)


def end_attempt(journey: Journey, *, actor: Person | None, reason: str = "") -> bool:
    """Free what the attempt held: places in runs still to come and in the cohort, days beside a holder from tomorrow
    on. `actor` None: nobody did it. True the first time. Inside a transaction."""
    cohort = locked(journey.cohort_id) if journey.cohort_id else None
    left = Journey.objects.filter(pk=journey.pk, left_at=None, completed_at=None).update(
        left_at=clock.now(), left_because=reason[:300]
    )
    if not left:
        return False
    # Who left waits for no more time: the office would have to decide what nobody asks for any longer.
    asked = TimeChange.objects.filter(journey=journey, state=TimeChange.State.ASKED)
    asked.update(state=TimeChange.State.WITHDRAWN)
    if journey.cohort_id:
        still_to_come = Enrolment.objects.filter(
            person=journey.person_id,
            withdrawn_at=None,
            way_in=f"programme:{journey.programme.code}",
            offering__cohorts=journey.cohort_id,
            offering__ends_on__gte=clock.today(),
        )
        for enrolment in still_to_come.select_related("offering"):
            learning.withdraw(
                offering=enrolment.offering, person_ids=[journey.person_id], actor=actor or journey.person
            )
    ahead = days_to_come().filter(learner=journey.person_id, position=journey.position_id, on__gt=clock.today())
    for day in ahead.select_related("learner", "holder", "session"):
        mentoring.cancel_day(day=day, actor=actor or journey.person)
    announce(Left(journey.person_id, journey.pk), actor=actor)
    if cohort:
        serve_line(cohort)
    return True


def resume(*, journey: Journey, actor: Person) -> JoinOutcome:
    """Take up again an attempt that one left: what was passed counts, and the dates move by the time away.

    `code`: resumed | under_way | only_oneself | not_employed | cohort_over | full.
    """
    try:
        with transaction.atomic():
            return _resume(journey, actor)
    except IntegrityError:  # another attempt began in the same moment
        return JoinOutcome("under_way", under_way(journey.person, journey.programme_id))


def _resume(journey: Journey, actor: Person) -> JoinOutcome:
    cohort = locked(journey.cohort_id) if journey.cohort_id else None
    journey = Journey.objects.select_for_update(of=("self",)).select_related("person", "position").get(pk=journey.pk)
    if cohort:
        journey.cohort = cohort
        serve_line(cohort)
    going = under_way(journey.person, journey.programme_id)
    code = why_not_resume(
        by_oneself=actor.pk == journey.person_id,
        employed=current_holding(journey.person) is not None,
        under_way=going is not None or journey.left_at is None,
        intake=intake_of(cohort, but_for=journey.person) if cohort else None,
        on=clock.today(),
    )
    if code or journey.left_at is None:
        return JoinOutcome(code, going)
    _keep_time_away(journey, timezone.localdate(journey.left_at), actor)
    journey.left_at, journey.left_because = None, ""
    journey.save(update_fields=["left_at", "left_because"])
    announce(Resumed(journey.person_id, journey.pk), actor=actor)
    enter_courses(journey, definition_of(journey.version), actor)
    if cohort:
        end(Waiting.objects.filter(person=journey.person_id, cohort=cohort), Waiting.End.JOINED, actor=actor)
    return JoinOutcome("resumed", journey)


def _keep_time_away(journey: Journey, left_on: date, actor: Person) -> None:
    """The days between leaving and coming back, as a pause that nobody had to grant."""
    away = (clock.today() - left_on).days
    if away > 0:
        TimeChange.objects.create(
            journey=journey,
            person_id=journey.person_id,
            kind=TimeChange.Kind.PAUSE,
            state=TimeChange.State.GRANTED,
            from_on=left_on,
            until_on=clock.today() - timedelta(days=1),
            days=away,
            asked_by=actor,
            asked_at=clock.now(),
            decided_at=clock.now(),
        )


@transaction.atomic
def complete(*, journey: Journey, on: date, actor: Person) -> bool:
    """Close an attempt that reached its certificate. True the first time."""
    done = Journey.objects.filter(pk=journey.pk, left_at=None, completed_at=None).update(
        completed_at=clock.now() if on == clock.today() else clock.at_time(on)
    )
    if done:
        announce(Completed(journey.person_id, journey.pk, on), actor=actor)
    return bool(done)
