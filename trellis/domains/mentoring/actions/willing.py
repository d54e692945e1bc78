"""Saying that one is willing to be a mentor, pausing, and stopping. Only ever said by the person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from trellis.domains.careers.models import Competency
from trellis.domains.mentoring import notices
from trellis.domains.mentoring.actions.days import lock
from trellis.domains.mentoring.actions.telling import tell
from trellis.domains.mentoring.events import MentorDeclined, WillingChanged
from trellis.domains.mentoring.models import Mentorship, Topic, Willing
from trellis.domains.mentoring.queries.mentors import asks_to, room_of
from trellis.domains.mentoring.rules.mentors import hoped_for
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class Offering:
    """What somebody says of themselves as a mentor."""

    places: int
    languages: Sequence[str]
    competencies: Collection[Competency]
    helps_with: str = ""
    about: str = ""


@transaction.atomic
def be_willing(*, person: Person, offering: Offering) -> Willing:
    """Say it, or say it anew: who paused or stopped is open again. More places let those in who wait."""
    lock(person.pk)
    told = {
        "places": offering.places,
        "languages": f",{','.join(offering.languages)},",
        "helps_with": offering.helps_with,
        "about": offering.about,
        "paused_at": None,
    }
    willing, _is_new = Willing.objects.get_or_create(person=person, defaults=told)
    told["since"] = clock.now() if willing.stopped_at else willing.since
    Willing.objects.filter(pk=willing.pk).update(**told, stopped_at=None)
    willing.refresh_from_db()
    wanted = {competency.pk for competency in offering.competencies}
    willing.topics.exclude(competency__in=wanted).delete()
    Topic.objects.bulk_create(
        [Topic(willing=willing, competency_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )
    announce(WillingChanged(person.pk, open=True), actor=person)
    put_next(mentor=person)
    return willing


@transaction.atomic
def pause(*, person: Person) -> bool:
    """Nobody new for now: whom one accompanies stays, who asked waits. False when nothing changed."""
    lock(person.pk)
    changed = Willing.objects.filter(person=person, paused_at=None, stopped_at=None).update(paused_at=clock.now())
    if changed:
        asks_to(person).update(answer_by=None)
        announce(WillingChanged(person.pk, open=False), actor=person)
    return bool(changed)


@transaction.atomic
def resume(*, person: Person) -> bool:
    """The pause is over; the first who wait are put to the mentor. False when there was none."""
    lock(person.pk)
    changed = Willing.objects.filter(person=person, paused_at__isnull=False, stopped_at=None).update(paused_at=None)
    if changed:
        announce(WillingChanged(person.pk, open=True), actor=person)
        put_next(mentor=person)
    return bool(changed)


@transaction.atomic
def stop(*, person: Person) -> bool:
    """No longer willing: whom one accompanies stays until either ends it, who asked is told. False when it was so."""
    lock(person.pk)
    changed = Willing.objects.filter(person=person, stopped_at=None).update(stopped_at=clock.now(), paused_at=None)
    if changed:
        close_asks(asks=list(asks_to(person)), state=Mentorship.State.DECLINED, actor=person)
        announce(WillingChanged(person.pk, open=False), actor=person)
    return bool(changed)


def close_asks(*, asks: Sequence[Mentorship], state: str, actor: Person | None, tells: bool = True) -> None:
    """Questions come to nothing because of the mentor; those who asked are told (unless the mentor has no name)."""
    kind = notices.MENTOR_LAPSED if state == Mentorship.State.EXPIRED else notices.MENTOR_NO
    for ask in asks:
        ask.state, ask.answered_at, ask.answer_by = state, clock.now(), None
        ask.save(update_fields=["state", "answered_at", "answer_by"])
        announce(MentorDeclined(ask.mentee_id, ask.pk, ask.mentor_id, state), actor=actor)
        if tells:
            tell(kind, ask, ask.mentee_id, mentor=ask.mentor.name)


def put_next(*, mentor: Person) -> None:
    """Put to the mentor as many of those who wait as there are free places, in the order of asking."""
    room = room_of(mentor)
    if not room.is_open:
        return
    ahead = 0
    for ask in sorted(asks_to(mentor), key=lambda one: one.answer_by is None):
        of_own_team = ask.origin == Mentorship.Origin.DEFAULT
        day = hoped_for(clock.today(), free=None if of_own_team else room.free, ahead=ahead)
        ahead += not of_own_team
        if ask.answer_by is None and day is not None:
            ask.answer_by = day
            ask.save(update_fields=["answer_by"])
            tell(notices.MENTOR_FREE, ask, ask.mentor_id, mentee=ask.mentee.name)
