"""A person's own way: the journey page, leaving, asking for the review."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries.journey import coming_up, companions, journeys_loaded, show_journey
from trellis.domains.programmes.web.forms import LeaveForm
from trellis.domains.programmes.wording import REFUSALS
from trellis.kit import clock
from trellis.kit.access import require, signed_in


@signed_in
def journeys(request: Asked) -> HttpResponse:
    """Straight to the one under way, else all attempts."""
    mine = list(_mine(request))
    under_way = [journey for journey in mine if not journey.left_at and not journey.completed_at]
    if len(under_way) == 1 and "all" not in request.GET:
        return redirect("programmes:journey", under_way[0].pk)
    return render(request, "programmes/journeys.html", {"journeys": mine})


def _mine(request: Asked) -> QuerySet[Journey]:
    return journeys_loaded().filter(person=request.user)


@signed_in
def journey(request: Asked, journey_id: int) -> HttpResponse:
    """Where somebody stands, requirement by requirement."""
    shown = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.see_journey", shown)
    request.whose = shown.person_id
    is_own = shown.person_id == request.user.pk
    ahead = coming_up(shown.person) if is_own else []
    told = show_journey(shown, clock.today(), ahead=ahead)
    page = {
        "journey": shown,
        "told": told,
        "is_own": is_own,
        "can_waive": not is_own and request.user.has_perm("programmes.waive", shown),
        "going": not shown.left_at and not shown.completed_at,
        "coming": ahead[:3],
        "people": companions(shown, told),
    }
    return render(request, "programmes/journey.html", page)


@signed_in
def leave(request: Asked, journey_id: int) -> HttpResponse:
    """Say once more what leaving means, then leave; without a stain."""
    shown = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.leave", shown)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.leave(journey=shown, actor=request.user, reason=form.cleaned_data["reason"]):
            messages.success(
                request, _("You have left. What you have learned stays yours; you can join again at any time.")
            )
        return redirect("programmes:programme", shown.programme.code)
    return render(request, "programmes/leave.html", {"journey": shown, "form": form})


@signed_in
@require_POST
def ask_review(request: Asked, journey_id: int) -> HttpResponse:
    """Ask the academy to look at it; the page offers it when all the rest is met."""
    shown = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.leave", shown)
    outcome = actions.ask_review(journey=shown, key=request.POST.get("key", ""), actor=request.user)
    if outcome.ok:
        messages.success(request, _("The academy has been told. You will hear from it here."))
    elif outcome.code in REFUSALS:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("programmes:journey", shown.pk)
