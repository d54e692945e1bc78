"""Check-in by a code in the room. The host who opens it attests for whoever enters the code shown there."""

import secrets

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.sessions import queries
from trellis.domains.sessions.actions.register import mark_all
from trellis.domains.sessions.events import CheckInClosed, CheckInOpened
from trellis.domains.sessions.models import CheckIn, Mark, Session, WrongCode
from trellis.domains.sessions.rules import Wish
from trellis.domains.sessions.rules.check_in import (
    WITHIN,
    WRONG_ALLOWED,
    CheckInOutcome,
    decide_opening,
    holds,
    outcome_of,
    plain,
    value_at,
)
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def open_check_in(*, session: Session, actor: Person) -> str:
    """Show a code from now on: opened | already, or why not (see `rules.decide_opening`)."""
    now = Session.objects.select_for_update().get(pk=session.pk)
    there = CheckIn.objects.filter(session=now).first()
    code = decide_opening(
        starts_at=now.starts_at,
        ends_at=now.ends_at,
        cancelled=bool(now.cancelled_at),
        is_open=bool(there and there.closed_at is None),
        now=clock.now(),
    )
    if code == "opened":
        fresh = {"opened_by": actor, "opened_at": clock.now(), "closed_at": None, "secret": secrets.token_hex(32)}
        CheckIn.objects.update_or_create(session=now, defaults=fresh)
        announce(CheckInOpened(now.pk, now.series_id), actor=actor)
    return code


@transaction.atomic
def close_check_in(*, session: Session, actor: Person) -> bool:
    """No code holds any more. False: it was closed already."""
    closed = CheckIn.objects.filter(session=session, closed_at=None).update(closed_at=clock.now())
    if closed:
        announce(CheckInClosed(session.pk, session.series_id), actor=actor)
    return bool(closed)


def check_in(*, person: Person, typed: str) -> CheckInOutcome:
    """Mark the person by the code they typed: present, or late when the session has begun for a while.

    Ten wrong codes within ten minutes, then they have to wait.
    """
    now, code = clock.now(), plain(typed)
    if WrongCode.objects.filter(person=person, at__gt=now - WITHIN).count() >= WRONG_ALLOWED:
        return CheckInOutcome("too_often")
    found = [
        check
        for check in queries.check_ins_around(now)
        if holds(code, secret=check.secret, session_id=check.session_id, at=now)
    ]
    if not found:
        WrongCode.objects.create(person=person, at=now)
        return CheckInOutcome("wrong")
    # Two sessions with the same code at once are next to impossible; then it is the one where the person is expected.
    outcomes = [_enter(check, person) for check in found]
    return next((outcome for outcome in outcomes if outcome.code != "not_expected"), outcomes[0])


def _enter(check: CheckIn, person: Person) -> CheckInOutcome:
    session, now = check.session, clock.now()
    if check.closed_at or now >= session.ends_at:
        return CheckInOutcome("over", session.pk)
    wish = Wish(value_at(session.starts_at, now), seen=0)
    marks = mark_all(session=session, wishes={person.pk: wish}, actor=check.opened_by, way=Mark.Way.CODE)
    return outcome_of(marks[person.pk].code, marks[person.pk].value, session.pk)
