"""Marking a register. Two people who mark at once never lose a mark: the second is told what the first wrote."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.sessions import queries
from trellis.domains.sessions.actions.completion import announce_completed
from trellis.domains.sessions.actions.telling import tell_marks
from trellis.domains.sessions.events import AttendanceTakenBack, Marked
from trellis.domains.sessions.models import Mark, Member, Session
from trellis.domains.sessions.rules import (
    ATTENDED,
    PRESENT,
    MarkOutcome,
    Standing,
    Wish,
    decide_mark,
    register_closes_at,
)
from trellis.kit import clock
from trellis.kit.journal.facts import announce_many


def mark(
    *,
    session: Session,
    person_id: int,
    value: str,
    actor: Person,
    minutes: int | None = None,
    reason: str = "",
    seen: int | None = None,
) -> MarkOutcome:
    """Write one mark: present, late, absent or excused. See `mark_all`."""
    wish = Wish(value, minutes, reason, seen)
    return mark_all(session=session, wishes={person_id: wish}, actor=actor)[person_id]


@transaction.atomic
def mark_all(
    *, session: Session, wishes: Mapping[int, Wish], actor: Person, way: str = Mark.Way.REGISTER
) -> dict[int, MarkOutcome]:
    """Write the marks asked for, person id to wish; each is taken or refused by itself, with its outcome.

    Nobody can be marked present, late or absent before the day of the session. A correction after the register has
    closed (24 hours after the end) needs a reason. A fixed number of statements, however many marks.
    """
    if session.cancelled_at or session.series.is_private:
        return {person: MarkOutcome("cancelled" if session.cancelled_at else "not_expected") for person in wishes}
    _lock(session, list(wishes))
    there = _standing(session, list(wishes))
    expected = set(queries.expected(session).filter(pk__in=list(wishes)).values_list("pk", flat=True))
    closed = clock.now() > register_closes_at(session.ends_at)
    begun = timezone.localdate(session.starts_at) <= clock.today()
    codes = {
        person: decide_mark(
            wish, there.get(person, Standing()), is_oneself=person == actor.pk, closed=closed, begun=begun
        )
        if person in expected
        else "not_expected"
        for person, wish in wishes.items()
    }
    accepted = {person: wishes[person] for person, code in codes.items() if code == "marked"}
    written = _write(session, accepted, there, actor, closed=closed, way=way)
    return {
        person: _outcome(code, written.get(person) or there.get(person, Standing())) for person, code in codes.items()
    }


def _lock(session: Session, person_ids: list[int]) -> None:
    """One at a time for each person, so that what is compared below is still true when it is written.

    Who booked is no member of the series: there the session itself is held.
    """
    if session.places is not None:
        Session.objects.select_for_update().get(pk=session.pk)
    members = Member.objects.select_for_update().filter(series_id=session.series_id, person_id__in=person_ids)
    list(members.order_by("id").values_list("pk"))


def _standing(session: Session, person_ids: list[int]) -> dict[int, Standing]:
    current = Mark.objects.filter(session=session, person_id__in=person_ids, is_current=True)
    return {m.person_id: Standing(m.pk, m.value, m.minutes, m.marked_by_id) for m in current}


def _write(
    session: Session,
    wishes: Mapping[int, Wish],
    there: Mapping[int, Standing],
    actor: Person,
    *,
    closed: bool,
    way: str,
) -> dict[int, Standing]:
    if not wishes:
        return {}
    replaced = {person: there[person].id for person in wishes if person in there}
    Mark.objects.filter(pk__in=replaced.values()).update(is_current=False)
    marks = Mark.objects.bulk_create(
        [
            Mark(
                session=session,
                person_id=person,
                value=wish.value,
                minutes=wish.minutes,
                way=way,
                reason=wish.reason.strip()[:300],
                marked_by=actor,
                replaces_id=replaced.get(person),
            )
            for person, wish in wishes.items()
        ]
    )
    announce_many(
        [
            Marked(m.person_id, session.pk, session.series_id, m.pk, m.value, m.minutes, m.replaces_id, way)
            for m in marks
        ],
        actor=actor,
    )
    taken_back = [m for m in marks if m.value not in ATTENDED and there.get(m.person_id, Standing()).value in ATTENDED]
    announce_many([AttendanceTakenBack(m.person_id, session.series_id) for m in taken_back], actor=actor)
    tell_marks(session, marks, there, closed=closed)
    came = [m.person_id for m in marks if m.value in ATTENDED]
    if came:
        announce_completed(series_id=session.series_id, person_ids=came, actor=actor)
    return {m.person_id: Standing(m.pk, m.value, m.minutes, actor.pk) for m in marks}


def _outcome(code: str, there: Standing) -> MarkOutcome:
    return MarkOutcome(code, there.id, there.value, there.marked_by)


@transaction.atomic
def mark_rest_present(*, session: Session, actor: Person) -> dict[int, MarkOutcome]:
    """ "Everyone else is here": present for all expected who have no mark yet. Who marks is left out."""
    marked = Mark.objects.filter(session=session, is_current=True).values("person_id")
    rest = queries.expected(session).exclude(pk__in=marked).exclude(pk=actor.pk).values_list("pk", flat=True)
    return mark_all(session=session, wishes={person: Wish(PRESENT, seen=0) for person in rest}, actor=actor)
