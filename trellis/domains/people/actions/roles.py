"""Who may act as what."""

from dataclasses import dataclass

from django.db import transaction

from trellis.domains.people.events import RoleEnded, RoleGranted
from trellis.domains.people.models import Person, RoleGrant, Unit
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class RoleOutcome:
    """The grant as it stands; `reason` says why nothing changed: `last_administrator`."""

    grant: RoleGrant
    reason: str = ""


@transaction.atomic
def grant_role(*, person: Person, role: str, unit: Unit | None, actor: Person | None) -> RoleOutcome:
    """Let the person act in the role from today on, for a branch or (unit None) the whole company."""
    grant, is_new = RoleGrant.objects.get_or_create(
        person=person,
        role=RoleGrant.Role(role),
        unit=unit,
        ended_on=None,
        defaults={"began_on": clock.today(), "granted_by": actor},
    )
    if is_new:
        announce(RoleGranted(person=person.pk, role=grant.role, unit=grant.unit_id), actor=actor)
    return RoleOutcome(grant)


@transaction.atomic
def end_role(*, grant: RoleGrant, actor: Person | None) -> RoleOutcome:
    """End it today. The last administrator of the whole company stays: nobody could name another."""
    if _is_last_administrator(grant):
        return RoleOutcome(grant, "last_administrator")
    if RoleGrant.objects.filter(pk=grant.pk, ended_on=None).update(ended_on=clock.today()):
        announce(RoleEnded(person=grant.person_id, role=grant.role, unit=grant.unit_id), actor=actor)
    grant.refresh_from_db()
    return RoleOutcome(grant)


def _is_last_administrator(grant: RoleGrant) -> bool:
    if grant.role != RoleGrant.Role.ADMINISTRATOR or grant.unit_id is not None:
        return False
    # All of them in one order, the own one too: two who each held the other's would wait for each other for ever.
    alike = RoleGrant.objects.in_force().filter(role=grant.role, unit=None, person__is_active=True)
    held = alike.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
    return not set(held) - {grant.pk}
