"""Offering days, being away, and what the office sees of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.mentoring import wording
from trellis.domains.mentoring.actions import offers as actions
from trellis.domains.mentoring.models import Absence, Offer
from trellis.domains.mentoring.queries.needs import offers_with_days
from trellis.domains.mentoring.queries.supply import OfferedPlace, offered_places, offers_standing
from trellis.domains.mentoring.rules import OfferOutcome
from trellis.domains.mentoring.web.forms import AwayForm, OfferForm, WindowForm
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import current_holding
from trellis.kit import clock
from trellis.kit.access import needs, require, signed_in


@signed_in
def offers(request: Asked) -> HttpResponse:
    """My offers with who comes, and a new one."""
    holding = current_holding(request.user)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = OfferOutcome("holds_nothing")
        if holding:
            outcome = actions.offer_days(
                holder=request.user, position=holding.position, wish=form.wish(), actor=request.user
            )
        if outcome.ok:
            messages.success(request, _("Your days are offered; the academy can plan learners on them."))
            return redirect("mentoring:offers")
        form.refuse(outcome.code, wording.OFFERS[outcome.code] % {"dates": wording.dates(outcome.dates)})
    mine = offers_standing().filter(holder=request.user, last__gte=clock.today()).select_related("position")
    absences = Absence.objects.filter(person=request.user, last__gte=clock.today(), taken_back_at=None)
    page = {"form": form, "holding": holding, "offers": offers_with_days(list(mine)), "absences": absences}
    return render(request, "mentoring/offers.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """Take an offer back; planned days first need replacing."""
    offer = get_object_or_404(Offer, pk=pk)
    require(request, "mentoring.withdraw", offer)
    outcome = actions.withdraw_offer(offer=offer, actor=request.user)
    if outcome.code == "planned":
        text = _("Somebody comes on %(dates)s. Say when you are away: the academy then finds others for these days.")
        messages.error(request, text % {"dates": wording.dates(outcome.dates)})
    else:
        messages.success(request, _("The offer is withdrawn."))
    return redirect("mentoring:offers" if offer.holder_id == request.user.pk else "mentoring:offered")


@signed_in
def away(request: Asked, person_id: int) -> HttpResponse:
    """Say from when to when somebody is away; days beside them get another holder."""
    person = get_object_or_404(Person.objects.get_queryset(), pk=person_id)
    require(request, "mentoring.say_away", person)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = actions.say_away(person=person, actor=request.user, **form.cleaned_data)
        if outcome.ok:
            messages.success(request, _away_told(outcome.upset))
            return redirect("mentoring:away", person_id)
        form.add_error("last", wording.AWAY[outcome.code])
    absences = Absence.objects.filter(person=person, last__gte=clock.today(), taken_back_at=None)
    page = {"person": person, "form": form, "absences": absences, "is_me": person == request.user}
    return render(request, "mentoring/away.html", page, status=422 if form.errors else 200)


def _away_told(upset: int) -> str:
    if not upset:
        return _("Written down. Nobody was to come on these days.")
    return ngettext(
        "Written down. %(n)s day needs another holder; the academy is told and a proposal is made at once.",
        "Written down. %(n)s days need another holder; the academy is told and a proposal is made at once.",
        upset,
    ) % {"n": upset}


@signed_in
@require_POST
def back(request: Asked, person_id: int, pk: int) -> HttpResponse:
    """Not away after all."""
    absence = get_object_or_404(Absence.objects.select_related("person"), pk=pk, person=person_id)
    require(request, "mentoring.say_away", absence.person)
    actions.say_back(absence=absence, actor=request.user)
    messages.success(request, _("Taken back: days that were not given to others stay as they were."))
    return redirect("mentoring:away", person_id)


@dataclass
class Supply:
    """What is offered at one position in the window, holder by holder."""

    position: Position
    offered: int = 0
    free: int = 0
    holders: dict[Person, Counter[str]] = field(default_factory=dict)

    def add(self, place: OfferedPlace) -> None:
        """One more date."""
        self.offered += place.offer.places
        self.free += place.free
        holder = self.holders.setdefault(place.offer.holder, Counter())
        holder.update(days=1, places=place.offer.places, free=place.free)


@needs("mentoring.plan_groups")
def offered(request: Asked) -> HttpResponse:
    """The supply: days offered by position and holder, within a window."""
    first = clock.today()
    form = WindowForm(request.GET or None, initial={"first": first, "last": first + timedelta(weeks=8)})
    first, last = form.window(first, first + timedelta(weeks=8))
    supplies: dict[int, Supply] = {}
    for place in offered_places(_positions(first, last), first, last):
        position = place.offer.position
        supplies.setdefault(position.pk, Supply(position)).add(place)
    page = {"form": form, "first": first, "last": last, "supplies": supplies.values()}
    return render(request, "mentoring/offered.html", page)


def _positions(first: date, last: date) -> list[int]:
    within = offers_standing().filter(first__lte=last, last__gte=first)
    return list(within.order_by().values_list("position_id", flat=True).distinct())
