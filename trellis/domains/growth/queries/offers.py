"""Offers as whom they were made to sees them, and as who made them does."""

from dataclasses import dataclass

from django.db.models import QuerySet

from trellis.domains.growth.models import DevelopmentOffer
from trellis.domains.growth.rules.offers import as_its_maker_sees
from trellis.domains.people.models import Person
from trellis.kit import clock

MADE_SHOWN = 30


@dataclass(frozen=True)
class Made:
    """One's own offer, and what one comes to know of it: `lying` | `taken` | `withdrawn` | `over`."""

    offer: DevelopmentOffer
    state: str


def lying_before(person: Person) -> QuerySet[DevelopmentOffer]:
    """What the person may take up or leave, the newest first."""
    return DevelopmentOffer.objects.open_to(person, clock.today()).with_names()


def answered_by(person: Person) -> QuerySet[DevelopmentOffer]:
    """What the person took up or put away, the newest first; only they see which."""
    hers = DevelopmentOffer.objects.filter(person=person, withdrawn_at=None).with_names()
    return hers.exclude(taken_at=None, put_away_at=None)


def made_by(maker: Person) -> list[Made]:
    """The newest thirty that somebody made. One statement."""
    made = DevelopmentOffer.objects.filter(offered_by=maker).with_names().order_by("-made_at", "-id")[:MADE_SHOWN]
    return [Made(offer, _seen(offer)) for offer in made]


def _seen(offer: DevelopmentOffer) -> str:
    return as_its_maker_sees(
        taken=offer.taken_at is not None,
        withdrawn=offer.withdrawn_at is not None,
        until=offer.until,
        today=clock.today(),
    )
