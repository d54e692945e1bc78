"""What pages and other rooms ask about people, in bulk."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from trellis.domains.people.models import Employment, Holding, Person, PersonQuerySet, Position, Unit, on_day
from trellis.kit import clock


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


def leaders_of(person_ids: Collection[int], on: date | None = None) -> dict[int, int]:
    """Who leads each person on the day, by ids: the manager, or the head of their unit where no manager is named.

    Nobody where that is nobody, somebody who left, or the person. Two statements.
    """
    held = Holding.objects.filter(on_day(on or clock.today()), person__in=person_ids).order_by("began_on")
    rows = held.values_list("person_id", "person__manager_id", "unit__head_id")
    found = {person: manager or head for person, manager, head in rows if (manager or head) not in (None, person)}
    here = set(Person.objects.here(on).filter(pk__in=found.values()).values_list("pk", flat=True))
    return {person: leader for person, leader in found.items() if leader in here}


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


def by_employee_ids(text: str) -> tuple[list[int], list[str]]:
    """Employee ids pasted from wherever they are: the people here, as written, and the ids nobody here has."""
    written = list(dict.fromkeys(re.split(r"[\s,;，；、]+", text.strip())))[:2000]
    found = dict(Person.objects.here().filter(employee_id__in=written).values_list("employee_id", "pk"))
    return [found[key] for key in written if key in found], [key for key in written if key not in found]
