from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trellis.domains.people.access import CAREER_READERS
from trellis.domains.people.models import Holding, Person, RoleGrant, Unit
from trellis.kit import clock


@dataclass(frozen=True)
class Reader:
    """Somebody who may read the career of a person, and by what."""

    person: Person
    because: str


def held_by(person: Person | int) -> Sequence[Holding]:
    """Everything the person held, newest first."""
    held = Holding.objects.filter(person=person).select_related("person", "position", "unit")
    return list(held.order_by("-began_on", "-id"))


def held_now(holdings: Sequence[Holding]) -> Holding | None:
    """What is held today; of who is still to begin, what they will hold."""
    today = clock.today()
    began = (h for h in holdings if h.began_on <= today and (h.ended_on is None or h.ended_on >= today))
    return next(began, None) or next((h for h in holdings if h.ended_on is None), None)


def who_holds_data_of(person: Person) -> list[Reader]:
    """Who may read the career of this person: manager, heads of the units above, and staff whose role reaches them."""
    path = next((holding.unit.path for holding in held_by(person) if holding.ended_on is None), "")
    above = [int(part) for part in path.split("/") if part]
    readers = [Reader(person.manager, _("line manager"))] if person.manager else []
    for unit in Unit.objects.filter(pk__in=above).exclude(head=None).select_related("head").order_by("-path"):
        if unit.head and unit.head != person:
            readers.append(Reader(unit.head, _("head of %(unit)s") % {"unit": unit}))
    grants = RoleGrant.objects.in_force().filter(role__in=CAREER_READERS).exclude(person=person)
    for grant in grants.select_related("person", "unit").order_by("role", "person__name"):
        if grant.unit is None or path.startswith(grant.unit.path):
            readers.append(Reader(grant.person, str(grant.get_role_display())))
    return readers
