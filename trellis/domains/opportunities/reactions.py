"""Who is certified for a post hears of it first; who is invited, chosen or not is told; passing over is reported."""

from django.utils import timezone

from trellis.domains.opportunities.events import Chosen, Closed, Invited, Opened, PassedOver
from trellis.domains.opportunities.models import Interview, Opening, PassingOver
from trellis.domains.opportunities.queries import certified_for
from trellis.domains.people.events import Promoted
from trellis.domains.people.models import Holding, Position, RoleGrant
from trellis.kit import clock
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


def _opening(pk: int) -> Opening:
    return Opening.objects.select_related("position", "unit").get(pk=pk)


def _about(opening: Opening) -> dict[str, object]:
    return {"position": name_in_all(opening.position), "unit": name_in_all(opening.unit)}


@reacts_to(Opened)
def tell_the_certified(fact: Opened, entry: Entry) -> None:
    opening = _opening(fact.opening)
    people = certified_for([opening.position_id], on=clock.today()).get(opening.position_id, {})
    notify(
        person_ids=list(people),
        kind="opportunities.certified_for",
        key=f"opening:{opening.pk}",
        params={**_about(opening), "until": opening.closes_on},
        link=f"/openings/{opening.pk}/",
    )


@reacts_to(Invited)
def tell_the_invited(fact: Invited, entry: Entry) -> None:
    interview = Interview.objects.filter(pk=fact.interview).first()
    if interview is None or interview.at != fact.at:  # moved once more: a later fact tells of it
        return
    at = timezone.localtime(interview.at)
    notify(
        person_ids=[fact.person],
        kind="opportunities.interview",
        key=f"interview:{interview.pk}:{at:%Y%m%d%H%M}",
        params={**_about(_opening(fact.opening)), "day": at.date(), "time": f"{at:%H:%M}", "place": interview.place},
        link=f"/openings/{fact.opening}/",
    )


@reacts_to(Chosen)
def tell_the_chosen(fact: Chosen, entry: Entry) -> None:
    notify(
        person_ids=[fact.person],
        kind="opportunities.chosen",
        key=f"chosen:{fact.placement}",
        params={**_about(_opening(fact.opening)), "day": fact.on},
        link=f"/openings/{fact.opening}/",
    )


@reacts_to(Closed)
def tell_the_others(fact: Closed, entry: Entry) -> None:
    """Everybody who put themselves forward or was spoken with, and was not chosen."""
    opening = _opening(fact.opening)
    chosen = set(opening.placements.values_list("person_id", flat=True))
    forward = opening.interests.filter(withdrawn_at=None).values_list("person_id", flat=True)
    spoken = opening.interviews.exclude(outcome=Interview.Outcome.DECLINED).values_list("person_id", flat=True)
    notify(
        person_ids=list({*forward, *spoken} - chosen),
        kind="opportunities.filled" if chosen else "opportunities.closed",
        key=f"closed:{opening.pk}",
        params=_about(opening),
        link=f"/openings/{opening.pk}/",
    )


@reacts_to(PassedOver)
def report(fact: PassedOver, entry: Entry) -> None:
    """The academy and the leaders read it once for each choice, whoever wrote it; not those it is about."""
    opening = _opening(fact.opening)
    passed = PassingOver.objects.filter(opening=opening, instead=fact.instead, kind=fact.step)
    grants = RoleGrant.objects.in_force().filter(role__in=[RoleGrant.Role.ACADEMY, RoleGrant.Role.LEADER], unit=None)
    readers = {*grants.values_list("person_id", flat=True)} - {
        *passed.values_list("person_id", flat=True),
        fact.instead,
    }
    notify(
        person_ids=list(readers),
        kind="opportunities.passed_over",
        key=f"passed-over:{opening.pk}:{fact.instead}:{fact.step}",
        params={**_about(opening), "count": passed.count()},
        link="/openings/passed-over/",
    )


@reacts_to(Promoted)
def offer_a_story(fact: Promoted, entry: Entry) -> None:
    holding = Holding.objects.filter(
        person=fact.person, position=fact.position, began_on=fact.on, began=Holding.Began.PROMOTED
    ).first()
    if holding:
        notify(
            person_ids=[fact.person],
            kind="opportunities.tell_your_story",
            key=f"story:{holding.pk}",
            params={"position": name_in_all(Position.objects.get(pk=fact.position))},
            link="/stories/mine/",
        )
