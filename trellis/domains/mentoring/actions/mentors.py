"""Asking somebody to be the mentor, and the answer. Nobody else is asked, and nobody else decides."""

from dataclasses import dataclass

from django.db import transaction

from trellis.domains.careers.models import Competency
from trellis.domains.mentoring import notices
from trellis.domains.mentoring.actions.days import lock
from trellis.domains.mentoring.actions.parting import finish, note_reason
from trellis.domains.mentoring.actions.telling import tell
from trellis.domains.mentoring.actions.willing import put_next
from trellis.domains.mentoring.events import MentorAccepted, MentorAsked, MentorDeclined
from trellis.domains.mentoring.models import Mentorship, Willing
from trellis.domains.mentoring.queries.mentors import asks_to, leader_of, open_ones, room_of, what_is_known
from trellis.domains.mentoring.rules.mentors import MOST_PLACES, hoped_for, why_not_ask
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce

State, Origin = Mentorship.State, Mentorship.Origin


@dataclass(frozen=True)
class AskOutcome:
    """`asked`, `waits` (the mentor is full), `already`; or why not, as `rules.mentors.why_not_ask` says."""

    code: str
    mentorship: Mentorship | None = None

    @property
    def ok(self) -> bool:
        """Whether the mentor is asked now."""
        return self.mentorship is not None


@transaction.atomic
def ask(
    *, mentee: Person, mentor: Person, message: str = "", topic: Competency | None = None, reason: str = ""
) -> AskOutcome:
    """The mentee asks; asked twice, the question is there once. Who is full has it waiting, in the order of asking.

    `reason`: why the mentee wants to change, kept for the mentee's own eyes.
    """
    lock(mentee.pk, mentor.pk)
    rows = open_ones(mentee)
    there = next((row for row in rows if row.mentor_id == mentor.pk and row.state == State.ASKED), None)
    if there:
        return AskOutcome("already", there)
    room = room_of(mentor)
    is_here = Person.objects.here().filter(pk=mentor.pk, is_active=True).exists()
    is_leader = leader_of(mentee) == mentor
    asking = what_is_known(mentee, mentor, room, rows, is_here=is_here, is_leader=is_leader)
    if refusal := why_not_ask(asking):
        return AskOutcome(refusal)
    origin = Origin.DEFAULT if is_leader else Origin.ASKED
    free = None if origin == Origin.DEFAULT else room.free
    put = asks_to(mentor).filter(answer_by__isnull=False, origin=Origin.ASKED).count()
    row = Mentorship.objects.create(
        mentee=mentee, mentor=mentor, origin=origin, message=message, topic=topic,
        answer_by=hoped_for(clock.today(), free=free, ahead=put),
    )  # fmt: skip
    announce(MentorAsked(mentee.pk, row.pk, mentor.pk), actor=mentee)
    if current := next((one for one in rows if one.state == State.IN_FORCE), None):
        note_reason(mentorship=current, person=mentee, text=reason)
    if row.answer_by is None:
        return AskOutcome("waits", row)
    tell(notices.MENTOR_ASKED, row, mentor.pk, mentee=mentee.name)
    return AskOutcome("asked", row)


@transaction.atomic
def take_back(*, mentorship: Mentorship) -> bool:
    """The mentee takes the question back. False when it was answered meanwhile."""
    lock(mentorship.mentee_id, mentorship.mentor_id)
    mentorship.refresh_from_db()
    if mentorship.state != State.ASKED:
        return False
    told = mentorship.answer_by is not None
    _close(mentorship, State.WITHDRAWN, actor=mentorship.mentee)
    if told:
        tell(notices.MENTOR_TAKEN_BACK, mentorship, mentorship.mentor_id, mentee=mentorship.mentee.name)
    put_next(mentor=mentorship.mentor)
    return True


