from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.domains.people.access import people_managed_by
from trellis.domains.people.actions.history import close_sign_ins
from trellis.domains.people.actions.invitations import invite, without_sign_in
from trellis.domains.people.models import Person
from trellis.kit.tasks.declare import daily, task
from trellis.kit.tasks.jobs import Job, job


@job("people.invite_everybody", title=_("Inviting everybody who cannot sign in yet"))
def invite_everybody(under_way: Job) -> dict[str, Any]:
    """Invite whom the owner manages, one mail after the other. Started again, it goes on with who is left."""
    owner = Person.objects.get_queryset().get(pk=under_way.owner_id)
    left = without_sign_in(people_managed_by(owner)).exclude(invitations__expires_at__gt=under_way.created_at)
    people = list(left.order_by("pk"))
    sent = 0
    for number, person in enumerate(people, start=1):
        sent += invite(person=person, actor=owner).sent
        under_way.tell(number, len(people))
    return {"sent": sent}


@daily(hour=0)
@task()
def close_sign_ins_of_who_left() -> None:
    """On the morning after somebody's last day; a leaving is often written down weeks before."""
    close_sign_ins()
