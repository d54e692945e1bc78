"""What pages and other rooms ask about people, in bulk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from trellis.domains.people.models import Employment, Holding, Person, PersonQuerySet, Position, Unit
from trellis.kit import clock


def on_day(day: date) -> Q:
    """The condition that a holding or an employment covers the day."""
    return Q(began_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day))


def holders_of(position: Position, on: date | None = None) -> PersonQuerySet:
    """Who holds the position on the day (today when not said), by name."""
    held = Holding.objects.filter(on_day(on or clock.today()), position=position)
    return Person.objects.get_queryset().filter(pk__in=held.values("person_id"))


def current_holding(person: Person) -> Holding | None:
    """What the person holds today, with position and unit; None for who is not here."""
    return current_holdings([person.pk]).get(person.pk)


def current_holdings(person_ids: Collection[int], on: date | None = None) -> dict[int, Holding]:
    """Each person's holding of the day, with position and unit, by person id; in one statement."""
    held = Holding.objects.filter(on_day(on or clock.today()), person__in=person_ids)
    return {holding.person_id: holding for holding in held.select_related("position", "unit").order_by("began_on")}


def held_position_on(person_ids: Collection[int], position_id: int) -> dict[int, list[tuple[date, date | None]]]:
    """When each person held the position: first and last day (None: still), oldest first. Absent: never."""
    spells: dict[int, list[tuple[date, date | None]]] = {}
    held = Holding.objects.filter(person__in=person_ids, position_id=position_id).order_by("began_on")
    for person_id, began_on, ended_on in held.values_list("person_id", "began_on", "ended_on"):
        spells.setdefault(person_id, []).append((began_on, ended_on))
    return spells


def manages(user: Person, person: Person) -> bool:
    """Whether `user` is the line manager, or heads the unit of the person or one above. Nobody manages themselves."""
    if user.pk == person.pk or user.pk is None:
        return False
    if person.manager_id == user.pk:
        return True
    if not user.headed_paths:
        return False
    holding = current_holding(person)
    return bool(holding and any(holding.unit.path.startswith(path) for path in user.headed_paths))


def units_above(unit: Unit) -> list[Unit]:
    """The unit's way from the root down to itself, in one statement."""
    ids = [int(part) for part in unit.path.split("/") if part]
    found = Unit.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def unit_paths() -> dict[int, str]:
    """Every unit's way from the top in its own names, `Pixel House/Production/Team 1`, in one statement."""
    paths: dict[int, str] = {}
    for pk, name, parent in Unit.objects.order_by("path").values_list("id", "name", "parent_id"):
        paths[pk] = f"{paths[parent]}/{name}" if parent in paths else name
    return paths


@dataclass(frozen=True)
class WholeCompany:
    """Everything an import is compared with, as rows of plain values, oldest first."""

    persons: list[tuple[int, str, str, str | None, str | None]]  # id, employee id, name, e-mail, manager's employee id
    employments: list[tuple[int, date, date | None]]  # person, first day, last day
    holdings: list[tuple[int, date, date | None, int, int]]  # person, first day, last day, position, unit
    units: list[tuple[int, str, str, dict[str, str], int | None, str | None]]  # ..., parent, head's employee id
    positions: list[tuple[int, str, str, dict[str, str]]]


def whole_company() -> WholeCompany:
    """Everybody with their history, the units (parents first) and positions, in five statements."""
    persons = Person.objects.get_queryset().order_by("id")
    return WholeCompany(
        list(persons.values_list("id", "employee_id", "name", "email", "manager__employee_id")),
        list(Employment.objects.order_by("began_on", "id").values_list("person_id", "began_on", "ended_on")),
        list(
            Holding.objects.order_by("began_on", "id").values_list(
                "person_id", "began_on", "ended_on", "position_id", "unit_id"
            )
        ),
        list(
            Unit.objects.order_by("path").values_list("id", "code", "name", "names", "parent_id", "head__employee_id")
        ),
        list(Position.objects.order_by("id").values_list("id", "code", "name", "names")),
    )
