"""One position: what it asks and what the reader has of it, who holds it, and the ways that lead there."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from trellis.domains.careers.queries import positions
from trellis.domains.careers.queries.standpoint import asked_of, own_levels
from trellis.domains.opportunities.models import Opening
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Position
from trellis.domains.programmes.models import Programme, ProgrammeVersion
from trellis.domains.programmes.queries.offers import latest_versions
from trellis.domains.programmes.queries.standings import definition_of
from trellis.kit import clock
from trellis.kit.access import signed_in
from trellis.kit.prepared import prepared


@signed_in
def position(request: Asked, code: str) -> HttpResponse:
    """Each part is one statement or two; a reader with a slow line has what it asks first."""
    on, reader = clock.today(), request.user
    found = positions.position_seen_by(reader, code, on=on)
    if found is None:
        raise Http404
    asked = asked_of(found, own_levels(reader, on=on), on=on)
    page = {
        "position": found,
        "asked": asked,
        "met": sum(a.gap.is_met for a in asked),
        "holders": positions.some_holders(found, on=on),
        "ways": [_around(*way) for way in positions.around(found)],
        "programmes": _programmes_to(found),
        "openings": _openings(found.pk, on),
    }
    return render(request, "web/position.html", page)


def _around(pathway: Any, steps: list[Position], place: int) -> dict[str, Any]:
    return {
        "pathway": pathway,
        "rank": place + 1,
        "count": len(steps),
        "before": steps[place - 1] if place else None,
        "after": steps[place + 1] if place + 1 < len(steps) else None,
    }


@prepared
def _versions() -> QuerySet[ProgrammeVersion]:
    return latest_versions()


def _programmes_to(found: Position) -> list[Programme]:
    """Programmes whose version of today has a track to the position."""
    return [version.programme for version in _versions() if definition_of(version).track_to(found.code)]


@prepared
def _openings(position: int, on: date) -> QuerySet[Opening]:
    open_now = Opening.objects.filter(position=position, closed_at=None, opened_on__lte=on, closes_on__gte=on)
    return open_now.select_related("unit").order_by("closes_on")
