"""Who may, about people.

| permission         | who                                                                               |
|--------------------|-----------------------------------------------------------------------------------|
| people.see         | everybody signed in: name, position, unit, manager, e-mail                        |
| people.see_history | oneself, one's manager and the heads above; for their branch: HR, academy staff,  |
|                    | leaders, administrators                                                           |
| people.manage      | HR and administrators, for people and units of their branch                       |
| people.export      | HR and administrators: the list as a file, of their branch                        |
| people.grant_roles | administrators, for people of their branch                                        |
| people.erase       | administrators of the whole company, never themselves                             |
| journal.read       | administrators of the whole company                                               |

A grant for a unit reaches that unit and everything below it. Without an object, a permission asks: for anybody at all?
"""

from __future__ import annotations

from collections.abc import Iterable

import rules
from django.db.models import Q, QuerySet

from trellis.domains.people.models import Holding, Person, PersonQuerySet, RoleGrant, Unit

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
    grants = [grant for grant in user.grants if grant.role in roles]
    if any(grant.unit is None for grant in grants):
        return None
    return [grant.unit.path for grant in grants if grant.unit]


def acting_for(*roles: str) -> rules.Predicate:
    """A predicate: any of the roles, and the person or unit asked about lies within the reach of it."""

    def within(user: Person, target: Person | Unit | None = None) -> bool:
        if not user.is_authenticated:
            return False
        reach = reach_of(user, *roles)
        if target is None or reach is None:
            return reach is None or bool(reach)
        return any(path_of(target).startswith(path) for path in reach)

    return rules.Predicate(within, name="acting_for:" + "|".join(roles))


def path_of(target: Person | Unit) -> str:
    """The branch of a unit, or of a person's last holding; nowhere for who never held anything."""
    if isinstance(target, Unit):
        return target.path
    paths = Holding.objects.filter(person=target).order_by("-began_on", "-id").values_list("unit__path", flat=True)
    return paths.first() or ""


def everywhere(*roles: str) -> rules.Predicate:
    """A predicate: any of the roles, granted for the whole company."""

    def granted(user: Person) -> bool:
        return bool(user.is_authenticated) and reach_of(user, *roles) is None

    return rules.Predicate(granted, name="everywhere:" + "|".join(roles))


def people_managed_by(user: Person) -> PersonQuerySet:
    """Whom the person manages as HR or administrator: everybody, or the people of their branches."""
    people = Person.objects.get_queryset()
    reach = reach_of(user, *STAFF)
    if reach is None:
        return people
    return people.filter(pk__in=_held_in(reach).values("person_id")) if reach else people.none()


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
    """The line manager, or the head of the person's unit or one above."""
    if person is None or user.pk == person.pk:
        return False
    return person.manager_id == user.pk or any(path_of(person).startswith(path) for path in user.headed_paths)


rules.add_perm("people.see", is_signed_in)
rules.add_perm("people.see_history", is_signed_in & (is_oneself | acting_for(*CAREER_READERS) | leads))
rules.add_perm("people.manage", acting_for(*STAFF))
rules.add_perm("people.export", acting_for(*STAFF))
rules.add_perm("people.grant_roles", acting_for(Role.ADMINISTRATOR))
rules.add_perm("people.erase", everywhere(Role.ADMINISTRATOR) & ~is_oneself)
rules.add_perm("journal.read", everywhere(Role.ADMINISTRATOR))
