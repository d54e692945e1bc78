"""A person's own way: the journey page, leaving, asking for the review."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries.dues import dues_owned_by
from trellis.domains.programmes.queries.journey import (
    coming_up,
    companions,
    journey_loaded,
    journeys_loaded,
    show_journey,
)
from trellis.domains.programmes.rules.definition import OWNERS
from trellis.domains.programmes.web.forms import LeaveForm
from trellis.domains.programmes.wording import REFUSALS
from trellis.domains.programmes.wording_time import TIME_REFUSALS, shown_due
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of


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


def _loaded(journey_id: int) -> Journey:
    found = journey_loaded(journey_id)
    if not found:
        raise Http404
    return found[0]


@signed_in
def journey(request: Asked, journey_id: int) -> HttpResponse:
    """Where somebody stands, requirement by requirement."""
    shown = _loaded(journey_id)
    require(request, "programmes.see_journey", shown)
    request.whose = shown.person_id
    is_own = shown.person_id == request.user.pk
    can_waive = not is_own and request.user.has_perm("programmes.waive", shown)
    going = not shown.left_at and not shown.completed_at
    ahead = coming_up(shown.person) if is_own else []
    told = show_journey(shown, clock.today(), ahead=ahead, reasons=is_own or can_waive)
    page = {
        "journey": shown,
        "told": told,
        "is_own": is_own,
        "can_waive": can_waive,
        "going": going,
        "acts": is_own and going,
        "ticks": owners_ticked_by(request.user.pk, shown, is_academy=can_waive) if going else (),
        "can_resume": is_own and shown.left_at is not None,
        "coming": ahead[:3],
        "people": companions(shown, told),
    }
    return render(request, "programmes/journey.html", page)


def owners_ticked_by(viewer: int, journey: Journey, *, is_academy: bool) -> tuple[str, ...]:
    """Whose nodes the viewer may tick on this page; teachers and holders do it on theirs."""
    if viewer == journey.person_id:
        return ("person",)
    if is_academy:
        return OWNERS
    return ("manager",) if viewer == journey.person.manager_id else ()


@signed_in
@require_POST
def tick(request: Asked, journey_id: int) -> HttpResponse:
    """A node is done, or is not after all; back to the page it was said on."""
    shown = get_object_or_404(journeys_loaded(), pk=journey_id)
    node, back = request.POST.get("node", ""), request.POST.get("back") == "due"
    act = actions.untick if request.POST.get("undo") else actions.tick
    outcome = act(journey=shown, node=node, actor=request.user)
    if outcome.code == "not_yours":
        raise PermissionDenied("programmes.tick")
    if outcome.code in TIME_REFUSALS:
        messages.error(request, TIME_REFUSALS[outcome.code])
    else:
        said = {"done": _("Kept as done."), "undone": _("It is open again.")}
        messages.success(request, said.get(outcome.code, _("This is how it is already: nothing changed.")))
    return redirect("programmes:due") if back else redirect("programmes:journey", shown.pk)


@signed_in
def due(request: Asked) -> HttpResponse:
    """What waits for the reader in journeys, as traveller, manager, teacher or holder."""
    found = dues_owned_by(request.user, clock.today())
    page = page_of(request, found)
    rows = [(each, *shown_due(each)) for each in page.object_list]
    may_run = request.user.has_perm("programmes.run")
    return render(request, "programmes/due.html", {"page": page, "rows": rows, "may_run": may_run})


@signed_in
def resume(request: Asked, journey_id: int) -> HttpResponse:
    """Take up again what one left, after saying what that means."""
    shown = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.leave", shown)
    page: dict[str, Any] = {"journey": shown}
    if request.method == "POST":
        outcome = actions.resume(journey=shown, actor=request.user)
        if outcome.journey:
            messages.success(request, _("Welcome back. Your dates have moved by the time you were away."))
            return redirect("programmes:journey", outcome.journey.pk)
        page["refusal"] = TIME_REFUSALS[outcome.code]
    return render(request, "programmes/resume.html", page, status=422 if "refusal" in page else 200)


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
