"""The funnel as a page with its sentence, drawing and table, on paper and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.careers.models import Pathway
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Unit
from trellis.domains.programmes.models import Programme
from trellis.domains.programmes.web.forms import Day
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response, xlsx_response
from trellis.kit.turns import in_turn
from trellis.surfaces.web.funnel.queries import ways
from trellis.surfaces.web.funnel.rules import SMALL, STEPS, Counted, Way, count, count_by, unit_at

WORDS: dict[str, Any] = {
    "volunteered": gettext_lazy("Volunteered"),
    "enrolled": gettext_lazy("Enrolled"),
    "met": gettext_lazy("Met every gate"),
    "certified": gettext_lazy("Certified"),
    "pool": gettext_lazy("Came into the pool"),
    "interviewed": gettext_lazy("Interviewed"),
    "placed": gettext_lazy("Placed"),
}
LEVELS = (1, 2, 3, 4)
BAR, GAP = 14, 46  # height of a bar of the drawing, and from one to the next


class FunnelForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("Volunteered from"), widget=Day())
    last = forms.DateField(label=gettext_lazy("Volunteered until"), widget=Day())
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme"),
        queryset=Programme.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("All programmes"),
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Units at level"), choices=[(n, str(n)) for n in LEVELS], coerce=int
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The last day lies before the first one."))
        return data


@dataclass(frozen=True)
class Table:
    """Funnels side by side: by what, and a row for each group."""

    title: str
    head: str
    rows: list[tuple[str, Counted]]


@dataclass(frozen=True)
class Told:
    """All of the page."""

    first: date
    last: date
    whole: Counted
    tables: list[Table]


def _asked(request: Asked) -> tuple[FunnelForm, dict[str, str]]:
    """The form with what the address says. When it says nothing: two years back, and units just below the company."""
    today = clock.today()
    usual = {"first": str(today - timedelta(days=730)), "last": str(today), "programme": "", "level": "1"}
    said = {key: request.GET.get(key, value).strip() or value for key, value in usual.items()}
    return FunnelForm(said), said


def _told(form: FunnelForm) -> Told:
    wanted = form.cleaned_data
    programme = wanted["programme"].code if wanted["programme"] else ""
    found = ways(wanted["first"], wanted["last"], programme=programme)
    level = wanted["level"]
    pathways = {pathway.code: str(pathway) for pathway in Pathway.objects.all()}
    named = Unit.objects.only("id", "name", "names").in_bulk({unit_at(way.unit, level) for way in found})
    units = {pk: str(unit) for pk, unit in named.items()}

    def of_pathway(way: Way) -> str:
        return pathways.get(way.pathway, way.pathway) or _("No pathway")

    def of_unit(way: Way) -> str:
        return units.get(unit_at(way.unit, level), "") or _("No unit")

    return Told(
        wanted["first"],
        wanted["last"],
        count(found),
        [
            Table(_("By pathway"), _("Pathway"), _rows(*count_by(found, of_pathway))),
            Table(_("By unit"), _("Unit"), _rows(*count_by(found, of_unit))),
        ],
    )


def _rows(groups: dict[str, Counted], small: Counted | None) -> list[tuple[str, Counted]]:
    return [*groups.items(), *([(_("Smaller groups together"), small)] if small else [])]


def finding(whole: Counted) -> str:
    """The sentence that says what is found, with its numbers in full."""
    if not whole.start:
        return _("Nobody volunteered in this time.")
    words = dict(zip(STEPS, whole.counts, strict=True))
    said = [
        ngettext(
            "Of %(volunteered)s person who volunteered, %(enrolled)s enrolled, %(certified)s were certified and "
            "%(placed)s were placed in the position they stepped to.",
            "Of %(volunteered)s people who volunteered, %(enrolled)s enrolled, %(certified)s were certified and "
            "%(placed)s were placed in the position they stepped to.",
            whole.start,
        )
        % words
    ]
    if whole.going:
        said.append(
            ngettext(
                "%(n)s is still on the way, so later steps may grow.",
                "%(n)s are still on the way, so later steps may grow.",
                whole.going,
            )
            % {"n": whole.going}
        )
    if narrow := whole.narrowest():
        step, now, before = narrow
        said.append(
            _("The narrowest step is “%(step)s”: %(now)s of the %(before)s before it.")
            % {"step": WORDS[STEPS[step]], "now": now, "before": before}
        )
    return " ".join(said)


def _drawing(whole: Counted) -> list[dict[str, Any]]:
    """A bar for each step, its length in percent of those who volunteered; one drawing for phone, desk and paper."""
    return [
        {
            "y": i * GAP + 22,
            "text_y": i * GAP + 16,
            "share": f"{100 * n / max(1, whole.start):.2f}",
            "word": WORDS[step],
            "n": n,
        }
        for i, (step, n) in enumerate(zip(STEPS, whole.counts, strict=True))
    ]


@needs("opportunities.see_pool")
@in_turn
def funnel(request: Asked) -> HttpResponse:
    """Volunteered, enrolled, gates met, certified, in the pool, interviewed, placed."""
    form, said = _asked(request)
    context: dict[str, Any] = {"form": form, "query": urlencode(said), "small": SMALL}
    if form.is_valid():
        told = _told(form)
        context |= {
            "told": told,
            "finding": finding(told.whole),
            "bars": _drawing(told.whole),
            "height": len(STEPS) * GAP,
            "bar": BAR,
            "heads": [WORDS[step] for step in STEPS],
        }
    return render(request, "web/funnel.html", context, status=200 if form.is_valid() else 422)


def _head() -> list[str]:
    return [_("By"), _("Group"), *(str(WORDS[step]) for step in STEPS), _("Still on the way")]


def _lines(request: Asked) -> Iterator[list[Any]]:
    form, _said = _asked(request)
    if not form.is_valid():
        return
    told = _told(form)
    yield [_("Everybody"), "", *told.whole.counts, told.whole.going]
    for table in told.tables:
        for name, counted in table.rows:
            yield [table.head, name, *counted.counts, counted.going]


@needs("opportunities.see_pool")
def as_csv(request: Asked) -> HttpResponseBase:
    return csv_response(name="funnel.csv", head=_head(), rows=_lines(request))


@needs("opportunities.see_pool")
def as_xlsx(request: Asked) -> HttpResponseBase:
    return xlsx_response(name="funnel.xlsx", head=_head(), rows=_lines(request))
