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
from trellis.domains.programmes.models import Cohort, Programme
from trellis.domains.programmes.queries.journey import current_journey, text_of
from trellis.domains.programmes.queries.offers import (
    cohorts_to_join,
    days_asked,
    latest_version,
    latest_versions,
    tracks_of,
)
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.wording import REFUSALS
from trellis.kit import clock
from trellis.kit.access import needs


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
        "cohorts": cohorts_to_join(shown, clock.today()),
        "journey": current_journey(request.user),
        "may_run": request.user.has_perm("programmes.run"),
    }
    return render(request, "programmes/programme.html", page)


@needs("programmes.join")
def join(request: Asked, code: str) -> HttpResponse:
    """Choose the cohort and the position, see what one takes on, and join: oneself, once."""
    shown = get_object_or_404(Programme, code=code)
    cohorts = cohorts_to_join(shown, clock.today())
    version = cohorts[0].version if cohorts else latest_version(shown)
    definition = definition_of(version) if version else None
    holding = current_holding(request.user)
    tracks = [
        track
        for track in (tracks_of(definition) if definition else [])
        if holding is None or track.position.pk != holding.position_id
    ]
    asked = request.POST if request.method == "POST" else request.GET
    only = cohorts[0] if len(cohorts) == 1 else None
    page: dict[str, Any] = {
        "programme": shown,
        "definition": definition,
        "going": current_journey(request.user, shown),
        "days": days_asked(definition) if definition else None,
        "cohorts": cohorts,
        "tracks": tracks,
        "cohort": next((c for c in cohorts if str(c.pk) == asked.get("cohort")), only),
        "track": next((t for t in tracks if t.position.code == asked.get("position")), None),
    }
    if request.method == "POST" and page["cohort"] and page["track"]:
        return _join(request, page)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/join.html", page, status=status)


def _join(request: Asked, page: dict[str, Any]) -> HttpResponse:
    cohort: Cohort = page["cohort"]
    position: Position = page["track"].position
    outcome = actions.join(person=request.user, cohort=cohort, position=position, actor=request.user)
    if outcome.journey:
        if outcome.is_new:
            messages.success(request, _("You have joined. This is your journey."))
        return redirect("programmes:journey", outcome.journey.pk)
    page["refusal"] = REFUSALS[outcome.code]
    return render(request, "programmes/join.html", page, status=422)
