"""The person hears of what became of their certificate; one who is erased is no longer named on any."""

from trellis.domains.credentials import actions
from trellis.domains.credentials.events import Issued, Withdrawn
from trellis.domains.credentials.models import Certificate
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
