"""The wizard: bring a file, choose its columns, look at what it would do, apply it; and undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response
from trellis.kit.paging import page_of
from trellis.kit.tasks.jobs import start_job
from trellis.surfaces.exchange import tasks
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import import actions, texts
from trellis.surfaces.exchange.people_import.forms import ColumnsForm, UploadForm
from trellis.surfaces.exchange.people_import.showing import preview_of
from trellis.surfaces.exchange.people_rules.columns import FIELDS
from trellis.surfaces.exchange.people_rules.faults import Unreadable
from trellis.surfaces.exchange.people_rules.reading import Table

State = ImportRun.State
AT_ONCE = 5_000  # rows that are looked at within the request; about half a second
IN_HAND = (State.BROUGHT, State.CHECKED)


@needs("exchange.import_people")
def imports(request: Asked) -> HttpResponse:
    """Every file that came, newest first."""
    runs = ImportRun.objects.of_people().light().select_related("created_by", "applied_by")
    page = page_of(request, runs)
    return render(
        request, "exchange/imports.html", {"page": page, "may_define": request.user.has_perm("careers.define")}
    )


@needs("exchange.import_people")
def upload(request: Asked) -> HttpResponse:
    """Step 1: the file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.bring(content=file.read(), file_name=file.name, actor=request.user)
            return redirect("exchange:columns", run.pk)
        except Unreadable as fault:
            form.add_error("file", texts.of_file(fault))
    return render(request, "exchange/people_upload.html", {"form": form}, status=422 if form.is_bound else 200)


@needs("exchange.import_people")
def columns(request: Asked, run_id: int) -> HttpResponse:
    """Step 2: which column means what."""
    run = get_object_or_404(ImportRun.objects.of_people().light(), pk=run_id)
    if run.state not in IN_HAND or not run.file:
        return redirect("exchange:import", run.pk)
    table = actions.table_of(run, _sheet_asked(request))
    form = ColumnsForm(table, request.POST or None, initial=_chosen(run, table))
    if request.method == "POST" and form.is_valid():
        _choose(run, form)
        if len(table.rows) > AT_ONCE:
            job = start_job(
                tasks.look_at_file, owner=request.user, then=f"/imports/people/{run.pk}/preview/", run_id=run.pk
            )
            return redirect("tasks:job", job.pk)
        actions.look(run=run)
        return redirect("exchange:preview", run.pk)
    context = {"run": run, "form": form, "table": table}
    return render(request, "exchange/people_columns.html", context, status=422 if form.is_bound else 200)


def _sheet_asked(request: Asked) -> str:
    return request.POST.get("sheet") or request.GET.get("sheet") or ""


def _chosen(run: ImportRun, table: Table) -> dict[str, Any]:
    chosen = run.columns if table.sheet == run.sheet else actions.guess_columns(table)
    settings = {"date_order": run.date_order, "sheet": table.sheet, **run.wishes}
    return {**{f"column_{name}": chosen.get(name, "") for name in FIELDS}, **settings}


def _choose(run: ImportRun, form: ColumnsForm) -> None:
    said = form.cleaned_data
    actions.choose(
        run=run,
        columns=form.columns,
        date_order=said["date_order"],
        partial=said["partial"],
        missing_left=said["missing_left"],
        sheet=said.get("sheet", ""),
        remember_as=said["remember_as"],
    )


@needs("exchange.import_people")
def preview(request: Asked, run_id: int) -> HttpResponse:
    """Step 3: what would change, and what is wrong."""
    run = get_object_or_404(ImportRun.objects.of_people().defer("ledger"), pk=run_id)
    if run.state == State.BROUGHT and run.file_id:
        return redirect("exchange:columns", run.pk)
    if run.state != State.CHECKED or not run.file_id:
        return redirect("exchange:import", run.pk)
    return render(request, "exchange/people_preview.html", {"run": run, **preview_of(run, request.GET)})


@needs("exchange.import_people")
def faults_csv(request: Asked, run_id: int) -> HttpResponseBase:
    """Every fault as a file to mend the list with."""
    run = get_object_or_404(ImportRun.objects.of_people().defer("ledger"), pk=run_id)
    head = [_("Row"), _("Column"), _("Value"), _("What is wrong")]
    found = texts.kept_faults(run)
    rows = (
        [fault.row or "", str(texts.FIELD_NAMES[fault.field]), fault.value, texts.of_fault(fault)] for fault in found
    )
    return csv_response(name=f"faults-{run.pk}.csv", head=head, rows=rows)


@needs("exchange.import_people")
@require_POST
def apply(request: Asked, run_id: int) -> HttpResponse:
    """Step 4: do it, with a bar that tells how far it is."""
    run = get_object_or_404(ImportRun.objects.of_people().light(), pk=run_id)
    if run.state != State.CHECKED or not run.file_id:
        return redirect("exchange:import", run.pk)
    job = start_job(tasks.import_people, owner=request.user, then=f"/imports/people/{run.pk}/", run_id=run.pk)
    return redirect("tasks:job", job.pk)


@needs("exchange.import_people")
def run_page(request: Asked, run_id: int, obstacles: tuple[str, ...] = ()) -> HttpResponse:
    """Step 5: what was done, and the way back."""
    run = get_object_or_404(
        ImportRun.objects.of_people().light().select_related("created_by", "applied_by", "undone_by"), pk=run_id
    )
    if run.state in IN_HAND and run.file_id:
        return redirect("exchange:preview", run.pk)
    if run.state in IN_HAND:  # its file went with whoever brought it and was erased
        actions.discard(run=run)
        run.refresh_from_db(fields=["state"])
    context = {"run": run, "obstacles": obstacles, "counts": texts.counts_of(run)}
    return render(request, "exchange/people_run.html", context, status=409 if obstacles else 200)


@needs("exchange.import_people")
@require_POST
def undo(request: Asked, run_id: int) -> HttpResponse:
    """Take it back, or say who stands in the way."""
    run = get_object_or_404(ImportRun.objects.of_people().light(), pk=run_id)
    outcome = actions.undo(run=run, actor=request.user)
    if outcome.obstacles:
        return run_page(request, run_id, tuple(map(texts.of_obstacle, outcome.obstacles)))
    if outcome.reason:
        messages.error(request, str(texts.OUTCOMES[outcome.reason]))
    return redirect("exchange:import", run_id)


@needs("exchange.import_people")
@require_POST
def discard(request: Asked, run_id: int) -> HttpResponse:
    """Put the file away without applying it."""
    actions.discard(run=get_object_or_404(ImportRun.objects.of_people().light(), pk=run_id))
    return redirect("exchange:imports")
