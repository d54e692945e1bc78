"""Programmes: what they ask, and joining."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Position
from trellis.domains.people.queries import current_holding
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Programme, Waiting
from trellis.domains.programmes.queries.journey import current_journey, text_of
from trellis.domains.programmes.queries.offers import (
    Door,
    days_asked,
    doors,
    latest_version,
    latest_versions,
    tracks_of,
)
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.wording import REFUSALS
from trellis.domains.programmes.wording_time import TIME_REFUSALS
from trellis.kit import clock
from trellis.kit.access import needs, require, signed_in


@needs("programmes.see")
def programmes(request: Asked) -> HttpResponse:
    """What the company runs."""
    offers = [(version.programme, definition_of(version)) for version in latest_versions()]
    page = {"offers": offers, "may_run": request.user.has_perm("programmes.run")}
    return render(request, "programmes/programmes.html", page)


@needs("programmes.see")
def programme(request: Asked, code: str) -> HttpResponse:
    """One programme: what it is, where it leads, what it asks, cohorts to join."""
    shown = get_object_or_404(Programme, code=code)
    version = latest_version(shown)
    definition = definition_of(version) if version else None
    page = {
        "programme": shown,
        "version": version,
        "definition": definition,
        "tracks": tracks_of(definition) if definition else [],
        "stages": [(stage, text_of(stage.name)) for stage in definition.stages] if definition else [],
        "gates": [(gate, text_of(gate.name)) for gate in definition.gates] if definition else [],
        "doors": doors(shown, request.user, clock.today()),
        "journey": current_journey(request.user),
        "may_run": request.user.has_perm("programmes.run"),
    }
    return render(request, "programmes/programme.html", page)


@needs("programmes.join")
def join(request: Asked, code: str) -> HttpResponse:
    """Choose the cohort and the position, see what one takes on, and join: oneself, once."""
    shown = get_object_or_404(Programme, code=code)
    asked = request.POST if request.method == "POST" else request.GET
    there = [door for door in doors(shown, request.user, clock.today()) if door.may_join or door.may_wait]
    only = there[0] if len(there) == 1 else None
    door = next((d for d in there if str(d.cohort.pk) == asked.get("cohort")), only)
    version = (door or there[0]).cohort.version if there else latest_version(shown)
    definition = definition_of(version) if version else None
    holding = current_holding(request.user)
    tracks = [
        track
        for track in (tracks_of(definition) if definition else [])
        if holding is None or track.position.pk != holding.position_id
    ]
    page: dict[str, Any] = {
        "programme": shown,
        "definition": definition,
        "going": current_journey(request.user, shown),
        "days": days_asked(definition) if definition else None,
        "doors": there,
        "tracks": tracks,
        "door": door,
        "track": next((t for t in tracks if t.position.code == asked.get("position")), None),
        "leads_nowhere": definition is not None and not definition.tracks,
    }
    if request.method == "POST" and door and (page["track"] or page["leads_nowhere"]):
        return _join(request, page)
    if request.method == "POST" and not page["going"]:
        page["refusal"] = _("Choose the position you want to step to, and the cohort, from those shown.")
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/join.html", page, status=status)


def _join(request: Asked, page: dict[str, Any]) -> HttpResponse:
    door: Door = page["door"]
    position = page["track"].position if page["track"] else None
    if "wait" in request.POST:
        return _wait(request, page, position)
    outcome = actions.join(person=request.user, cohort=door.cohort, position=position, actor=request.user)
    if outcome.journey:
        if outcome.is_new:
            messages.success(request, _("You have joined. This is your journey."))
        return redirect("programmes:journey", outcome.journey.pk)
    page["refusal"] = REFUSALS[outcome.code]
    return render(request, "programmes/join.html", page, status=422)


def _wait(request: Asked, page: dict[str, Any], position: Position | None) -> HttpResponse:
    outcome = actions.wait(person=request.user, cohort=page["door"].cohort, position=position, actor=request.user)
    if outcome.waiting:
        messages.success(request, _("You are on the waiting list. As soon as a place is free, you are asked."))
        return redirect("programmes:programme", page["programme"].code)
    page["refusal"] = TIME_REFUSALS.get(outcome.code) or REFUSALS[outcome.code]
    return render(request, "programmes/join.html", page, status=422)


@signed_in
def stop_waiting(request: Asked, waiting_id: int) -> HttpResponse:
    """Off the list, or no to a place that is offered: asked once more, then done."""
    waiting = get_object_or_404(Waiting.objects.select_related("cohort__version__programme", "position"), pk=waiting_id)
    require(request, "programmes.leave", waiting)
    programme = waiting.cohort.version.programme
    if request.method == "POST":
        if actions.stop_waiting(waiting=waiting, actor=request.user):
            messages.success(request, _("You are off the waiting list. You can ask again at any time."))
        return redirect("programmes:programme", programme.code)
    return render(request, "programmes/stop_waiting.html", {"waiting": waiting, "programme": programme})
