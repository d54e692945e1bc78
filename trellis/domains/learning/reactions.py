"""What this room does about facts of rooms below, and about its own."""

from trellis.domains.careers.actions import evidence
from trellis.domains.learning import actions, notices, queries
from trellis.domains.learning.events import CoursePassed, CreditAsked, CreditDecided, CreditRevoked, PassWithdrawn
from trellis.domains.learning.models import CourseTeaches, Credit, Offering
from trellis.domains.people.access import Role, who_acts_for
from trellis.domains.people.models import Person
from trellis.domains.sessions.events import AttendanceCompleted, AttendanceTakenBack
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.kinds import Kind
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@reacts_to(AttendanceCompleted)
def complete_course(fact: AttendanceCompleted, entry: Entry) -> None:
    """The grade may have come first: a make-up can complete a course that was passed weeks ago."""
    offering = Offering.objects.filter(series_id=fact.series).first()
    if offering:
        actions.announce_passed(offering=offering, person_ids=[fact.person], actor=entry.actor)


@reacts_to(AttendanceTakenBack)
def withdraw_course(fact: AttendanceTakenBack, entry: Entry) -> None:
    """A pass rests on every session; what a make-up still can repair comes back with it."""
    offering = Offering.objects.filter(series_id=fact.series).first()
    if offering:
        actions.announce_withdrawn(offering=offering, person_ids=[fact.person], actor=entry.actor)


@reacts_to(PassWithdrawn)
def withdraw_evidence(fact: PassWithdrawn, entry: Entry) -> None:
    """What the course showed counts no more, unless it was put right again meanwhile."""
    offering = Offering.objects.get(pk=fact.offering)
    if not queries.offering_standing(offering, fact.person).is_complete:
        person = Person.objects.get(pk=fact.person)
        evidence.withdraw_evidence(person=person, origin=f"offering:{fact.offering}", actor=entry.actor)


@reacts_to(CoursePassed)
def keep_evidence(fact: CoursePassed, entry: Entry) -> None:
    """A passed course shows the levels it teaches; the run is the origin, so that it is kept once.

    A correction may have come in between: what does not hold any more is not kept.
    """
    if queries.offering_standing(Offering.objects.get(pk=fact.offering), fact.person).is_complete:
        _show(fact.person, fact.course, f"offering:{fact.offering}", entry)


def _show(person_id: int, course_id: int, origin: str, entry: Entry) -> None:
    person = Person.objects.get(pk=person_id)
    for taught in CourseTeaches.objects.filter(course_id=course_id).select_related("competency"):
        evidence.record_evidence(
            person=person,
            competency=taught.competency,
            level=taught.level,
            source=evidence.Source.COURSE,
            actor=entry.actor,
            origin=origin,
        )


@reacts_to(CreditAsked)
def tell_the_academy(fact: CreditAsked, entry: Entry) -> None:
    """Who can decide hears that somebody waits."""
    credit = Credit.objects.select_related("person", "course").get(pk=fact.credit)
    notify(
        person_ids=who_acts_for(credit.person, Role.ACADEMY),
        kind=notices.CREDIT_ASKED.code,
        key=f"credit-asked:{fact.credit}",
        params={"person": credit.person.name, "course": name_in_all(credit.course)},
        link=f"/credits/{fact.credit}/",
    )


@reacts_to(CreditDecided)
def tell_decided(fact: CreditDecided, entry: Entry) -> None:
    """The person hears it; what the course teaches counts as shown, unless the credit was taken back meanwhile."""
    credit = Credit.objects.select_related("course").get(pk=fact.credit)
    _tell(credit, notices.CREDIT_GRANTED if fact.granted else notices.CREDIT_DECLINED, credit.reason)
    if credit.state == Credit.State.GRANTED:
        _show(fact.person, fact.course, f"credit:{fact.credit}", entry)


@reacts_to(CreditRevoked)
def tell_revoked(fact: CreditRevoked, entry: Entry) -> None:
    """The person hears it, and what the credit showed counts no more."""
    credit = Credit.objects.select_related("course", "person").get(pk=fact.credit)
    _tell(credit, notices.CREDIT_REVOKED, credit.revoked_because)
    evidence.withdraw_evidence(person=credit.person, origin=f"credit:{fact.credit}", actor=entry.actor)


def _tell(credit: Credit, kind: Kind, reason: str) -> None:
    notify(
        person_ids=[credit.person_id],
        kind=kind.code,
        key=f"{kind.code}:{credit.pk}",
        params={"course": name_in_all(credit.course), "reason": reason},
        link=f"/credits/{credit.pk}/",
    )
