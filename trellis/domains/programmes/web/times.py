"""Time of a journey: its attempts, pauses and extensions; asking, entering and deciding."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.access import Role, only_about
from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Journey, TimeChange
from trellis.domains.programmes.queries.dues import begins_on, times_of
from trellis.domains.programmes.queries.journey import journeys_loaded
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import ends_on
from trellis.domains.programmes.web.forms import TimeForm
from trellis.domains.programmes.wording_time import CHANGES, KINDS, TIME_REFUSALS
from trellis.kit import clock
from trellis.kit.access import needs, require, signed_in
from trellis.kit.paging import page_of


@signed_in
def time(request: Asked, journey_id: int) -> HttpResponse:
    """Attempts, pauses and extensions of one journey; the traveller asks, the office enters."""
    shown = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.see_time", shown)
    request.whose = shown.person_id
    is_own = shown.person_id == request.user.pk
    form = TimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.ask_time if is_own else actions.give_time
        outcome = act(journey=shown, actor=request.user, **form.cleaned_data)
        if outcome.ok:
            asked = _("The academy has been told. You will hear from it here.")
            messages.success(request, asked if is_own else _("Entered. The dates have moved, and the person is told."))
            return redirect("programmes:time", shown.pk)
        form.add_error(None, TIME_REFUSALS[outcome.code])
    page = {"journey": shown, "is_own": is_own, "form": form, **_told(shown, is_own=is_own)}
    return render(request, "programmes/time.html", page, status=422 if form.errors else 200)


def _told(journey: Journey, *, is_own: bool) -> dict[str, Any]:
    times = times_of([journey])[journey.pk]
    today = clock.today()
    changes = journey.time_changes.select_related("asked_by", "decided_by")
    return {
        "changes": [(change, KINDS[change.kind], *CHANGES[change.state], _ends(change)) for change in changes],
        "attempts": _attempts(journey),
        "going": not journey.left_at and not journey.completed_at,
        "paused_until": times.paused_until(today),
        "goal": ends_on(definition_of(journey.version), start=begins_on(journey), times=times),
        "today": today,
    }


def _attempts(journey: Journey) -> QuerySet[Journey]:
    mine = Journey.objects.filter(person=journey.person_id, programme=journey.programme_id)
    return mine.order_by("attempt")


def _ends(change: TimeChange) -> bool:
    """Whether it is a pause of today, which can be ended."""
    today = clock.today()
    granted = change.state == TimeChange.State.GRANTED and change.kind == TimeChange.Kind.PAUSE
    return granted and change.resumed_on is None and change.from_on <= today <= change.until_on


@signed_in
@require_POST
def decide_time(request: Asked, change_id: int) -> HttpResponse:
    """Grant, refuse, take back, or end a pause before its last day."""
    change = get_object_or_404(TimeChange.objects.select_related("journey", "person"), pk=change_id)
    act, is_own = request.POST.get("act", ""), change.person_id == request.user.pk
    require(request, "programmes.see_time", change)
    if act in ("grant", "refuse"):
        require(request, "programmes.review", change)
        note = request.POST.get("note", "")
        outcome = actions.decide_time(change=change, grant=act == "grant", note=note, actor=request.user)
    elif act == "end":
        outcome = actions.end_pause(change=change, actor=request.user)
    else:
        outcome = actions.withdraw_time(change=change, actor=request.user)
    if outcome.ok:
        messages.success(request, _("Done. You go on from today.") if act == "end" and is_own else _("Done."))
    else:
        messages.error(request, TIME_REFUSALS[outcome.code])
    if not is_own and act in ("grant", "refuse"):
        return redirect("programmes:time_changes")
    return redirect("programmes:time", change.journey_id)


@needs("programmes.review")
def time_changes(request: Asked) -> HttpResponse:
    """What the office has to decide about time, the oldest first; or what was decided."""
    state = request.GET.get("state", "asked")
    rows = TimeChange.objects.select_related("person", "journey__programme", "journey__cohort", "decided_by")
    rows = rows.filter(state="asked") if state == "asked" else rows.exclude(state="asked")
    order = ("asked_at", "id") if state == "asked" else ("-asked_at", "-id")
    page = page_of(request, only_about(rows, request.user, Role.ACADEMY).order_by(*order))
    shown = [(change, KINDS[change.kind], *CHANGES[change.state]) for change in page.object_list]
    return render(request, "programmes/time_changes.html", {"page": page, "rows": shown, "state": state})
