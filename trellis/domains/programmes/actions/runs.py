"""The runs of the courses that a cohort takes."""

from collections.abc import Sequence

from django.db import transaction

from trellis.domains.learning import actions as learning
from trellis.domains.learning.actions import OfferingsOutcome, WantedOffering
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.queries.runs import takers_of


@transaction.atomic
def plan_runs(
    *, cohort: Cohort, wanted: Sequence[WantedOffering], because: str = "", actor: Person
) -> OfferingsOutcome:
    """Open the runs for a cohort, all or none; who has joined already gets places in those their position asks for."""
    outcome = learning.plan_offerings(wanted=wanted, because=because, actor=actor)
    if not outcome.ok:
        return outcome
    held = Cohort.objects.select_for_update().get(pk=cohort.pk)
    held.offerings.add(*outcome.offerings)
    takers = takers_of(cohort)
    for offering in outcome.offerings:
        learning.enrol(
            offering=offering,
            person_ids=takers.get(offering.course.code, ()),
            way_in=f"programme:{cohort.version.programme.code}",
            actor=actor,
        )
    return outcome
