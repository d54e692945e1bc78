"""Who may, about people.

| permission         | who                                                                               |
|--------------------|-----------------------------------------------------------------------------------|
| people.see         | everybody signed in: name, position, unit, manager, e-mail                        |
| people.see_history | oneself, one's manager and the heads above; for their branch: HR, academy staff,  |
|                    | leaders, administrators                                                           |
| people.manage      | HR and administrators, for people and units of their branch; what happens in a    |
|                    | working life they write down of others only (the actions refuse oneself)          |
| people.export      | HR and administrators: the list as a file, of their branch                        |
| people.grant_roles | administrators, for people of their branch                                        |
| people.end_role    | administrators, grants for units of their branch                                  |
| people.erase       | administrators of the whole company, never themselves                             |
| journal.read       | administrators of the whole company                                               |

A grant for a unit reaches that unit and everything below it. Without an object, a permission asks: for anybody at all?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

import rules
from django.db.models import Model, Q, QuerySet

from trellis.domains.people.models import Holding, Person, PersonQuerySet, RoleGrant, Unit

Row = TypeVar("Row", bound=Model)
Role = RoleGrant.Role
STAFF = (Role.HR, Role.ADMINISTRATOR)
CAREER_READERS = (Role.HR, Role.ACADEMY, Role.LEADER, Role.ADMINISTRATOR)


@rules.predicate
def is_signed_in(user: Person) -> bool:
    return bool(user.is_authenticated)


def acting(*roles: str) -> rules.Predicate:
    """A predicate: any of the roles, for any unit."""
    return rules.Predicate(
        lambda user: bool(user.is_authenticated and user.acts_as(*roles)), name="acting:" + "|".join(roles)
    )


def reach_of(user: Person, *roles: str) -> list[str] | None:
    """The branches (paths) for which the person acts in one of the roles; None: the whole company; empty: nowhere."""
    found = [path for role, path in user.reaches if role in roles]
    return None if None in found else [path for path in found if path]


def acting_for(*roles: str, of: Callable[[Any], Person | Unit] | None = None) -> rules.Predicate:
    """A predicate: any of the roles, and the person or unit asked about lies within the reach of it.

    `of` leads from something else, such as a certificate, to the person or the unit it belongs to.
    """

    def within(user: Person, target: Any = None) -> bool:
        if not user.is_authenticated:
            return False
        reach = reach_of(user, *roles)
        if target is None or not reach:
            return reach is None or (target is None and bool(reach))
        return path_of(of(target) if of else target).startswith(tuple(reach))

    return rules.Predicate(within, name="acting_for:" + "|".join(roles))


def path_of(target: Person | Unit | RoleGrant) -> str:
    """The branch of a unit, of a grant, or of a person's last holding; nowhere for who never held anything.

    A grant for the whole company lies in no branch: only who acts for the whole company reaches it.
    """
    if isinstance(target, Unit):
        return target.path
    if isinstance(target, RoleGrant):
        return target.unit.path if target.unit else ""
    paths = Holding.objects.filter(person=target).order_by("-began_on", "-id").values_list("unit__path", flat=True)
    return paths.first() or ""


def everywhere(*roles: str) -> rules.Predicate:
    """A predicate: any of the roles, granted for the whole company."""

    def granted(user: Person) -> bool:
        return bool(user.is_authenticated) and reach_of(user, *roles) is None

    return rules.Predicate(granted, name="everywhere:" + "|".join(roles))


def people_managed_by(user: Person) -> PersonQuerySet:
    """Whom the person manages as HR or administrator: everybody, or the people of their branches."""
    return people_reached_by(user, *STAFF)


def people_reached_by(user: Person, *roles: str) -> PersonQuerySet:
    """Whom the person reaches in any of the roles: everybody, or the people of the branches it is granted for."""
    people = Person.objects.get_queryset()
    reach = reach_of(user, *roles)
    if reach is None:
        return people
    return people.filter(pk__in=_held_in(reach).values("person_id")) if reach else people.none()


def only_about(rows: QuerySet[Row], user: Person, *roles: str, by: str = "person") -> QuerySet[Row]:
    """The rows about people whom the user reaches in the roles; `by` leads from a row to its person.

    For the lists of who acts for a branch; for the whole company nothing is added to the statement.
    """
    if reach_of(user, *roles) is None:
        return rows
    return rows.filter(**{f"{by}__in": people_reached_by(user, *roles).values("pk")})


def who_acts_for(person: Person, *roles: str) -> list[int]:
    """Ids of those whose role reaches the person, themselves left out: whom to tell. Two statements."""
    path = path_of(person)
    grants = RoleGrant.objects.in_force().filter(role__in=roles, person__is_active=True).exclude(person=person)
    reaching = grants.order_by().values_list("person_id", "unit__path")
    return sorted({pk for pk, unit in reaching if unit is None or path.startswith(unit)})


def _held_in(paths: Iterable[str]) -> QuerySet[Holding]:
    branches = Q()
    for path in paths:
        branches |= Q(unit__path__startswith=path)
    return Holding.objects.filter(branches, ended_on=None)


@rules.predicate
def is_oneself(user: Person, person: Person | None) -> bool:
    return person is not None and user.pk == person.pk


@rules.predicate
def leads(user: Person, person: Person | None) -> bool:
    """The line manager, or the head of the person's unit (of who has left: the last one) or of one above it."""
    if person is None or user.pk in (None, person.pk):
        return False
    if person.manager_id == user.pk:
        return True
    return bool(user.headed_paths) and path_of(person).startswith(tuple(user.headed_paths))


class OfAPerson(Protocol):
    """A journey, a certificate, an account: whatever is one person's."""

    @property
    def person_id(self) -> int | None: ...

    @property
    def person(self) -> Person | None: ...


@rules.predicate
def is_ones_own(user: Person, thing: OfAPerson | None) -> bool:
    return thing is not None and thing.person_id == user.pk


@rules.predicate
def leads_its_person(user: Person, thing: OfAPerson | None) -> bool:
    return thing is not None and bool(leads(user, thing.person))


rules.add_perm("people.see", is_signed_in)
rules.add_perm("people.see_history", is_signed_in & (is_oneself | acting_for(*CAREER_READERS) | leads))
rules.add_perm("people.manage", acting_for(*STAFF))
rules.add_perm("people.export", acting_for(*STAFF))
rules.add_perm("people.grant_roles", acting_for(Role.ADMINISTRATOR))
rules.add_perm("people.end_role", acting_for(Role.ADMINISTRATOR))
rules.add_perm("people.erase", everywhere(Role.ADMINISTRATOR) & ~is_oneself)
rules.add_perm("journal.read", everywhere(Role.ADMINISTRATOR))
