"""What this room does about facts: people are told, and a review is asked for as soon as nothing else is missing."""

from trellis.domains.learning.events import CoursePassed
from trellis.domains.mentoring.events import DayConfirmed, DaySigned
from trellis.domains.people.models import RoleGrant
from trellis.domains.programmes import actions
from trellis.domains.programmes.events import Joined, ReviewAsked, ReviewDecided, Waived
from trellis.domains.programmes.models import Journey, Review
from trellis.domains.programmes.queries import definition_of, lacks_courses
from trellis.domains.programmes.rules import Approval, branches
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@reacts_to(Joined)
def tell_joined(fact: Joined, entry: Entry) -> None:
    _tell(fact.journey, "programmes.joined", f"joined:{fact.journey}")


@reacts_to(Waived)
def tell_waived(fact: Waived, entry: Entry) -> None:
    _tell(fact.journey, "programmes.waived", f"waived:{fact.journey}:{fact.requirement}")


def _tell(journey_id: int, kind: str, key: str) -> None:
    journey = Journey.objects.select_related("programme").get(pk=journey_id)
    params = {"programme": name_in_all(journey.programme)}
    notify(person_ids=[journey.person_id], kind=kind, key=key, params=params, link=f"/journeys/{journey_id}/")


@reacts_to(ReviewAsked)
def tell_the_academy(fact: ReviewAsked, entry: Entry) -> None:
    review = Review.objects.select_related("journey__programme", "person").get(pk=fact.review)
    grants = RoleGrant.objects.in_force().filter(role=RoleGrant.Role.ACADEMY).exclude(person=fact.person)
    notify(
        person_ids=list(grants.values_list("person_id", flat=True).distinct()),
        kind="programmes.review_asked",
        key=f"review-asked:{fact.review}",
        params={"person": review.person.name, "programme": name_in_all(review.journey.programme)},
        link=f"/reviews/{fact.review}/",
    )


@reacts_to(ReviewDecided)
def tell_the_person(fact: ReviewDecided, entry: Entry) -> None:
    review = Review.objects.select_related("journey__programme").get(pk=fact.review)
    notify(
        person_ids=[fact.person],
        kind=f"programmes.review_{fact.state}",
        key=f"review-decided:{fact.review}",
        params={"programme": name_in_all(review.journey.programme), "reason": review.reason},
        link=f"/journeys/{fact.journey}/",
    )


@reacts_to(DaySigned)
def ask_after_a_signature(fact: DaySigned, entry: Entry) -> None:
    _ask_when_due(fact.person)


@reacts_to(DayConfirmed)
def ask_after_a_day(fact: DayConfirmed, entry: Entry) -> None:
    _ask_when_due(fact.person)


@reacts_to(CoursePassed)
def ask_after_a_course(fact: CoursePassed, entry: Entry) -> None:
    _ask_when_due(fact.person)


def _ask_when_due(person_id: int) -> None:
    """Ask for every review for which all the rest is met; asking twice is asking once."""
    going = Journey.objects.filter(person=person_id, left_at=None, completed_at=None)
    for journey in going.select_related("version", "position"):
        for gate in definition_of(journey.version).gates:
            names = {part.name for part in branches(gate.requires) if isinstance(part, Approval)}
            if not names or lacks_courses(journey, gate):
                continue
            for name in names - set(journey.reviews.values_list("key", flat=True)):
                actions.ask_review(journey=journey, key=name, actor=None)
