"""Joining, moving, being promoted, leaving: one person at a time, and never oneself."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from trellis.domains.people.events import Joined, Left, Moved, Promoted
from trellis.domains.people.models import Employment, Holding, Person, Position, Unit
from trellis.domains.people.rules import history as rules
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class HistoryOutcome:
    """What came of it: the holding that began or ended, or the reason why not.

    A code of rules.why_not_..., `oneself`, or, of somebody new, `known_id`, `known_email`.
    """

    holding: Holding | None = None
    reason: str = ""

    @property
    def done(self) -> bool:
        return not self.reason


@transaction.atomic
def take_on(
    *,
    employee_id: str,
    name: str,
    email: str | None,
    manager: Person | None,
    position: Position,
    unit: Unit,
    on: date,
    actor: Person,
) -> HistoryOutcome:
    """Write down somebody not known yet, and that they join on the day. They are not invited by it."""
    if email and Person.objects.get_queryset().filter(email__iexact=email).exists():
        return HistoryOutcome(reason="known_email")
    details = {"name": name, "email": email or None, "manager": manager, "password": make_password(None)}
    person, is_new = Person.objects.get_or_create(employee_id=employee_id, defaults=details)
    if not is_new:
        return HistoryOutcome(reason="known_id")
    return join(person=person, position=position, unit=unit, on=on, actor=actor)


@transaction.atomic
def join(*, person: Person, position: Position, unit: Unit, on: date, actor: Person | None) -> HistoryOutcome:
    """Take the person in on the day; also somebody who comes back."""
    if person == actor:
        return HistoryOutcome(reason="oneself")
    _lock(person)
    spells = [rules.Spell(e.began_on, e.ended_on) for e in person.employments.all()]
    if reason := rules.why_not_join(spells, on):
        return HistoryOutcome(reason=reason)
    Employment.objects.create(person=person, began_on=on)
    holding = Holding.objects.create(
        person=person, position=position, unit=unit, began_on=on, began=Holding.Began.JOINED
    )
    if spells and not person.is_active and person.erased_at is None:
        person.is_active = True
        person.save(update_fields=["is_active"])
    announce(Joined(person=person.pk, position=position.pk, unit=unit.pk, on=on), actor=actor)
    return HistoryOutcome(holding)


@transaction.atomic
def move(
    *, person: Person, position: Position, unit: Unit, on: date, actor: Person | None, reason: str = ""
) -> HistoryOutcome:
    """Into another position or unit from the day on."""
    return _change(person, position, unit, on, actor, reason, Holding.Began.MOVED)


@transaction.atomic
def promote(
    *, person: Person, position: Position, unit: Unit, on: date, actor: Person | None, reason: str = ""
) -> HistoryOutcome:
    """The same, as a step up."""
    return _change(person, position, unit, on, actor, reason, Holding.Began.PROMOTED)


@transaction.atomic
def leave(*, person: Person, on: date, leaving: str, reason: str = "", actor: Person | None) -> HistoryOutcome:
    """End the employment; `on` is the last day. Who has left signs in no more."""
    if person == actor:
        return HistoryOutcome(reason="oneself")
    _lock(person)
    employment = person.employments.filter(ended_on=None).first()
    holding = person.holdings.filter(ended_on=None).first()
    if why_not := rules.why_not_leave(_spell(employment), _spell(holding), on):
        return HistoryOutcome(reason=why_not)
    assert employment is not None  # noqa: S101, said by the rule
    employment.ended_on, employment.leaving, employment.leaving_reason = on, leaving, reason[:300]
    employment.save()
    if holding:
        holding.ended_on = on
        holding.save(update_fields=["ended_on"])
    if on < clock.today():
        person.is_active = False
        person.save(update_fields=["is_active"])
    announce(Left(person=person.pk, on=on, leaving=leaving), actor=actor)
    return HistoryOutcome(holding)


def close_sign_ins() -> int:
    """Whose last day lies behind them signs in no more; returns how many were closed. For those told of in advance."""
    return Person.objects.filter(is_active=True, pk__in=Person.objects.gone().values("pk")).update(is_active=False)


def _change(
    person: Person, position: Position, unit: Unit, on: date, actor: Person | None, reason: str, began: Holding.Began
) -> HistoryOutcome:
    if person == actor:
        return HistoryOutcome(reason="oneself")
    _lock(person)
    present = person.holdings.filter(ended_on=None).first()
    same_place = bool(present and (present.position_id, present.unit_id) == (position.pk, unit.pk))
    if why_not := rules.why_not_move(_spell(present), same_place=same_place, on=on):
        return HistoryOutcome(reason=why_not)
    assert present is not None  # noqa: S101, said by the rule
    present.ended_on = rules.day_before(on)
    present.save(update_fields=["ended_on"])
    holding = Holding.objects.create(
        person=person, position=position, unit=unit, began_on=on, began=began, reason=reason[:300]
    )
    happened = Promoted if began == Holding.Began.PROMOTED else Moved
    announce(
        happened(
            person=person.pk,
            position=position.pk,
            unit=unit.pk,
            on=on,
            from_position=present.position_id,
            from_unit=present.unit_id,
        ),
        actor=actor,
    )
    return HistoryOutcome(holding)


def _lock(person: Person) -> None:
    """Two who write one working life at once take turns."""
    Person.objects.get_queryset().select_for_update().get(pk=person.pk)


def _spell(stretch: Employment | Holding | None) -> rules.Spell | None:
    return rules.Spell(stretch.began_on, stretch.ended_on) if stretch else None
