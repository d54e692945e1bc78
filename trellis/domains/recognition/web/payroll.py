"""The lists for payroll: made once, downloaded as often as one likes."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.people.access import Role, people_reached_by, reach_of
from trellis.domains.people.asking import Asked
from trellis.domains.recognition import actions, queries, sheets
from trellis.domains.recognition.models import PayrollLine, PayrollRun
from trellis.kit.access import needs, require
from trellis.kit.files.tables import csv_response, xlsx_response
from trellis.kit.paging import page_of

REFUSALS = {
    "reason_needed": gettext_lazy("Write down the reason: it is kept in the books."),
    "oneself": gettext_lazy("Nobody settles their own bonus. Ask a colleague."),
    "paid": gettext_lazy("This line was marked as paid meanwhile; take the bonus back in the ledger instead."),
    "recovered": gettext_lazy("This line takes back what was paid; it cannot be returned."),
}


def _run(request: Asked, number: int) -> PayrollRun:
    shown = get_object_or_404(PayrollRun.objects.select_related("made_by"), number=number)
    require(request, "recognition.see_list", shown)
    return shown


@needs("recognition.see_bonuses")
def lists(request: Asked) -> HttpResponse:
    """Every list that was made, and what waits for the next one."""
    found = queries.lists()
    if reach_of(request.user, Role.HR, Role.ADMINISTRATOR) is not None:
        found = found.filter(made_by=request.user)
    context = {
        "page": page_of(request, found),
        "waiting": queries.unlisted().count(),
        "may_make": request.user.has_perm("recognition.make_list"),
    }
    return render(request, "recognition/lists.html", context)


@needs("recognition.make_list")
@require_POST
def make(request: Asked) -> HttpResponse:
    """Put what waits onto a list; of a branch, its people."""
    reach = reach_of(request.user, Role.HR)
    of = None if reach is None else set(people_reached_by(request.user, Role.HR).values_list("pk", flat=True))
    outcome = actions.make_list(actor=request.user, of=of)
    if outcome.run is None:
        messages.info(request, _("Nothing is new since the last list."))
        return redirect("recognition:lists")
    messages.success(request, _("List %(number)s is made.") % {"number": outcome.run.number})
    return redirect("recognition:list", outcome.run.number)


@needs("recognition.see_bonuses")
def one_list(request: Asked, number: int) -> HttpResponse:
    """One list: what payroll has to pay, and what became of it."""
    run = _run(request, number)
    page = page_of(request, queries.lines_of(run))
    rows = [(line, sheets.amount_of(line.amount, line.currency)) for line in page.object_list]
    may_settle = request.user.has_perm("recognition.settle", run)
    context = {"run": run, "page": page, "rows": rows, "totals": sheets.totals(run), "may_settle": may_settle}
    context["waiting"] = any(line.state == "listed" for line in page.object_list)
    return render(request, "recognition/list.html", context)


@needs("recognition.see_bonuses")
def list_csv(request: Asked, number: int) -> HttpResponseBase:
    run = _run(request, number)
    return csv_response(name=f"payroll-{run.number}.csv", head=sheets.list_heading(), rows=sheets.list_rows(run))


@needs("recognition.see_bonuses")
def list_xlsx(request: Asked, number: int) -> HttpResponseBase:
    run = _run(request, number)
    return xlsx_response(name=f"payroll-{run.number}.xlsx", head=sheets.list_heading(), rows=sheets.list_rows(run))


@needs("recognition.make_list")
@require_POST
def paid(request: Asked, number: int) -> HttpResponse:
    """What waits on the list was paid."""
    run = _run(request, number)
    require(request, "recognition.settle", run)
    count = actions.mark_paid(run=run, actor=request.user)
    messages.success(request, _("Marked as paid: %(count)s.") % {"count": count})
    return redirect("recognition:list", run.number)


@needs("recognition.make_list")
@require_POST
def returned(request: Asked, number: int, line_id: int) -> HttpResponse:
    """Payroll could not pay it."""
    run = _run(request, number)
    require(request, "recognition.settle", run)
    line = get_object_or_404(PayrollLine.objects.select_related("transfer"), run=run, pk=line_id)
    outcome = actions.return_line(line=line, why=request.POST.get("why", ""), actor=request.user)
    if outcome.ok:
        messages.success(request, _("Returned, and taken back in the ledger."))
    else:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("recognition:list", run.number)
