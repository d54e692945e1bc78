"""The wizard: bring a file, look at what it would do, choose other columns, apply it; and undo."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions.drafting import WEEKDAYS
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response
from trellis.kit.paging import page_of
from trellis.kit.tasks.jobs import start_job
from trellis.surfaces.exchange import tasks
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import import texts as of_people
from trellis.surfaces.exchange.people_import.actions import discard as put_off
from trellis.surfaces.exchange.people_import.forms import UploadForm
from trellis.surfaces.exchange.people_rules.faults import Fault, Unreadable
from trellis.surfaces.exchange.shift_cells import FIELDS, REQUIRED
from trellis.surfaces.exchange.shift_import import actions, texts

State = ImportRun.State
PAGE = 50


class FileForm(UploadForm):
    """The file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("File of work shifts")


class ColumnsForm(forms.Form):
    """Which heading means what, and whether good rows are taken without the others."""

    def __init__(self, headings: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(heading, heading) for heading in dict.fromkeys(headings)]
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=texts.FIELD_NAMES[name], required=name in REQUIRED, choices=[("", _("not in the file")), *known]
            )
        self.fields["date_order"] = forms.ChoiceField(
            label=_("Dates such as 8/1/2024"),
            required=False,
            choices=[("", _("judge by the whole column")), *of_people.ORDER_NAMES.items()],
        )
        self.fields["partial"] = forms.BooleanField(
            label=_("Take the good rows even if others have faults"), required=False
        )


@needs("sessions.plan_shifts")
def upload(request: Asked) -> HttpResponse:
    """The file; and those that came before, newest first."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.bring(content=file.read(), file_name=file.name, actor=request.user)
            return redirect("exchange:shift_import", run.pk)
        except Unreadable as fault:
            form.add_error("file", of_people.of_file(fault))
    runs = ImportRun.objects.of_shifts().light().select_related("created_by")
    shown = {"form": form, "page": page_of(request, runs)}
    return render(request, "exchange/shifts.html", shown, status=422 if form.is_bound else 200)


def _run(run_id: int) -> ImportRun:
    runs = ImportRun.objects.of_shifts().defer("ledger").select_related("created_by", "applied_by", "undone_by")
    return get_object_or_404(runs, pk=run_id)


@needs("sessions.plan_shifts")
def run_page(request: Asked, run_id: int, in_the_way: tuple[str, ...] = ()) -> HttpResponse:
    """What the file would change and what is wrong, with its columns to choose; or what was done, and the way back."""
    run = _run(run_id)
    is_in_hand = run.state == State.CHECKED and run.file_id is not None
    form = _columns(request, run) if is_in_hand else None
    if request.method == "POST" and form and form.is_valid():
        said = form.cleaned_data
        columns = {name: said[f"column_{name}"] for name in FIELDS}
        actions.choose(run=run, columns=columns, date_order=said["date_order"], partial=said["partial"])
        return redirect("exchange:shift_import", run.pk)
    shown = {"run": run, "form": form, "is_in_hand": is_in_hand, "in_the_way": in_the_way}
    status = 409 if in_the_way else 422 if form and form.is_bound else 200
    return render(
        request, "exchange/shift_run.html", {**shown, **(_preview(request, run) if is_in_hand else {})}, status=status
    )


def _columns(request: Asked, run: ImportRun) -> ColumnsForm:
    initial = {f"column_{name}": run.columns.get(name, "") for name in FIELDS}
    initial |= {"date_order": run.date_order, "partial": run.partial}
    return ColumnsForm(run.findings["headings"], request.POST or None, initial=initial)


def _preview(request: Asked, run: ImportRun) -> dict[str, Any]:
    findings = run.findings
    faults = [Fault(**fault) for fault in findings["faults"]]
    shows_changes = "changes" in request.GET or not faults
    page = Paginator(findings["changes"] if shows_changes else faults, PAGE).get_page(request.GET.get("page"))
    names = dict(WEEKDAYS)
    return {
        "findings": findings,
        "shows_changes": shows_changes,
        "page": page,
        "faults": [] if shows_changes else [(f, texts.FIELD_NAMES[f.field], texts.of_fault(f)) for f in page],
        "changes": [_change(change) for change in page] if shows_changes else [],
        "opened": [
            (name, [names[day] for day in days], begins, ends) for name, days, begins, ends in findings["opened"]
        ],
    }


def _change(change: list[Any]) -> dict[str, Any]:
    employee_id, name, row, before, planned = change
    stints = [
        (shift, date.fromisoformat(began), ended and date.fromisoformat(ended)) for shift, began, ended in planned
    ]
    return {"employee_id": employee_id, "name": name, "row": row, "before": before, "stints": stints}


@needs("sessions.plan_shifts")
def faults_csv(request: Asked, run_id: int) -> HttpResponseBase:
    """Every fault as a file to mend the list with."""
    run = _run(run_id)
    head = [_now("Row"), _now("Column"), _now("Value"), _now("What is wrong")]
    faults = [Fault(**fault) for fault in run.findings.get("faults", ())]
    rows = ([f.row or "", str(texts.FIELD_NAMES[f.field]), f.value, texts.of_fault(f)] for f in faults)
    return csv_response(name=f"faults-{run.pk}.csv", head=head, rows=rows)


@needs("sessions.plan_shifts")
@require_POST
def apply(request: Asked, run_id: int) -> HttpResponse:
    """Do it, with a bar that tells how far it is."""
    run = _run(run_id)
    if run.state != State.CHECKED or not run.file_id:
        return redirect("exchange:shift_import", run.pk)
    job = start_job(tasks.import_shifts, owner=request.user, then=f"/imports/shifts/{run.pk}/", run_id=run.pk)
    return redirect("tasks:job", job.pk)


@needs("sessions.plan_shifts")
@require_POST
def undo(request: Asked, run_id: int) -> HttpResponse:
    """Take it back, or say whose shift was changed since."""
    reason, changed = actions.undo(run=_run(run_id), actor=request.user)
    if changed:
        names = Person.objects.get_queryset().filter(pk__in=changed[:20]).order_by("name")
        return run_page(request, run_id, tuple(names.values_list("name", flat=True)))
    if reason:
        messages.error(request, str(of_people.OUTCOMES[reason]))
    return redirect("exchange:shift_import", run_id)


@needs("sessions.plan_shifts")
@require_POST
def discard(request: Asked, run_id: int) -> HttpResponse:
    """Put the file away without applying it."""
    put_off(run=_run(run_id))
    return redirect("exchange:shifts")
