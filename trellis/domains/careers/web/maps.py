"""The growth map, one pathway, and all positions as a list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.domains.careers.models import Pathway
from trellis.domains.careers.queries import maps, positions
from trellis.domains.careers.queries.standpoint import Standpoint, asked_of, standpoint, tallies
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.access import signed_in
from trellis.kit.paging import page_of


@signed_in
def growth_map(request: Asked) -> HttpResponse:
    stand = standpoint(request.user, on=clock.today())
    ways = maps.pathways()
    may_define = request.user.has_perm("careers.define")
    page = {"stand": stand, "ways": ways, "may_define": may_define, **_rows(request, ways, stand)}
    if page["rows"]:
        page["map"] = maps.drawn(page["rows"], ways, stand)
        page["steps"] = range(1, page["map"].columns + 1)
        page["whole"] = any(cell and cell.state in ("you", "aim") for line in page["map"].lines for cell in line.cells)
    if stand.aim:
        page["asked"] = asked_of(stand.aim, stand.levels, on=stand.on)
        page["met"] = sum(a.gap.is_met for a in page["asked"])
        page["holders"] = positions.some_holders(stand.aim, on=stand.on)
    return render(request, "careers/map.html", page)


def _rows(request: Asked, ways: dict[Pathway, Any], stand: Standpoint) -> dict[str, Any]:
    """Which pathways are drawn: what was searched, a family, all when they are few, else those around the reader."""
    words, family = request.GET.get("q", "").strip()[:100], request.GET.get("family")
    families = maps.families(ways)
    page: dict[str, Any] = {"words": words, "family": family, "families": families, "folded": []}
    if words:
        found = maps.called(ways, words)
        return page | {"rows": found[: maps.MOST_ROWS], "found": len(found)}
    if family is not None:
        return page | {"rows": [way for way in ways if way.family == family]}
    if len(ways) <= maps.MOST_ROWS:
        return page | {"rows": list(ways), "families": []}
    return page | {"rows": maps.near(ways, stand)[: maps.MOST_ROWS], "folded": families}


@signed_in
def pathway(request: Asked, code: str) -> HttpResponse:
    way = get_object_or_404(Pathway, code=code)
    stand = standpoint(request.user, on=clock.today())
    steps = positions.steps_of(way, on=stand.on)
    counts = tallies([step.position_id for step in steps], stand.levels, on=stand.on)
    rows = [(step, *counts.get(step.position_id, (0, 0))) for step in steps]
    return render(request, "careers/pathway.html", {"way": way, "rows": rows, "stand": stand})


@signed_in
def position_list(request: Asked) -> HttpResponse:
    reader, on = request.user, clock.today()
    asked = {key: request.GET.get(key, "").strip()[:200] for key in ("q", "family", "competency")}
    found = positions.listed(reader, on=on, words=asked["q"], family=asked["family"], competency=asked["competency"])
    page = page_of(request, found)
    rows = positions.with_places(list(page.object_list), reader, on=on)
    context = {"page": page, "rows": rows, "asked": asked, **positions.choices()}
    return render(request, "careers/positions.html", context)


@signed_in
def holders(request: Asked, code: str) -> HttpResponse:
    position = get_object_or_404(Position, code=code)
    page = page_of(request, positions.holders(position, on=clock.today()))
    return render(request, "careers/holders.html", {"position": position, "page": page})
