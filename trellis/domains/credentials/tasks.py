from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.domains.credentials import actions
from trellis.domains.credentials.models import Ceremony
from trellis.domains.learning.models import Offering
from trellis.domains.people.access import Role, people_reached_by
from trellis.domains.people.models import Person
from trellis.kit.tasks.jobs import Job, job


@job("credentials.issue_all", title=_("Issuing the certificates of a graduation"))
def issue_all(under_way: Job, *, ceremony_id: int, only_present: bool) -> dict[str, Any]:
    """Started again, it goes on with who is left: each certificate is given once."""
    outcome = actions.issue_at(
        ceremony=Ceremony.objects.select_related("session").get(pk=ceremony_id),
        only_present=only_present,
        actor=Person.objects.get_queryset().get(pk=under_way.owner_id),
        tell=under_way.tell,
    )
    return {"issued": outcome.issued, "already": outcome.already, "refused": outcome.refused}


@job("credentials.issue_for_run", title=_("Issuing the certificates of a course run"))
def issue_for_run(under_way: Job, *, offering_id: int) -> dict[str, Any]:
    """Started again, it goes on with who is left: each certificate is given once."""
    actor = Person.objects.get_queryset().get(pk=under_way.owner_id)
    outcome = actions.issue_for_run(
        offering=Offering.objects.select_related("course").get(pk=offering_id),
        actor=actor,
        among=set(people_reached_by(actor, Role.ACADEMY).values_list("pk", flat=True)),
        tell=under_way.tell,
    )
    return {"issued": outcome.issued, "already": outcome.already, "refused": outcome.refused}
