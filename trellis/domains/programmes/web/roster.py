"""A cohort as the office works with it: who is where, found, sorted, on paper and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from trellis.domains.learning.models import Course
from trellis.domains.people.asking import Asked
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.queries.journey import text_of
from trellis.domains.programmes.queries.offers import cohort_counted, door_of
from trellis.domains.programmes.queries.roster import RosterRow, chosen, loaded, roster_of, traveller_ids
from trellis.domains.programmes.queries.standings import courses_called, definition_of
from trellis.domains.programmes.rules import columns_of
from trellis.domains.programmes.web.roster_rows import STATES, rows_of
from trellis.domains.programmes.wording import LOOKS
from trellis.domains.programmes.wording_time import INTAKES
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response, xlsx_response
from trellis.kit.paging import SIZE
from trellis.kit.turns import in_turn

MOST = 5000  # on one sheet of paper or one file
SHOWN: dict[str, Any] = {
    "risk": gettext_lazy("At risk or out of reach"),
    "out": gettext_lazy("Out of reach"),
    "late": gettext_lazy("Something is late"),
    "waiting": gettext_lazy("Waiting for somebody"),
    "paused": gettext_lazy("Paused"),
    "going": gettext_lazy("Under way"),
    "ended": gettext_lazy("Left or completed"),
}
SORTED: dict[str, Any] = {
    "state": gettext_lazy("Worst state first"),
    "late": gettext_lazy("Longest late first"),
    "next": gettext_lazy("Next due first"),
    "met": gettext_lazy("Fewest met first"),
}


@dataclass(frozen=True)
class Roster:
    """A page of the roster of a cohort, and what was asked of it."""

    columns: list[str]
    courses: dict[str, Course]
    page: Page[Any]
    rows: list[RosterRow]

    @property
    def heads(self) -> list[Any]:
        """The columns by name."""
        words = {"days": _("Days"), "approval:review": _("Review")}
        return [(self.courses.get(c) or words.get(c, c.split(":")[-1])) for c in self.columns]


def counted_or_404(cohort_id: int) -> Any:
    """The cohort, counted as of today."""
    found = cohort_counted(cohort_id, clock.today())
    if not found:
        raise Http404
    return found[0]


def asked_of(request: HttpRequest) -> dict[str, str]:
    """The filter, the order and the words that the address names."""
    found = {key: request.GET.get(key, "").strip()[:100] for key in ("show", "sort", "q")}
    return {key: value for key, value in found.items() if value}


def roster(cohort: Cohort, asked: dict[str, str], *, number: str | None = "1", size: int = SIZE) -> Roster:
    """The page that is asked for. Everybody is evaluated only when the filter or the order needs it."""
    columns = columns_of(definition_of(cohort.version))
    courses = {course.code: course for course in courses_called(columns)}
    on, found = clock.today(), traveller_ids(cohort, asked.get("q", ""))
    show, sort = asked.get("show", ""), asked.get("sort", "")
    if show in SHOWN or sort in SORTED:
        rows = chosen(roster_of(loaded(found), columns, on, courses=courses), show, sort)
        some = Paginator(rows, size).get_page(number)
        return Roster(columns, courses, some, list(some.object_list))
    page = Paginator(found, size).get_page(number)
    return Roster(columns, courses, page, roster_of(loaded(list(page.object_list)), columns, on, courses=courses))


@needs("programmes.run")
@in_turn
def cohort(request: Asked, cohort_id: int) -> HttpResponse:
    """Who is where: a column for each course, the days and the review; ticked to act on many at once."""
    shown = counted_or_404(cohort_id)
    asked = asked_of(request)
    return _page(request, shown, roster(shown, asked, number=request.GET.get("page")), asked, on_paper=False)


@needs("programmes.run")
@in_turn
def on_paper(request: Asked, cohort_id: int) -> HttpResponse:
    """Everybody on one page, without boxes to tick."""
    shown = counted_or_404(cohort_id)
    asked = asked_of(request)
    return _page(request, shown, roster(shown, asked, size=MOST), asked, on_paper=True)


def _page(request: Asked, shown: Any, found: Roster, asked: dict[str, str], *, on_paper: bool) -> HttpResponse:
    may_act = not on_paper and request.user.has_perm("programmes.act_on_many")
    context = {
        "cohort": shown,
        "page": found.page,
        "rows": rows_of(found.rows, may_act=may_act),
        "heads": found.heads,
        "state": INTAKES[door_of(shown).state(clock.today())],
        "tab": "roster",
        "asked": asked,
        "query": urlencode(asked),
        "shows": SHOWN.items(),
        "sorts": SORTED.items(),
        "on_paper": on_paper,
        "may_act": may_act,
        "today": clock.today(),
    }
    return render(request, "programmes/cohort.html", context)


def _head(found: Roster) -> list[str]:
    return [
        _("Employee id"),
        pgettext("of a person", "Name"),
        _("Position to step to"),
        _("State"),
        _("Why"),
        _("Met"),
        _("Asked"),
        _("Next due"),
        _("Due on"),
        _("Late by days"),
        *(str(head) for head in found.heads),
    ]


def _lines(found: Roster) -> Iterator[list[Any]]:
    for row in found.rows:
        yield [
            row.journey.person.employee_id,
            row.journey.person.name,
            str(row.journey.position or ""),
            str(STATES[row.code][1]),
            row.why if row.is_going else "",
            row.met,
            row.total,
            text_of(row.next.node.name) if row.next and row.is_going else "",
            row.next.due if row.next and row.is_going else "",
            row.late_by if row.is_going else "",
            *(str(LOOKS[cell][1]) if cell else "" for cell in row.cells),
        ]


@needs("programmes.run")
def as_csv(request: Asked, cohort_id: int) -> HttpResponseBase:
    found = roster(counted_or_404(cohort_id), asked_of(request), size=MOST)
    return csv_response(name=f"cohort-{cohort_id}.csv", head=_head(found), rows=_lines(found))


@needs("programmes.run")
def as_xlsx(request: Asked, cohort_id: int) -> HttpResponseBase:
    found = roster(counted_or_404(cohort_id), asked_of(request), size=MOST)
    return xlsx_response(name=f"cohort-{cohort_id}.xlsx", head=_head(found), rows=_lines(found))
