"""Offering something to whom one leads, taking it up, putting it away, withdrawing it. Nothing follows from silence.

Only that it was taken up is told to who made it; putting it away is told to nobody and is in no journal.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.models import Card, DevelopmentOffer
from trellis.domains.growth.notices import OFFERED, TAKEN_UP
from trellis.domains.growth.rules.offers import why_not_offer
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.notices.notify import notify, take_back

THINGS = {"course": "course", "position": "position", "skill": "competency", "mentor": "mentor"}  # the field of a kind


@dataclass(frozen=True)
class OfferOutcome:
    """`offered` | `already`, or why not (rules.offers.why_not_offer) | `is_oneself`."""

    code: str
    offer: DevelopmentOffer | None = None


@transaction.atomic
def offer(*, person: Person, kind: str, thing: Any = None, words: str = "", until: date, actor: Person) -> OfferOutcome:
    """Offer something; the person is told once, without its words. The very same made twice is there once."""
    if refusal := why_not_offer(kind=kind, has_thing=thing is not None, words=words, until=until, today=clock.today()):
        return OfferOutcome(refusal)
    if person.pk == actor.pk or (kind == "mentor" and thing.pk == person.pk):
        return OfferOutcome("is_oneself")
    Person.objects.get_queryset().select_for_update().get(pk=person.pk)
    what = {"kind": kind, "words": words, "offered_by": actor}
    if field := THINGS.get(kind):
        what[field] = thing
    same = DevelopmentOffer.objects.open_to(person, clock.today()).filter(**what).first()
    if same:
        return OfferOutcome("already", same)
    made = DevelopmentOffer.objects.create(person=person, until=until, **what)
    who = {"who": actor.name}
    notify(person_ids=[person.pk], kind=OFFERED.code, key=_key(made), params=who, link="/development-offers/")
    return OfferOutcome("offered", made)


@transaction.atomic
def take_up(*, made: DevelopmentOffer, card_title: str = "") -> Card | None:
    """The person takes it up, also what they had put away; with a title it becomes a card on their own board.

    Whoever offered it is told that it was taken up, and nothing of cards and boards.
    """
    made = DevelopmentOffer.objects.select_for_update(of=("self",)).with_names().get(pk=made.pk)
    if made.withdrawn_at or (made.until < clock.today() and not made.taken_at):
        return None
    if not made.taken_at:
        made.taken_at, made.put_away_at = clock.now(), None
        made.save(update_fields=["taken_at", "put_away_at"])
        notify(
            person_ids=[made.offered_by_id], kind=TAKEN_UP.code, key=f"{_key(made)}:taken",
            params={"who": made.person.name}, link="/team/offers/",
        )  # fmt: skip
    if not card_title:
        return None
    links = {field: getattr(made, field) for field in ("course", "position", "competency")}
    return put_on_my_board(
        owner=made.person, title=card_title[:200], notes=made.words, origin=f"development-offer:{made.pk}", **links
    )


@transaction.atomic
def put_away(*, made: DevelopmentOffer) -> None:
    """The person does not want to see it any more; whoever made it sees no difference."""
    unanswered = DevelopmentOffer.objects.filter(pk=made.pk, taken_at=None, put_away_at=None)
    unanswered.update(put_away_at=clock.now())


@transaction.atomic
def withdraw(*, made: DevelopmentOffer) -> bool:
    """Whoever made it takes it back, as long as it was not taken up."""
    changed = DevelopmentOffer.objects.filter(pk=made.pk, taken_at=None, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    if changed:
        take_back(kind=OFFERED.code, key=_key(made))
    return bool(changed)


def _key(made: DevelopmentOffer) -> str:
    return f"growth.development_offer:{made.pk}"
