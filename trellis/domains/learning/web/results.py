"""The result sheet of an offering: scores for all, refused as a whole with the fault in its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.learning import actions, queries
from trellis.domains.learning.models import Offering
from trellis.domains.learning.rules import Grade, Graded, ResultOutcome, read_score
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions.markup import standing
from trellis.domains.sessions.queries import attendance
from trellis.kit.access import require, signed_in


@dataclass
class Row:
    """A person in the sheet: what is recorded, what was typed, what is wrong with it."""

    person: Person
    graded: Graded
    typed: str
    reason: str = ""
    fault: str = ""
    standing: Any = ""


@signed_in
def results(request: Asked, pk: int) -> HttpResponse:
    """Enter and correct results."""
    offering = get_object_or_404(Offering.objects.select_related("course", "series"), pk=pk)
    require(request, "learning.grade", offering)
    rows = _rows(offering)
    if request.method != "POST":
        return _page(request, offering, rows)
    grades = _read(request.POST, rows)
    if any(row.fault for row in rows):
        return _page(request, offering, rows)
    outcomes = actions.record_results(offering=offering, grades=grades, actor=request.user)
    if all(outcome.ok for outcome in outcomes.values()):
        saved = sum(outcome.code == "recorded" for outcome in outcomes.values())
        messages.success(request, ngettext("%(n)s result saved.", "%(n)s results saved.", saved) % {"n": saved})
        return redirect("learning:results", pk)
    _tell(rows, outcomes)
    return _page(request, offering, rows)


def _rows(offering: Offering) -> list[Row]:
    people = list(
        Person.objects.get_queryset()
        .filter(enrolments__offering=offering, enrolments__withdrawn_at=None)
        .order_by("name", "id")
    )
    graded = queries.grades_of(offering)
    attended = attendance([offering.series_id], [person.pk for person in people])
    rows = []
    for person in people:
        there = graded.get(person.pk, Graded())
        found = attended.get((offering.series_id, person.pk))
        row = Row(person, there, "" if there.score is None else _plain(there.score))
        row.standing = standing(found) if found else ""
        rows.append(row)
    return rows


def _plain(score: Decimal) -> str:
    return f"{score.normalize():f}"


def _read(sent: QueryDict, rows: list[Row]) -> dict[int, Grade]:
    grades = {}
    for row in rows:
        key = row.person.pk
        row.typed, row.reason = sent.get(f"score{key}", "").strip()[:20], sent.get(f"reason{key}", "").strip()[:300]
        if not row.typed:
            if row.graded.id and f"score{key}" in sent:
                row.fault = _("A result cannot be taken away, only corrected. Write the right score.")
            continue
        score = read_score(row.typed)
        if score is None:
            row.fault = _("Write a number from 0 to 100 with at most one decimal.")
            continue
        seen = sent.get(f"seen{key}", "")
        grades[key] = Grade(score, row.reason, int(seen) if seen.isdecimal() and len(seen) < 19 else 0)
    return grades


def _tell(rows: list[Row], outcomes: Mapping[int, ResultOutcome]) -> None:
    texts = {
        "oneself": _("Nobody grades themselves. Ask another teacher or the academy."),
        "reason_needed": _("A correction needs its reason."),
        "not_enrolled": _("This person is no longer enrolled. Reload the page."),
    }
    for row in rows:
        outcome = outcomes.get(row.person.pk)
        if not outcome or outcome.ok:
            continue
        row.fault = texts.get(outcome.code) or _("Write a number from 0 to 100 with at most one decimal.")
        if outcome.code == "conflict" and outcome.score is not None:
            told = {"score": _plain(outcome.score)}
            row.fault = _("Meanwhile somebody recorded %(score)s, which stands now. Correct it with a reason.") % told


def _page(request: Asked, offering: Offering, rows: list[Row]) -> HttpResponse:
    faults = sum(bool(row.fault) for row in rows)
    page = {"offering": offering, "rows": rows, "faults": faults}
    return render(request, "learning/results.html", page, status=422 if faults else 200)
