"""The person hears of what became of their certificate; one who is erased is no longer named on any."""

from django.utils import timezone

from trellis.domains.credentials import actions
from trellis.domains.credentials.events import InvitedToCeremony, Issued, Withdrawn
from trellis.domains.credentials.models import Ceremony, Certificate
from trellis.domains.people.events import Erased
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.notify import notify


@reacts_to(Issued)
def tell_issued(fact: Issued, entry: Entry) -> None:
    _tell(fact.certificate, "credentials.issued")


@reacts_to(Withdrawn)
def tell_withdrawn(fact: Withdrawn, entry: Entry) -> None:
    _tell(fact.certificate, "credentials.withdrawn")


def _tell(certificate_id: int, kind: str) -> None:
    certificate = Certificate.objects.get(pk=certificate_id)
    notify(
        person_ids=[certificate.person_id],
        kind=kind,
        key=f"{kind}:{certificate.pk}",
        params={"title": certificate.snapshot["title"]},
        link=f"/certificates/{certificate.number}/",
    )


@reacts_to(Erased)
def forget_name(fact: Erased, entry: Entry) -> None:
    actions.forget_person(person_id=fact.person)


@reacts_to(InvitedToCeremony)
def tell_invited(fact: InvitedToCeremony, entry: Entry) -> None:
    ceremony = Ceremony.objects.select_related("session").get(pk=fact.ceremony)
    at = timezone.localtime(ceremony.session.starts_at)
    notify(
        person_ids=[fact.person],
        kind="credentials.ceremony",
        key=f"ceremony:{ceremony.pk}",
        params={"day": at.date(), "time": f"{at:%H:%M}", "place": ceremony.session.place},
        link=f"/ceremonies/{ceremony.pk}/",
    )
