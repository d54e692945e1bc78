"""Opening and closing posts, putting oneself forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from trellis.domains.opportunities import rules
from trellis.domains.opportunities.events import Closed, InterestWithdrawn, Opened, PutForward
from trellis.domains.opportunities.models import Interest, Interview, Opening
from trellis.domains.people.models import Person, Position, Unit
from trellis.domains.people.queries import current_holding
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def open_post(
    *, position: Position, unit: Unit, closes_on: date, actor: Person, posts: int = 1, about: str = ""
) -> Opening:
    """Open one or more posts of a position in a unit until a day (included). Those certified for it are told.

    Asked twice on one day for the very same, it is there once.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    opening, is_new = Opening.objects.get_or_create(
        position=position,
        unit=unit,
        posts=posts,
        about=about.strip(),
        opened_on=clock.today(),
        closes_on=closes_on,
        closed_at=None,
        defaults={"opened_by": actor},
    )
    if is_new:
        announce(Opened(opening.pk, position.pk, unit.pk, posts), actor=actor)
    return opening


@transaction.atomic
def close_post(*, opening: Opening, actor: Person, reason: str = "") -> bool:
    """Close an opening before its day. True the first time."""
    closed = Opening.objects.filter(pk=opening.pk, closed_at=None).update(
        closed_at=clock.now(), closed_because=reason.strip()[:300]
    )
    if closed:
        announce(Closed(opening.pk), actor=actor)
    return bool(closed)


@dataclass(frozen=True)
class InterestOutcome:
    """`code`: put_forward | already | closed | holds_it | not_employed."""

    code: str
    interest: Interest | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"put_forward", "already"}


def put_forward(*, opening: Opening, person: Person, note: str = "") -> InterestOutcome:
    """Somebody puts themselves forward; twice is once. There is no way to do it for another."""
    holding = current_holding(person)
    code = rules.refusal_to_put_forward(
        is_open=opening.is_open(clock.today()),
        is_employed=holding is not None,
        holds_it=holding is not None and holding.position_id == opening.position_id,
    )
    if code:
        return InterestOutcome(code)
    standing = Interest.objects.filter(opening=opening, person=person, withdrawn_at=None)
    if there := standing.first():
        return InterestOutcome("already", there)
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                opening=opening, person=person, note=note.strip()[:500], said_at=clock.now()
            )
            announce(PutForward(person.pk, opening.pk), actor=person)
    except IntegrityError:
        return InterestOutcome("already", standing.first())
    return InterestOutcome("put_forward", interest)


@transaction.atomic
def withdraw_interest(*, opening: Opening, person: Person) -> bool:
    """Take it back, without a trace on the list; an interview they are invited to is declined with it.

    Who is certified and was invited without a word of their own says no the same way. True when there was something
    to take back.
    """
    changed = Interest.objects.filter(opening=opening, person=person, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    invited = Interview.objects.filter(opening=opening, person=person, outcome=Interview.Outcome.OPEN)
    declined = invited.update(outcome=Interview.Outcome.DECLINED, noted_at=clock.now(), noted_by=person)
    if changed or declined:
        announce(InterestWithdrawn(person.pk, opening.pk), actor=person)
    return bool(changed or declined)
