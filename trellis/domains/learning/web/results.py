"""Grading: the sheet of a run, one rubric at a time, and further attempts."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.learning import actions
from trellis.domains.learning.models import Offering
from trellis.domains.learning.rules import GRADED, STATES, Grade, GradeOutcome, rubric_score
from trellis.domains.learning.web import sheet
from trellis.domains.learning.web.result_forms import ResitForm
from trellis.domains.learning.wording import WHY_NOT, part_name
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.clash_words import refusals, remarks
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.ui.templatetags.ui import time_of


def _offering(request: Asked, pk: int) -> Offering:
    offering = get_object_or_404(Offering.objects.select_related("course", "series"), pk=pk)
    require(request, "learning.grade", offering)
    return offering


@signed_in
def results(request: Asked, pk: int) -> HttpResponse:
    """Enter and correct grades. Who has no script sends the sheet whole; the script sends each as it is made."""
    offering = _offering(request, pk)
    if "one" in request.POST:
        return _answer_one(request, offering)
    rows = sheet.rows_of(offering)
    if request.method != "POST":
        return _page(request, offering, rows)
    grades = sheet.read(request.POST, rows)
    if any(cell.fault for row in rows for cell in row.cells):
        return _page(request, offering, rows)
    outcomes = actions.record_results(offering=offering, grades=grades, actor=request.user)
    if all(outcome.ok for outcome in outcomes.values()):
        saved = sum(outcome.code == "recorded" for outcome in outcomes.values())
        messages.success(request, ngettext("%(n)s grade saved.", "%(n)s grades saved.", saved) % {"n": saved})
        return redirect("learning:results", pk)
    sheet.tell(rows, outcomes)
    return _page(request, offering, rows)


def _page(request: Asked, offering: Offering, rows: list[sheet.Row]) -> HttpResponse:
    faults = sum(bool(cell.fault) for row in rows for cell in row.cells)
    scheme = offering.scheme
    page = {
        "offering": offering,
        "rows": rows,
        "parts": [(part, part_name(part), part.weight) for part in scheme.parts],
        "is_plain": scheme.is_plain,
        "faults": faults,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "learning/results.html", page, status=422 if faults else 200)


def _answer_one(request: Asked, offering: Offering) -> HttpResponse:
    """What became of one grade: what stands now, what it means, and a sentence when it was refused."""
    person, _dot, part = request.POST["one"].partition(".")
    cell = sheet.cell_of(offering, int(person), part) if person.isdecimal() and len(person) < 19 else None
    if cell is None:
        return JsonResponse({"ok": False, "said": sheet.fault_of(GradeOutcome("not_enrolled"))})
    cell.typed = request.POST.get("value", "").strip()[:20]
    seen, number = sheet.numbers(request.POST.get("seen", ""))
    grade = sheet.grade_of(cell, request.POST.get("reason", "")[:300], seen, number)
    code = ""
    if grade:
        key = (cell.person.pk, cell.part.code)
        outcome = actions.record_results(offering=offering, grades={key: grade}, actor=request.user)[key]
        code, cell.fault = outcome.code, "" if outcome.ok else sheet.fault_of(outcome)
    row = sheet.rows_of(offering, [cell.person.pk])[0]
    now = next(one for one in row.cells if one.part.code == cell.part.code)
    said = cell.fault or _("Saved at %(time)s") % {"time": time_of(clock.now())}
    return JsonResponse(
        {
            "ok": not cell.fault,
            "code": code,
            "value": now.typed if not cell.fault or code == "conflict" else cell.typed,
            "seen": f"{now.seen}.{now.number}",
            "result": row.pill,
            "said": said,
        }
    )


@signed_in
def rubric(request: Asked, pk: int, person: int, part: str) -> HttpResponse:
    """Grade one person at one part by its rubric: a level for each criterion."""
    offering = _offering(request, pk)
    cell = sheet.cell_of(offering, person, part)
    if cell is None or not cell.part.rubric:
        raise Http404
    chosen = dict(cell.there.points) if cell.there else {}
    if request.method == "POST":
        chosen = {c.code: int(v) for c in cell.part.rubric if (v := request.POST.get(f"c-{c.code}", "")).isdecimal()}
        if _grade_by_rubric(request, offering, cell, chosen):
            return redirect("learning:results", pk)
    page = {
        "offering": offering,
        "cell": cell,
        "part": part_name(cell.part),
        "criteria": sheet.criteria_of(cell, chosen),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "learning/rubric.html", page, status=422 if cell.fault else 200)


def _grade_by_rubric(request: Asked, offering: Offering, cell: sheet.Cell, chosen: dict[str, int]) -> bool:
    """Whether it is on record now; else the cell has the fault."""
    state = request.POST.get("state", GRADED)
    score = rubric_score(cell.part, chosen) if state == GRADED else None
    if state not in STATES or (state == GRADED and score is None):
        cell.fault = _("Choose a level for each criterion.")
        return False
    seen, number = sheet.numbers(request.POST.get("seen", ""))
    points = tuple(sorted(chosen.items())) if state == GRADED else ()
    reason = request.POST.get("reason", "").strip()[:300]
    grade = Grade(score, reason, seen, cell.part.code, number, state, points)
    key = (cell.person.pk, cell.part.code)
    outcome = actions.record_results(offering=offering, grades={key: grade}, actor=request.user)[key]
    if outcome.ok:
        messages.success(request, _("Saved: %(name)s.") % {"name": cell.person.name})
        return True
    cell.fault = sheet.fault_of(outcome)
    return False


@signed_in
def new_resit(request: Asked, pk: int) -> HttpResponse:
    """Plan a further attempt: when, where, who."""
    offering = _offering(request, pk)
    form = ResitForm(request.POST or None, offering=offering, initial={"part": request.GET.get("part", "")})
    because = request.POST.get("because", "")[:300]
    page = {"offering": offering, "form": form, "because": because}
    if request.method == "POST" and form.is_valid():
        planned = form.planned()
        outcome = actions.schedule_resit(offering=offering, because=because, actor=request.user, **planned)
        session = PlannedSession("", planned["starts_at"], planned["ends_at"])
        if outcome.ok:
            for remark in remarks(outcome.clashes, [session], [1]).get(-1, []):
                messages.warning(request, remark.text)
            messages.success(request, _("The re-sit is planned; its people are told."))
            return redirect("learning:results", pk)
        if outcome.clashes:
            page["refused"] = refusals(outcome.clashes, [session])
        else:
            form.add_error("reason", _why_not(outcome.against))
    bad = bool(form.errors or page.get("refused"))
    return render(request, "learning/resit.html", page, status=422 if bad else 200)


def _why_not(against: dict[int, str]) -> str:
    names = dict(Person.objects.get_queryset().filter(pk__in=against).values_list("pk", "name"))
    told = "; ".join(f"{names.get(person, '')} {WHY_NOT[why]}" for person, why in against.items())
    return _("%(who)s. Leave them out, or write why they get a place all the same.") % {"who": told}
