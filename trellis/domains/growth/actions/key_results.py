"""What a goal means this year, the numbers that tell, and looking at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from trellis.domains.growth.actions.goals import Kept
from trellis.domains.growth.models import CheckIn, Goal, KeyResult, Objective, TargetChange
from trellis.domains.growth.notices import CHECK_IN
from trellis.domains.growth.queries.goals import last_looks, measured, with_now
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.notices.notify import take_back


@dataclass(frozen=True)
class Measure:
    """What a key result says."""

    title: str
    start: Decimal
    target: Decimal
    unit: str = ""
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Look:
    """What was said of one key result: where it stands, and what the form showed (the newest check-in, the value)."""

    key_result: int
    value: Decimal
    note: str
    seen: int | None
    shown: Decimal


def set_objective(*, goal: Goal, title: str, year: int, once: UUID, actor: Person) -> Objective:
    """What one's goal means in a year. The same form sent twice gives one objective."""
    mine = Goal.objects.get(pk=goal.pk, owner=actor)
    objective, _is_new = Objective.objects.get_or_create(goal=mine, once=once, defaults={"title": title, "year": year})
    return objective


@transaction.atomic
def change_objective(*, objective: Objective, title: str, year: int, revision: int, actor: Person) -> Kept:
    """Say it in other words, unless it was changed since the revision that the person saw."""
    now = Objective.objects.select_for_update().get(pk=objective.pk, goal__owner=actor)
    if now.revision != revision:
        return Kept(False, now.revision)
    now.title, now.year, now.revision = title, year, revision + 1
    now.save()
    return Kept(True, now.revision)


def drop_objective(*, objective: Objective, dropped: bool, actor: Person) -> None:
    """Let it go, or bring it back; its key results stay as they are."""
    at = clock.now() if dropped else None
    Objective.objects.filter(pk=objective.pk, goal__owner=actor).update(dropped_at=at)


def set_key_result(*, objective: Objective, measure: Measure, once: UUID, actor: Person) -> KeyResult:
    """A number for one's objective. The same form sent twice gives one key result."""
    mine = Objective.objects.get(pk=objective.pk, goal__owner=actor)
    result, _is_new = KeyResult.objects.get_or_create(objective=mine, once=once, defaults=vars(measure))
    return result


@transaction.atomic
def change_key_result(*, key_result: KeyResult, measure: Measure, revision: int, actor: Person) -> Kept:
    """Measure otherwise, unless it was changed meanwhile. Check-ins stay, with what they were measured by."""
    now = KeyResult.objects.select_for_update().get(pk=key_result.pk, objective__goal__owner=actor)
    if now.revision != revision:
        return Kept(False, now.revision)
    if (now.start, now.target) != (measure.start, measure.target):
        TargetChange.objects.create(key_result=now, start=now.start, target=now.target)
    for name, value in vars(measure).items():
        setattr(now, name, value)
    now.revision += 1
    now.save()
    return Kept(True, now.revision)


def drop_key_result(*, key_result: KeyResult, dropped: bool, actor: Person) -> None:
    """Let it go, or bring it back with its check-ins; while it is away it counts for nothing."""
    at = clock.now() if dropped else None
    KeyResult.objects.filter(pk=key_result.pk, objective__goal__owner=actor).update(dropped_at=at)


@transaction.atomic
def check_in(*, looks: Collection[Look], once: UUID, actor: Person) -> int:
    """Keep where one's key results stand; returns of how many. The same form sent twice counts once.

    What was left as the form showed it, while another device said something newer, stays as the newer one has it.
    """
    today = clock.today()
    last = last_looks([actor.pk], on=today).get(actor.pk)
    mine = {r.pk: measured(r) for r in with_now().filter(objective__goal__owner=actor, dropped_at=None)}
    told = [
        CheckIn(key_result_id=look.key_result, value=look.value, note=look.note, once=once)
        for look in looks
        if look.key_result in mine and not _is_overtaken(look, mine[look.key_result].told)
    ]
    CheckIn.objects.bulk_create(told, ignore_conflicts=True)
    if last:
        take_back(kind=CHECK_IN.code, key=reminder_key(actor.pk, last.isoformat()))
    return len(told)


def reminder_key(person: int, last: str) -> str:
    """What names the reminder of one silence: whose it is, and since when."""
    return f"check-in:{person}:{last}"


def _is_overtaken(look: Look, newest: int | None) -> bool:
    return newest != look.seen and look.value == look.shown and not look.note
