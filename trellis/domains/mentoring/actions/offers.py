"""Offering days, and being away: what the planner can count on."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trellis.domains.mentoring.actions.days import lock
from trellis.domains.mentoring.events import Offered, OfferWithdrawn, SaidAway, SaidBack
from trellis.domains.mentoring.models import Absence, Offer, dates_between
from trellis.domains.mentoring.queries.needs import days_upset, planned_on
from trellis.domains.mentoring.queries.supply import offers_standing
from trellis.domains.mentoring.rules import OfferedDays, OfferOutcome, why_not_offer
from trellis.domains.people.models import Holding, Person, Position
from trellis.kit import clock
from trellis.kit.journal.facts import announce

LONGEST_ABSENCE = 366


@transaction.atomic
def offer_days(*, holder: Person, position: Position, wish: OfferedDays, actor: Person) -> OfferOutcome:
    """Offer days beside the holder; the very same offer made twice is there once."""
    lock(holder.pk)
    weekdays = "".join(map(str, sorted(wish.weekdays)))
    standing = offers_standing().filter(holder=holder)
    same = standing.filter(
        position=position, first=wish.first, last=wish.last, weekdays=weekdays,
        starts=wish.starts, ends=wish.ends, places=wish.places,
    ).first()  # fmt: skip
    if same:
        return OfferOutcome("already", same.pk)
    held = Holding.objects.filter(person=holder, position=position).values_list("began_on", "ended_on")
    taken = {on for other in standing.filter(dates_between(wish.first, wish.last)) for on in other.days.dates()}
    if refusal := why_not_offer(wish, today=clock.today(), held=list(held), taken=taken):
        return refusal
    offer = Offer.objects.create(
        holder=holder, position=position, first=wish.first, last=wish.last, weekdays=weekdays,
        starts=wish.starts, ends=wish.ends, places=wish.places, offered_by=actor,
    )  # fmt: skip
    announce(Offered(holder.pk, offer.pk, position.pk, wish.first, wish.last), actor=actor)
    return OfferOutcome("offered", offer.pk)


@dataclass(frozen=True)
class WithdrawOutcome:
    """`withdrawn` | `already`, or `planned`: on these dates somebody comes; the days are to be replaced first."""

    code: str
    dates: tuple[date, ...] = ()


@transaction.atomic
def withdraw_offer(*, offer: Offer, actor: Person) -> WithdrawOutcome:
    """Take an offer back, unless days to come are planned on it."""
    lock(offer.holder_id)
    offer.refresh_from_db()
    if offer.withdrawn_at:
        return WithdrawOutcome("already")
    dates = tuple(day.on for day in planned_on(offer))
    if dates:
        return WithdrawOutcome("planned", dates)
    offer.withdrawn_at = clock.now()
    offer.save(update_fields=["withdrawn_at"])
    announce(OfferWithdrawn(offer.holder_id, offer.pk), actor=actor)
    return WithdrawOutcome("withdrawn")


@dataclass(frozen=True)
class AwayOutcome:
    """`said` | `already`, or `backwards` | `over` (it lies in the past) | `too_long`; `upset`: days that need another
    holder now."""

    code: str
    upset: int = 0

    @property
    def ok(self) -> bool:
        """Whether it is known now."""
        return self.code in {"said", "already"}


@transaction.atomic
def say_away(*, person: Person, first: date, last: date, actor: Person) -> AwayOutcome:
    """The person is away from the first day to the last; days planned beside them are to be replaced."""
    if last < first:
        return AwayOutcome("backwards")
    if last < clock.today():
        return AwayOutcome("over")
    if (last - first).days >= LONGEST_ABSENCE:
        return AwayOutcome("too_long")
    lock(person.pk)
    absence, is_new = Absence.objects.get_or_create(
        person=person, first=first, last=last, taken_back_at=None, defaults={"said_by": actor}
    )
    if is_new:
        announce(SaidAway(person.pk, absence.pk, first, last), actor=actor)
    upset = days_upset().filter(holder=person).count()
    return AwayOutcome("said" if is_new else "already", upset)


@transaction.atomic
def say_back(*, absence: Absence, actor: Person) -> bool:
    """The absence is taken back; False when it was already."""
    changed = Absence.objects.filter(pk=absence.pk, taken_back_at=None).update(taken_back_at=clock.now())
    if changed:
        announce(SaidBack(absence.person_id, absence.pk), actor=actor)
    return bool(changed)
