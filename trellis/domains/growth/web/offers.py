"""Offers of who leads somebody: made on their page, taken up or left lying on the person's own."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from trellis.domains.careers.models import Competency
from trellis.domains.growth.actions import offers as actions
from trellis.domains.growth.models import DevelopmentOffer
from trellis.domains.growth.queries.offers import answered_by, lying_before
from trellis.domains.learning.models import Course
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of

USUAL_DAYS = 60
Kind = DevelopmentOffer.Kind
FAULTS: dict[str, tuple[str, Any]] = {
    "nothing": ("kind", gettext_lazy("Choose below what it is that you offer.")),
    "no_words": ("words", gettext_lazy("Say in your words what you offer.")),
    "over": ("until", gettext_lazy("Choose a day to come.")),
    "too_long": ("until", gettext_lazy("An offer stands for a year at most. Choose an earlier day.")),
    "is_oneself": ("mentor", gettext_lazy("Choose somebody else than the person herself or himself.")),
}


class OfferForm(forms.Form):
    """What is offered: one of several kinds, each with its field."""

    kind = forms.ChoiceField(label=gettext_lazy("What do you offer?"), choices=Kind.choices)
    course = forms.ModelChoiceField(Course.objects.order_by("name"), label=gettext_lazy("Course"), required=False)
    position = forms.ModelChoiceField(
        Position.objects.filter(closed_on=None), label=gettext_lazy("Position"), required=False
    )
    competency = forms.ModelChoiceField(
        Competency.objects.filter(closed_on=None), label=gettext_lazy("Skill"), required=False
    )
    mentor = forms.ModelChoiceField(
        Person.objects.here().filter(willing__stopped_at=None, willing__paused_at=None).exclude(willing=None),
        label=gettext_lazy("Mentor"),
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the two of you read it."),
    )
    until = forms.DateField(label=gettext_lazy("Stands until"), widget=forms.DateInput(attrs={"type": "date"}))

    things = tuple(actions.THINGS.values())  # the fields of which one counts; the page shows that one

    @property
    def thing(self) -> Any:
        """What was chosen in the field of the kind."""
        return self.cleaned_data.get(actions.THINGS.get(self.cleaned_data["kind"], ""))


@signed_in
def new(request: Asked, person_id: int) -> HttpResponse:
    """Offer something to whom one leads."""
    person = get_object_or_404(Person, pk=person_id, erased_at=None)
    require(request, "growth.offer", person)
    form = OfferForm(request.POST or None, initial={"until": clock.today() + timedelta(days=USUAL_DAYS)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        outcome = actions.offer(
            person=person, kind=data["kind"], thing=form.thing, words=data["words"], until=data["until"],
            actor=request.user,
        )  # fmt: skip
        if outcome.offer:
            messages.success(request, _("%(name)s is told of it once. What follows is up to them.") % {"name": person})
            return redirect("/team/offers/")
        form.add_error(*FAULTS[outcome.code])
    page = {"form": form, "person": person}
    return render(request, "growth/new_offer.html", page, status=422 if form.errors else 200)


@signed_in
def mine(request: Asked) -> HttpResponse:
    """What was offered to one, to take up or to leave."""
    earlier = page_of(request, answered_by(request.user))
    return render(request, "growth/offers.html", {"lying": lying_before(request.user)[:50], "page": earlier})


@signed_in
@require_POST
def take_up(request: Asked, pk: int) -> HttpResponse:
    """Take it up, with a card on one's own board or without."""
    made = get_object_or_404(DevelopmentOffer.objects.with_names(), pk=pk)
    require(request, "growth.take_offer", made)
    title = title_of(made) if request.POST.get("card") else ""
    card = actions.take_up(made=made, card_title=title)
    if card:
        messages.success(request, _("You took it up, and a card for it is on your board."))
        return redirect(f"/cards/{card.pk}/")
    made.refresh_from_db()
    if made.taken_at:
        messages.success(request, _("You took it up."))
    else:
        messages.error(request, _("This offer does not stand any more, so nothing was done."))
    return redirect("growth:development-offers")


@signed_in
@require_POST
def put_away(request: Asked, pk: int) -> HttpResponse:
    """Not see it any more. Nobody is told."""
    made = get_object_or_404(DevelopmentOffer, pk=pk)
    require(request, "growth.take_offer", made)
    actions.put_away(made=made)
    messages.success(request, _("Put away. Nobody is told, and you find it below should you change your mind."))
    return redirect("growth:development-offers")


@signed_in
@require_POST
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """Take one's own offer back."""
    made = get_object_or_404(DevelopmentOffer, pk=pk)
    require(request, "growth.withdraw_offer", made)
    if actions.withdraw(made=made):
        messages.success(request, pgettext("of development", "The offer is withdrawn."))
    else:
        messages.error(request, _("It was taken up already, so it stands."))
    return redirect("/team/offers/")


def title_of(made: DevelopmentOffer) -> str:
    """What the card is called that comes of it, in the reader's language."""
    if made.mentor:
        return _("Talk with %(name)s") % {"name": made.mentor.name}
    return str(made.thing or made.words.strip().splitlines()[0])
