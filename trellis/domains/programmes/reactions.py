"""What this room does about facts: people are told, and a review is asked for as soon as nothing else is missing."""

from trellis.domains.learning.events import CoursePassed, CreditDecided
from trellis.domains.mentoring.events import DayConfirmed, DaySigned
from trellis.domains.mentoring.queries.needs import days_to_come
from trellis.domains.people.access import Role, who_acts_for
from trellis.domains.programmes import actions
from trellis.domains.programmes.events import (
    Joined,
    MovedToVersion,
    PlaceOffered,
    ReviewAsked,
    ReviewDecided,
    TimeAsked,
    TimeDecided,
    WaitingEnded,
    Waived,
    WaiverRevoked,
)
from trellis.domains.programmes.models import Cohort, Journey, Review, TimeChange, VersionMove, Waiver
from trellis.domains.programmes.queries import definition_of, lacks_courses
from trellis.domains.programmes.rules import Approval, branches
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.notify import notify, take_back
from trellis.kit.text import name_in_all


@reacts_to(Joined)
def tell_joined(fact: Joined, entry: Entry) -> None:
    _tell(fact.journey, "programmes.joined", f"joined:{fact.journey}")


@reacts_to(MovedToVersion)
def tell_moved(fact: MovedToVersion, entry: Entry) -> None:
    move = VersionMove.objects.select_related("to_version__programme").get(pk=fact.move)
    notify(
        person_ids=[fact.person],
        kind="programmes.moved",
        key=f"moved:{fact.move}",
        params={"programme": name_in_all(move.to_version.programme), "reason": move.reason},
        link=f"/journeys/{fact.journey}/",
    )


@reacts_to(Waived)
def tell_waived(fact: Waived, entry: Entry) -> None:
    _tell(fact.journey, "programmes.waived", f"waived:{entry.pk}")  # the same one may be waived again later


@reacts_to(WaiverRevoked)
def tell_asked_again(fact: WaiverRevoked, entry: Entry) -> None:
    waiver = Waiver.objects.select_related("journey__programme").get(pk=fact.waiver)
    notify(
        person_ids=[fact.person],
        kind="programmes.waiver_revoked",
        key=f"waiver-revoked:{fact.waiver}",
        params={"programme": name_in_all(waiver.journey.programme), "reason": waiver.revoked_because},
        link=f"/journeys/{fact.journey}/",
    )


def _tell(journey_id: int, kind: str, key: str) -> None:
    journey = Journey.objects.select_related("programme").get(pk=journey_id)
    params = {"programme": name_in_all(journey.programme)}
    notify(person_ids=[journey.person_id], kind=kind, key=key, params=params, link=f"/journeys/{journey_id}/")


@reacts_to(PlaceOffered)
def tell_of_a_place(fact: PlaceOffered, entry: Entry) -> None:
    cohort = Cohort.objects.select_related("version__programme").get(pk=fact.cohort)
    notify(
        person_ids=[fact.person],
        kind="programmes.place_offered",
        key=f"place-offered:{fact.waiting}",
        params={"cohort": cohort.name, "day": fact.answer_by},
        link=f"/programmes/{cohort.version.programme.code}/",
    )


@reacts_to(WaitingEnded)
def tell_of_the_end_of_waiting(fact: WaitingEnded, entry: Entry) -> None:
    if fact.how not in ("lapsed", "closed"):
        return
    cohort = Cohort.objects.select_related("version__programme").get(pk=fact.cohort)
    notify(
        person_ids=[fact.person],
        kind=f"programmes.waiting_{fact.how}",
        key=f"waiting-ended:{fact.waiting}",
        params={"cohort": cohort.name},
        link=f"/programmes/{cohort.version.programme.code}/",
    )


@reacts_to(TimeAsked)
def tell_the_academy_of_time(fact: TimeAsked, entry: Entry) -> None:
    journey = Journey.objects.select_related("programme", "person").get(pk=fact.journey)
    _tell_the_academy(
        journey, "programmes.time_asked", f"time-asked:{fact.time_change}", f"/journeys/{journey.pk}/time/"
    )


@reacts_to(TimeDecided)
def tell_of_time(fact: TimeDecided, entry: Entry) -> None:
    if entry.actor_id == fact.person or fact.state == "ended":
        return
    change = TimeChange.objects.select_related("journey__programme").get(pk=fact.time_change)
    notify(
        person_ids=[fact.person],
        kind=f"programmes.time_{fact.state}",
        key=f"time:{fact.time_change}:{fact.state}",
        params={"programme": name_in_all(change.journey.programme), "reason": change.note},
        link=f"/journeys/{fact.journey}/time/",
    )


@reacts_to(TimeDecided)
def tell_of_days_in_a_pause(fact: TimeDecided, entry: Entry) -> None:
    """Only told: a pause entered by mistake, and taken back, must not have cost the days that were planned."""
    if fact.change != TimeChange.Kind.PAUSE:
        return
    kind, key = "programmes.days_in_a_pause", f"days-in-a-pause:{fact.time_change}"
    if fact.state != "granted":
        take_back(kind=kind, key=key)
        return
    change = TimeChange.objects.get(pk=fact.time_change)
    found = days_to_come().filter(learner=fact.person, on__range=(change.from_on, change.until_on)).order_by("on")
    if days := list(found.values_list("on", flat=True)):
        params = {"first": days[0], "last": days[-1], "count": len(days)}
        notify(person_ids=[fact.person], kind=kind, key=key, params=params, link="/mentorship-days/")


@reacts_to(ReviewAsked)
def tell_the_academy(fact: ReviewAsked, entry: Entry) -> None:
    review = Review.objects.select_related("journey__programme", "journey__person").get(pk=fact.review)
    _tell_the_academy(
        review.journey, "programmes.review_asked", f"review-asked:{fact.review}", f"/reviews/{fact.review}/"
    )


def _tell_the_academy(journey: Journey, kind: str, key: str, link: str) -> None:
    notify(
        person_ids=who_acts_for(journey.person, Role.ACADEMY),
        kind=kind,
        key=key,
        params={"person": journey.person.name, "programme": name_in_all(journey.programme)},
        link=link,
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


@reacts_to(CreditDecided)
def ask_after_a_credit(fact: CreditDecided, entry: Entry) -> None:
    if fact.granted:
        _ask_when_due(fact.person)


def _ask_when_due(person_id: int) -> None:
    """Ask for every review for which all the rest is met; asking twice is asking once."""
    going = Journey.objects.filter(person=person_id, left_at=None, completed_at=None)
    for journey in going.select_related("version", "position").defer("version__definition"):
        for gate in definition_of(journey.version).gates:
            names = {part.name for part in branches(gate.requires) if isinstance(part, Approval)}
            if not names or lacks_courses(journey, gate):
                continue
            for name in names - set(journey.reviews.values_list("key", flat=True)):
                actions.ask_review(journey=journey, key=name, actor=None)
