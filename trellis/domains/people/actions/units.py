"""The company's structure: units as a tree, their heads, positions."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from trellis.domains.people.events import HeadNamed, PositionOpened, UnitClosed, UnitMoved, UnitOpened
from trellis.domains.people.models import Holding, Person, Position, Unit
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class UnitOutcome:
    """The unit as it is now; `reason` says why it stayed: `below_itself`, `has_people`, `has_units`."""

    unit: Unit
    reason: str = ""


@transaction.atomic
def open_unit(
    *, code: str, name: str, parent: Unit | None = None, names: dict[str, str] | None = None, actor: Person | None
) -> Unit:
    """The unit of that code, made when there is none yet."""
    unit, is_new = Unit.objects.get_or_create(
        code=code, defaults={"name": name, "names": names or {}, "parent": parent}
    )
    if is_new:
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        announce(UnitOpened(unit=unit.pk, parent=unit.parent_id), actor=actor)
    return unit


@transaction.atomic
def place_unit(*, unit: Unit, parent: Unit | None, actor: Person | None) -> UnitOutcome:
    """Hang the unit, with everything below it, under another one (or make it a root)."""
    if parent and parent.path.startswith(unit.path):
        return UnitOutcome(unit, "below_itself")
    if unit.parent_id == (parent and parent.pk):
        return UnitOutcome(unit)
    before, before_parent = unit.path, unit.parent_id
    unit.parent, unit.path = parent, f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["parent", "path"])
    below = Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk)
    below.update(path=Concat(Value(unit.path), Substr("path", len(before) + 1)))
    announce(UnitMoved(unit=unit.pk, parent=unit.parent_id, from_parent=before_parent), actor=actor)
    return UnitOutcome(unit)


@transaction.atomic
def name_head(*, unit: Unit, person: Person | None, actor: Person | None) -> UnitOutcome:
    """Who heads the unit from now on; None: nobody."""
    if unit.head_id != (person and person.pk):
        unit.head = person
        unit.save(update_fields=["head"])
        announce(HeadNamed(unit=unit.pk, person=unit.head_id), actor=actor)
    return UnitOutcome(unit)


@transaction.atomic
def close_unit(*, unit: Unit, on: date, actor: Person | None) -> UnitOutcome:
    """Close an empty unit; its history stays."""
    if Unit.objects.filter(parent=unit, closed_on=None).exists():
        return UnitOutcome(unit, "has_units")
    if Holding.objects.filter(unit=unit, ended_on=None).exists():
        return UnitOutcome(unit, "has_people")
    if unit.closed_on is None:
        unit.closed_on = on
        unit.save(update_fields=["closed_on"])
        announce(UnitClosed(unit=unit.pk, on=on), actor=actor)
    return UnitOutcome(unit)


@transaction.atomic
def open_position(*, code: str, name: str, names: dict[str, str] | None = None, actor: Person | None) -> Position:
    """The position of that code, made when there is none yet."""
    position, is_new = Position.objects.get_or_create(code=code, defaults={"name": name, "names": names or {}})
    if is_new:
        announce(PositionOpened(position=position.pk), actor=actor)
    return position
