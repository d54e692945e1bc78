"""Who takes part in a run, and who waits for a place."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from trellis.domains.learning import notices
from trellis.domains.learning.events import Enrolled, WaitsForRun, WaitsNoMore, Withdrawn
from trellis.domains.learning.models import Enrolment, InQueue, Offering
from trellis.domains.learning.rules import EnrolOutcome, share_out
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.rules import BookOutcome, Seats, decide_booking, moving_up
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@transaction.atomic
def enrol(
    *, offering: Offering, person_ids: Collection[int], way_in: str, actor: Person, tell: bool = True
) -> EnrolOutcome:
    """Give places to these people, in this order, as long as there are any; twice is once.

    `way_in` keeps what enrolled them: `self`, `staff`, `programme:next-step`. Who is not told here is told otherwise.
    """
    locked = Offering.objects.select_for_update().get(pk=offering.pk)
    current = set(Enrolment.objects.filter(offering=locked, withdrawn_at=None).values_list("person_id", flat=True))
    outcome = share_out(list(person_ids), current, locked.places)
    Enrolment.objects.bulk_create(
        [Enrolment(offering=locked, person_id=person, enrolled_by=actor, way_in=way_in) for person in outcome.enrolled]
    )
    sessions_actions.take_in(series=offering.series, person_ids=outcome.enrolled, actor=actor)
    InQueue.objects.filter(offering=locked, person__in=outcome.enrolled, ended_at=None).update(ended_at=clock.now())
    facts = [Enrolled(person, offering.pk, offering.course_id, way_in) for person in outcome.enrolled]
    announce_many(facts, actor=actor)
    notify(
        person_ids=[person for person in outcome.enrolled if tell and person != actor.pk],
        kind=notices.ENROLLED.code,
        key=f"offering:{offering.pk}",
        params={"course": name_in_all(offering.course), "day": offering.starts_on},
        link=f"/offerings/{offering.pk}/",
    )
    return outcome


@transaction.atomic
def withdraw(*, offering: Offering, person_ids: Collection[int], actor: Person) -> list[int]:
    """End these enrolments; marks and results stay, and the first of the queue have the places.

    Returns those who were enrolled until now.
    """
    now = Offering.objects.select_for_update().get(pk=offering.pk)
    current = Enrolment.objects.select_for_update().filter(
        offering=offering, person_id__in=person_ids, withdrawn_at=None
    )
    gone = list(current.values_list("person_id", flat=True))
    Enrolment.objects.filter(offering=offering, person_id__in=gone, withdrawn_at=None).update(withdrawn_at=clock.now())
    sessions_actions.let_go(series=offering.series, person_ids=gone, actor=actor)
    announce_many([Withdrawn(person, offering.pk, offering.course_id) for person in gone], actor=actor)
    if gone:
        move_up(now, actor)
    return gone


@transaction.atomic
def take_place(*, offering: Offering, person: Person, actor: Person) -> BookOutcome:
    """A place in a run for who asks for it themselves, or a turn in its queue. Never more than there are places."""
    now = Offering.objects.select_for_update().get(pk=offering.pk)
    outcome = decide_booking(_seats(now), person.pk, now=clock.now())
    if outcome.code == "booked":
        enrol(offering=now, person_ids=[person.pk], way_in="self", actor=actor)
    elif outcome.code == "waiting":
        InQueue.objects.create(offering=now, person=person)
        announce(WaitsForRun(person.pk, now.pk), actor=actor)
    return outcome


@transaction.atomic
def leave_queue(*, offering: Offering, person: Person, actor: Person) -> bool:
    """No longer wait for a place. False: the person did not."""
    ended = InQueue.objects.filter(offering=offering, person=person, ended_at=None).update(ended_at=clock.now())
    if ended:
        announce(WaitsNoMore(person.pk, offering.pk), actor=actor)
    return bool(ended)


def let_go_who_left() -> int:
    """Take back the turns and the places, in runs not over, of those whose last day lies behind them; returns how many
    places are free for others now. Run every day."""
    gone = Person.objects.gone()
    for turn in InQueue.objects.filter(ended_at=None, person__in=gone).select_related("offering", "person"):
        leave_queue(offering=turn.offering, person=turn.person, actor=turn.person)
    held = Enrolment.objects.filter(withdrawn_at=None, offering__ends_on__gte=clock.today(), person__in=gone)
    freed = 0
    for enrolment in held.select_related("offering", "person"):
        freed += len(withdraw(offering=enrolment.offering, person_ids=[enrolment.person_id], actor=enrolment.person))
    return freed


def move_up(offering: Offering, actor: Person) -> None:
    """The first of the queue have the places that are free, as long as the run is not over. Hold the run before."""
    seats = _seats(offering)
    if offering.ends_on < clock.today():
        return
    lucky = moving_up(offering.places, len(seats.booked), seats.queue)
    if not lucky:
        return
    enrol(offering=offering, person_ids=lucky, way_in="self", actor=actor, tell=False)
    notify(
        person_ids=lucky,
        kind=notices.MOVED_UP.code,
        key=f"moved-up:{offering.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        params={"course": name_in_all(offering.course), "day": offering.starts_on},
        link=f"/offerings/{offering.pk}/",
    )


def _seats(offering: Offering) -> Seats:
    enrolled = Enrolment.objects.filter(offering=offering, withdrawn_at=None).values_list("person_id", flat=True)
    queue = InQueue.objects.filter(offering=offering, ended_at=None).order_by("asked_at", "id")
    last = min(offering.book_until or offering.ends_on, offering.ends_on)
    closes = clock.at_time(last + timedelta(days=1), 0)
    return Seats(offering.places, frozenset(enrolled), tuple(queue.values_list("person_id", flat=True)), closes)
