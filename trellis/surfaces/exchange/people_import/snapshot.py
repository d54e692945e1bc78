"""The company as the rules of the import want it."""

from trellis.domains.people.access import Role, reach_of
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.people.queries import whole_company
from trellis.surfaces.exchange.people_rules.company import Company, KnownPerson, KnownPosition, KnownUnit


def guarded_from(person: Person | None) -> frozenset[str]:
    """Employee ids of administrators, whose addresses only another one may change; none from one of them."""
    if person is None or reach_of(person, Role.ADMINISTRATOR) is None:
        return frozenset()
    grants = RoleGrant.objects.in_force().filter(role=Role.ADMINISTRATOR)
    return frozenset(grants.values_list("person__employee_id", flat=True))


def take_snapshot() -> Company:
    """Everybody, every unit and position, in five statements."""
    rows = whole_company()
    by_pk = {
        pk: (employee_id, KnownPerson(pk, name, (email or "").lower(), manager or ""))
        for pk, employee_id, name, email, manager in rows.persons
    }
    for person, began_on, ended_on in rows.employments:
        by_pk[person][1].employments.append((began_on, ended_on))
    for person, began_on, ended_on, position, unit in rows.holdings:
        by_pk[person][1].holdings.append((began_on, ended_on, position, unit))
    return Company(
        dict(by_pk.values()),
        tuple(
            KnownUnit(pk, code, (name, *names.values()), parent, head or "")
            for pk, code, name, names, parent, head in rows.units
        ),
        tuple(KnownPosition(pk, code, (name, *names.values())) for pk, code, name, names in rows.positions),
    )
