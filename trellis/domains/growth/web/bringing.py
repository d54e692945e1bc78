"""Boards from elsewhere: bring a file, look at what it holds, write it, take it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.growth import tasks
from trellis.domains.growth.actions import bringing as actions
from trellis.domains.growth.models import BoardImport
from trellis.domains.growth.rules.outline import MOST_CARDS, Unreadable
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in
from trellis.kit.files.keep import TEXT, Refusal, check
from trellis.kit.tasks.jobs import start_job

MOST_BYTES = 32 * 1024 * 1024
SHOWN_BYTES = 2 * 1024 * 1024  # up to here the preview reads the file again, to name its columns
AT_ONCE = 500  # cards that are written within the request

FAULTS: dict[str, Any] = {
    "empty": _("The file is empty. Export the board again and choose that file."),
    "not_text": _("This is no text. Trello’s export is a file that ends in .json: choose that one."),
    "not_json": _("This is not JSON: line %(line)s cannot be read. Choose the file from Export as JSON, as it came."),
    "cut_short": _(
        "The file ends too early, in line %(line)s: half of it is missing. Export it again, and wait until it is saved."
    ),
    "too_deep": _("The file is nested deeper than any board. Choose the file that Trello exported."),
    "not_a_board": _(
        "This is JSON, but no board: it has no lists and cards. Choose the export of a board, from Trello or from here."
    ),
    "too_many_cards": _(
        "The file has %(count)s cards; at most %(most)s can be taken. Delete archived cards in Trello and export again."
    ),
}
CUTS: dict[str, Any] = {
    "members": _("who is a member of a card: here a board has one owner, and the others are shown in no card"),
    "fields": _("values of custom fields"),
    "about": _("the description of the board"),
    "attachments": _("attachments that are no link to the web"),
    "shortened": _("texts that are longer than here is room for: cut, with … at the end"),
    "steps": _("steps of checklists beyond 200 on a card"),
    "columns": _("lists beyond 200, with their cards"),
    "strays": _("cards of a list that is not in the file: they come in a column of their own"),
}


class FileForm(forms.Form):
    """The file with a board."""

    file = forms.FileField(
        label=_("File of a board"),
        help_text=_("The .json file that Trello or Trellis exported; at most 32 MB and 20,000 cards."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"empty": FAULTS["empty"]},
    )


def own_import(request: Asked, pk: int) -> BoardImport:
    """The import, for who brought it; 403 for everybody else."""
    run = get_object_or_404(BoardImport.objects.select_related("file"), pk=pk)
    require(request, "growth.own", run)
    return run


@signed_in
def bring(request: Asked) -> HttpResponse:
    """Step 1: the file. Nothing is written yet."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = check(form.cleaned_data["file"], kinds=[TEXT], most_bytes=MOST_BYTES)
        if isinstance(content, Refusal):
            form.add_error("file", content.sentence)
        else:
            outcome = actions.bring(content=content, owner=request.user)
            if isinstance(outcome, BoardImport):
                return redirect("growth:board-import", outcome.pk)
            form.add_error("file", _sentence(outcome))
    return render(request, "growth/bring.html", {"form": form}, status=422 if form.is_bound else 200)


def _sentence(fault: Unreadable) -> str:
    return str(FAULTS[fault.code]) % {"line": fault.line, "count": f"{fault.count:,}", "most": f"{MOST_CARDS:,}"}


@signed_in
def board_import(request: Asked, pk: int) -> HttpResponse:
    """Step 2: what would come in; afterwards what came, and the way back."""
    run = own_import(request, pk)
    small = run.file is not None and run.file.size <= SHOWN_BYTES
    page = {
        "run": run,
        "waits": run.file is not None and not run.written_at and not run.undone_at,
        "taken": actions.look_into(run) if small else None,
        "counts": _counted(run.counts),
        "cuts": [(CUTS[code], count) for code, count in run.cuts.items() if code in CUTS],
        "boards": run.boards.all(),
    }
    return render(request, "growth/import.html", page)


def _counted(counts: dict[str, int]) -> list[str]:
    said = {
        "columns": ngettext("%(n)s column", "%(n)s columns", counts.get("columns", 0)),
        "cards": ngettext("%(n)s card", "%(n)s cards", counts.get("cards", 0)),
        "archived": ngettext("%(n)s archived card", "%(n)s archived cards", counts.get("archived", 0)),
        "labels": ngettext("%(n)s label", "%(n)s labels", counts.get("labels", 0)),
        "steps": ngettext("%(n)s step of a checklist", "%(n)s steps of checklists", counts.get("steps", 0)),
        "comments": ngettext("%(n)s comment", "%(n)s comments", counts.get("comments", 0)),
    }
    return [text % {"n": f"{counts[name]:,}"} for name, text in said.items() if counts.get(name)]


@signed_in
@require_POST
def write(request: Asked, pk: int) -> HttpResponse:
    """Step 3: write it; what is large goes on in the background and says how far it is."""
    run = own_import(request, pk)
    if not run.written_at and run.counts.get("cards", 0) + run.counts.get("archived", 0) > AT_ONCE:
        then = f"/boards/imports/{run.pk}/"
        return redirect("tasks:job", start_job(tasks.write_boards, owner=request.user, then=then, run_id=run.pk).pk)
    if not actions.write(run=run):
        messages.error(request, _now("The file is not here any more, so nothing was written. Bring it again."))
    return redirect("growth:board-import", pk)


@signed_in
@require_POST
def undo(request: Asked, pk: int) -> HttpResponse:
    """Remove what came in, for good, or the file that was not written."""
    removed = actions.undo(run=own_import(request, pk))
    if removed:
        messages.success(request, _now("What the file brought is removed, for good."))
        return redirect("growth:boards")
    messages.success(request, _now("The file is put away; nothing was written."))
    return redirect("growth:bring-board")
