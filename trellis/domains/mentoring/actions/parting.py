"""Ending a mentorship: by either of the two at any moment, by another who follows, or because somebody leaves."""

from django.db import transaction
from django.db.models import Q

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.actions.calling_off import call_off
from trellis.domains.mentoring.actions.days import lock
from trellis.domains.mentoring.actions.telling import tell
from trellis.domains.mentoring.actions.willing import close_asks, put_next
from trellis.domains.mentoring.events import MentorDeclined, MentorshipEnded, WillingChanged
from trellis.domains.mentoring.models import Mentorship, Reason, Willing
from trellis.domains.mentoring.queries.mentors import asks_to
from trellis.domains.mentoring.rules.mentors import has_lapsed, is_to_remind
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce

State, Ending = Mentorship.State, Mentorship.Ending


@transaction.atomic
def end(*, mentorship: Mentorship, actor: Person, reason: str = "") -> bool:
    """One of the two ends it, now. The reason is for whoever writes it. False when it had ended before."""
    lock(mentorship.mentee_id, mentorship.mentor_id)
    mentorship.refresh_from_db()
    if mentorship.state != State.IN_FORCE:
        return False
    ending = Ending.BY_MENTEE if actor.pk == mentorship.mentee_id else Ending.BY_MENTOR
    finish(mentorship=mentorship, ending=ending, actor=actor)
    note_reason(mentorship=mentorship, person=actor, text=reason)
    return True


def note_reason(*, mentorship: Mentorship, person: Person, text: str) -> None:
    """Keep why, for whoever writes it; nothing when nothing is written."""
    if text.strip():
        Reason.objects.update_or_create(person=person, mentorship=mentorship, defaults={"text": text.strip()})


def finish(*, mentorship: Mentorship, ending: str, actor: Person | None) -> None:
    """Every ending comes through here, within a transaction that holds one of the two people at least; it ends once."""
    held = Mentorship.objects.select_for_update(no_key=True).get(pk=mentorship.pk)
    if held.state != State.IN_FORCE:
        return
    mentorship.state, mentorship.ending, mentorship.ended_by = State.ENDED, ending, actor
    mentorship.ended_at, mentorship.ended_on = clock.now(), clock.today()
    mentorship.save()
    announce(MentorshipEnded(mentorship.mentee_id, mentorship.pk, mentorship.mentor_id, ending), actor=actor)
    call_off(mentorship=mentorship, actor=actor)
    to_mentor = {Ending.CHANGED: notices.MENTOR_FOLLOWED, Ending.BY_MENTEE: notices.MENTEE_ENDED}.get(Ending(ending))
    if to_mentor:
        tell(to_mentor, mentorship, mentorship.mentor_id, mentee=mentorship.mentee.name)
    if ending == Ending.BY_MENTOR:
        tell(notices.MENTOR_ENDED, mentorship, mentorship.mentee_id, mentor=mentorship.mentor.name)
    put_next(mentor=mentorship.mentor)


@transaction.atomic
def leave(*, person: Person, tells_name: bool = True) -> int:
    """The person is gone: what they were in ends, what they asked and were asked too; returns how many mentorships.

    `tells_name` False: the person was erased, and the others are told nothing that could name them.
    """
    lock(person.pk)
    if Willing.objects.filter(person=person, stopped_at=None).update(stopped_at=clock.now(), paused_at=None):
        announce(WillingChanged(person.pk, open=False))
    close_asks(asks=list(asks_to(person)), state=State.DECLINED, actor=None, tells=tells_name)
    for ask in Mentorship.objects.filter(mentee=person, state=State.ASKED).select_related("mentor"):
        ask.state, ask.answered_at, ask.answer_by = State.WITHDRAWN, clock.now(), None
        ask.save()
        announce(MentorDeclined(ask.mentee_id, ask.pk, ask.mentor_id, ask.state))
        put_next(mentor=ask.mentor)
    both = Q(mentee=person) | Q(mentor=person)
    rows = list(Mentorship.objects.filter(both, state=State.IN_FORCE).select_related("mentee", "mentor"))
    for row in rows:
        finish(mentorship=row, ending=Ending.LEFT, actor=None)
        if tells_name and row.mentor_id == person.pk:
            tell(notices.MENTOR_LEFT, row, row.mentee_id, mentor=person.name)
        elif tells_name:
            tell(notices.MENTEE_LEFT, row, row.mentor_id, mentee=person.name)
    return len(rows)


def let_go_who_left() -> int:
    """Whoever is here no more, by whatever way they left; how many people that was. Two statements when nobody did."""
    asked = Mentorship.objects.filter(state__in=[State.ASKED, State.IN_FORCE]).order_by()
    concerned = Willing.objects.filter(stopped_at=None).order_by().values_list("person_id")
    ids = {pk for (pk,) in concerned.union(asked.values_list("mentee_id"), asked.values_list("mentor_id"))}
    here = set(Person.objects.here().filter(pk__in=ids).values_list("pk", flat=True))
    gone = Person.objects.get_queryset().filter(pk__in=ids - here)
    for person in gone:
        leave(person=person, tells_name=person.erased_at is None)
    return len(gone)


@transaction.atomic
def look_at_questions() -> tuple[int, int]:
    """Once a day: remind mentors of questions half of whose time is over, and let go those whose time is; how many."""
    today = clock.today()
    put = Mentorship.objects.filter(state=State.ASKED, answer_by__isnull=False)
    asks = list(put.select_for_update(of=("self",)).select_related("mentee", "mentor"))
    lapsed = [ask for ask in asks if has_lapsed(ask.answer_by, today)]
    close_asks(asks=lapsed, state=State.EXPIRED, actor=None)
    due = [ask for ask in asks if ask not in lapsed and not ask.reminded_at and is_to_remind(ask.answer_by, today)]
    for ask in due:
        ask.reminded_at = clock.now()
        ask.save(update_fields=["reminded_at"])
        tell(notices.MENTOR_REMINDED, ask, ask.mentor_id, mentee=ask.mentee.name, day=ask.answer_by)
    for mentor in {ask.mentor for ask in lapsed}:
        put_next(mentor=mentor)
    return len(due), len(lapsed)
