"""Days to come that cannot be as they were planned, and days that rest on an offer."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.domains.mentoring.models import Absence, MentorshipDay, Offer, PlanProposal
from trellis.domains.people.models import Holding, on_day
from trellis.domains.sessions.models import Mark
from trellis.kit import clock


def days_to_come() -> QuerySet[MentorshipDay]:
    """Planned for today or later, and nothing is marked yet."""
    marked = Mark.objects.filter(session=OuterRef("session"))
    return MentorshipDay.objects.filter(~Exists(marked), on__gte=clock.today(), cancelled_at=None)


def days_marked() -> QuerySet[MentorshipDay]:
    """Not cancelled, and somebody said already what they were."""
    marked = Mark.objects.filter(session=OuterRef("session"))
    return MentorshipDay.objects.filter(Exists(marked), cancelled_at=None)


def days_upset() -> QuerySet[MentorshipDay]:
    """Days to come whose holder will not hold the position then (`holds`), or is away (`is_away`)."""
    on = OuterRef("on")
    spells = Holding.objects.filter(on_day(on), person=OuterRef("holder"), position=OuterRef("position"))
    away = Absence.objects.filter(first__lte=on, last__gte=on, person=OuterRef("holder"), taken_back_at=None)
    return days_to_come().annotate(holds=Exists(spells), is_away=Exists(away)).filter(Q(holds=False) | Q(is_away=True))


def open_proposals() -> QuerySet[PlanProposal]:
    """Proposals somebody still has to decide on."""
    return PlanProposal.objects.filter(applied_at=None, ended_at=None)


def planned_on(offer: Offer) -> list[MentorshipDay]:
    """Days to come beside the holder on dates of the offer."""
    dates = set(offer.days.dates())
    coming = days_to_come().filter(holder=offer.holder_id, on__range=(offer.first, offer.last))
    return [day for day in coming.select_related("learner") if day.on in dates]


def offers_with_days(offers: list[Offer]) -> list[tuple[Offer, list[Any]]]:
    """Each offer of one holder with the days to come planned on its dates; one statement."""
    if not offers:
        return []
    first, last = min(o.first for o in offers), max(o.last for o in offers)
    coming = list(days_to_come().filter(holder=offers[0].holder_id, on__range=(first, last)).select_related("learner"))
    return [(offer, [day for day in coming if day.on in set(offer.days.dates())]) for offer in offers]
