"""The person hears of what became of their certificate, the academy of what it rests on; one who is erased is no longer
named on any."""

from collections.abc import Collection

from django.utils import timezone

from trellis.domains.credentials import actions
from trellis.domains.credentials.events import InvitedToCeremony, Issued, Withdrawn
from trellis.domains.credentials.models import Ceremony, Certificate
from trellis.domains.learning.events import CreditRevoked, PassWithdrawn
from trellis.domains.learning.models import Course
from trellis.domains.learning.queries import course_standings
from trellis.domains.people.access import Role, who_acts_for
from trellis.domains.people.events import Erased
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries.standings import courses_of, definition_of
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


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


@reacts_to(PassWithdrawn)
def look_again_after_a_pass(fact: PassWithdrawn, entry: Entry) -> None:
    _look_again(fact.person, fact.course, entry)


@reacts_to(CreditRevoked)
def look_again_after_a_credit(fact: CreditRevoked, entry: Entry) -> None:
    _look_again(fact.person, fact.course, entry)


def _look_again(person_id: int, course_id: int, entry: Entry) -> None:
    """A register or a grade changed late: the academy hears of certificates that rest on it, unless all is well."""
    standing = course_standings([person_id], [course_id])[person_id, course_id]
    given = Certificate.objects.filter(person=person_id, withdrawn_at=None)
    if standing.is_complete or not given.exists():
        return
    course = Course.objects.get(pk=course_id)
    for certificate in given.select_related("person", "journey__version", "journey__position"):
        if certificate.course_id == course_id or course.code in _courses_of(certificate.journey):
            notify(
                person_ids=who_acts_for(certificate.person, Role.ACADEMY),
                kind="credentials.rests_on_less",
                key=f"rests-on-less:{certificate.pk}:{entry.pk}",
                params={"person": certificate.person.name, "course": name_in_all(course)},
                link=f"/certificates/{certificate.number}/",
            )


def _courses_of(journey: Journey | None) -> Collection[str]:
    return courses_of([journey], {journey.version_id: definition_of(journey.version)}) if journey else ()


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