@transaction.atomic
def decline(*, mentorship: Mentorship, words: str = "") -> bool:
    """The mentor says no, with a few words for the mentee if they like. False when it was answered meanwhile."""
    lock(mentorship.mentee_id, mentorship.mentor_id)
    mentorship.refresh_from_db()
    if mentorship.state != State.ASKED:
        return False
    mentorship.answer = words
    _close(mentorship, State.DECLINED, actor=mentorship.mentor)
    tell(notices.MENTOR_NO, mentorship, mentorship.mentee_id, mentor=mentorship.mentor.name)
    put_next(mentor=mentorship.mentor)
    return True


@transaction.atomic
def accept(*, mentorship: Mentorship, words: str = "", one_more: bool = False) -> str:
    """The mentor says yes: `accepted` | `already`, or `gone` (it is no question any more) | `full`.

    `one_more`: who is full takes one more all the same. The mentee's mentor until now is thanked, other questions of
    the mentee are taken back, and who asked them is told.
    """
    lock(mentorship.mentee_id, mentorship.mentor_id)
    mentorship.refresh_from_db()
    if mentorship.state != State.ASKED:
        return "already" if mentorship.state == State.IN_FORCE else "gone"
    room = room_of(mentorship.mentor)
    if mentorship.origin == Origin.ASKED and room.free == 0:
        if not one_more or room.taken >= MOST_PLACES:
            return "full"
        Willing.objects.filter(person=mentorship.mentor_id).update(places=room.taken + 1)
    mine = Mentorship.objects.filter(mentee=mentorship.mentee_id).select_related("mentee", "mentor")
    former = mine.filter(state=State.IN_FORCE).first()
    if former:
        finish(mentorship=former, ending=Mentorship.Ending.CHANGED, actor=mentorship.mentee)
    mentorship.answer = words
    _begin(mentorship, former=former)
    for other in mine.filter(state=State.ASKED):
        told = other.answer_by is not None
        _close(other, State.WITHDRAWN, actor=mentorship.mentee)
        if told:
            tell(notices.MENTOR_FOUND, other, other.mentor_id, mentee=mentorship.mentee.name)
        put_next(mentor=other.mentor)
    return "accepted"


@transaction.atomic
def begin_with_leader(*, mentee: Person, actor: Person) -> Mentorship | None:
    """The row of a mentorship with the team leader, written when the two first meet; or the one that is in force.

    None: nobody stands in. Asking nothing, it puts nobody into anything: either ends it as any other.
    """
    lock(mentee.pk)
    current = Mentorship.objects.filter(mentee=mentee, state=State.IN_FORCE).first()
    leader = leader_of(mentee)
    if current or leader is None:
        return current
    row = Mentorship.objects.filter(mentee=mentee, mentor=leader, state=State.ASKED).first()
    row = row or Mentorship(mentee=mentee, mentor=leader, origin=Origin.DEFAULT)
    row.state, row.answered_at, row.answer_by, row.began_on = State.IN_FORCE, clock.now(), None, clock.today()
    row.save()
    announce(MentorAccepted(mentee.pk, row.pk, leader.pk, former=None), actor=actor)
    return row


def _begin(row: Mentorship, *, former: Mentorship | None) -> None:
    row.state, row.answered_at, row.answer_by, row.began_on = State.IN_FORCE, clock.now(), None, clock.today()
    row.save()
    announce(MentorAccepted(row.mentee_id, row.pk, row.mentor_id, former.pk if former else None), actor=row.mentor)
    if former:
        names = {"mentor": row.mentor.name, "former": former.mentor.name}
        tell(notices.MENTOR_YES_CHANGED, row, row.mentee_id, **names)
    else:
        tell(notices.MENTOR_YES, row, row.mentee_id, mentor=row.mentor.name)


def _close(row: Mentorship, state: str, *, actor: Person) -> None:
    row.state, row.answered_at, row.answer_by = state, clock.now(), None
    row.save()
    announce(MentorDeclined(row.mentee_id, row.pk, row.mentor_id, state), actor=actor)
