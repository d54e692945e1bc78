"""The waiting list of a full cohort: on it and off it by oneself, and places that become free."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import current_holding
from trellis.domains.programmes.events import PlaceOffered, WaitingBegan, WaitingEnded
from trellis.domains.programmes.models import Cohort, Journey, Waiting
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import Asking, InLine, Intake, serve, why_not_join, why_not_wait
from trellis.kit import clock
from trellis.kit.journal.facts import announce_many


@dataclass(frozen=True)
class WaitOutcome:
    """The place in the list, or why not.

    `code`: waiting | already (waits already) | under_way (travels in the programme already) | places_left (join
    instead) | only_oneself | not_employed | not_open_to | no_track | holds_it | not_open_yet | closed.
    """

    code: str
    waiting: Waiting | None = None


def wait(*, person: Person, cohort: Cohort, position: Position | None, actor: Person) -> WaitOutcome:
    """Put oneself on the waiting list of a full cohort, behind those who asked before. Asked twice, it is once."""
    try:
        with transaction.atomic():
            return _wait(person, cohort, position, actor)
    except IntegrityError:  # the same finger was faster
        return WaitOutcome("already", Waiting.objects.filter(cohort=cohort, person=person, ended_at=None).first())


def _wait(person: Person, cohort: Cohort, position: Position | None, actor: Person) -> WaitOutcome:
    cohort = locked(cohort.pk)
    there = Waiting.objects.filter(cohort=cohort, person=person, ended_at=None).first()
    if there:
        return WaitOutcome("already", there)
    serve_line(cohort)
    programme = cohort.version.programme_id
    if Journey.objects.filter(person=person, programme=programme, left_at=None, completed_at=None).exists():
        return WaitOutcome("under_way")
    holding = current_holding(person)
    wanted = position.code if position else ""
    asking = Asking(actor.pk == person.pk, holding.position.code if holding else "", wanted)
    today = clock.today()
    code = why_not_wait(intake_of(cohort), by_oneself=actor.pk == person.pk, on=today)
    if code := code or why_not_join(definition_of(cohort.version), asking, on=today):
        return WaitOutcome(code)
    waiting = Waiting.objects.create(cohort=cohort, person=person, position=position, asked_at=clock.now())
    announce_many([WaitingBegan(person.pk, cohort.pk)], actor=actor)
    return WaitOutcome("waiting", waiting)


@transaction.atomic
def stop_waiting(*, waiting: Waiting, actor: Person) -> bool:
    """Take oneself off the list, or decline the place that was offered; the next one is asked at once."""
    if actor.pk != waiting.person_id:
        return False
    cohort = locked(waiting.cohort_id)
    ended = end(Waiting.objects.filter(pk=waiting.pk), Waiting.End.WITHDRAWN, actor=actor)
    serve_line(cohort)
    return bool(ended)


@transaction.atomic
def serve_all() -> int:
    """Offer free places in every cohort where somebody waits; returns how many were offered. Run every day.

    Offers that nobody answered lapse by the day alone; this hands their places on.
    """
    waited_for = Waiting.objects.filter(ended_at=None).order_by().values_list("cohort_id", flat=True).distinct()
    return sum(serve_line(locked(pk)) for pk in sorted(waited_for))


def locked(cohort_id: int) -> Cohort:
    """The cohort, held until the end of the transaction: whoever gives or frees a place waits for it."""
    cohorts = Cohort.objects.select_for_update(of=("self",)).select_related("version__programme")
    return cohorts.get(pk=cohort_id)


def intake_of(cohort: Cohort, *, but_for: Person | None = None) -> Intake:
    """The cohort at its door; a place kept for `but_for` is not counted as taken."""
    offered = cohort.waiting.filter(ended_at=None, answer_by__gte=clock.today())
    if but_for:
        offered = offered.exclude(person=but_for)
    taken = cohort.journeys.filter(left_at=None).count() + offered.count()
    return Intake(cohort.starts_on, cohort.ends_on, cohort.join_from, cohort.join_until, cohort.places - taken)


def serve_line(cohort: Cohort) -> int:
    """Bring the list of a locked cohort up to date: lapse, offer, close. Returns how many places were offered."""
    line = [InLine(w.pk, w.answer_by) for w in cohort.waiting.filter(ended_at=None).order_by("asked_at", "id")]
    if not line:
        return 0
    today = clock.today()
    free = cohort.places - cohort.journeys.filter(left_at=None).count()
    found = serve(line, intake_of(cohort), free=free, on=today)
    end(Waiting.objects.filter(pk__in=found.lapsed), Waiting.End.LAPSED)
    end(Waiting.objects.filter(pk__in=found.closed), Waiting.End.CLOSED)
    offered = Waiting.objects.filter(pk__in=found.offered)
    offered.update(offered_on=today, answer_by=found.answer_by)
    announce_many([PlaceOffered(w.person_id, cohort.pk, w.pk, found.answer_by or today) for w in offered])
    return len(found.offered)


def end(rows: QuerySet[Waiting], how: str, *, actor: Person | None = None) -> list[Waiting]:
    """End what still waits among the rows."""
    going = list(rows.filter(ended_at=None))
    Waiting.objects.filter(pk__in=[w.pk for w in going]).update(ended_at=clock.now(), ended=how)
    announce_many([WaitingEnded(w.person_id, w.cohort_id, w.pk, str(how)) for w in going], actor=actor)
    return going
