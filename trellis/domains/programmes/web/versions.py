"""The versions of a programme, and moving people under way from one to another."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Programme, ProgrammeVersion
from trellis.domains.programmes.queries.moving import moves, to_move, versions_of
from trellis.kit.access import needs

SIZE = 50
STRANDED = {
    "no_track": gettext_lazy("No track leads to their position any more."),
    "gate_gone": gettext_lazy("A gate they went through is not there any more."),
}


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


@needs("programmes.run")
def versions(request: Asked, code: str) -> HttpResponse:
    """Which versions there are and who goes by them; with `to`, what a move there would mean for each, and the move."""
    programme = get_object_or_404(Programme, code=code)
    asked = request.POST if request.method == "POST" else request.GET
    to, cohort = _number(asked.get("to")), _number(asked.get("cohort"))
    known = versions_of(programme)
    page: dict[str, Any] = {"programme": programme, "versions": known, "cohort": cohort}
    page["going"] = sum(version.going for version in known)
    if to is None:
        page |= {"refusal": _("Choose the version to move people to.")} if request.method == "POST" else {}
        return render(request, "programmes/versions.html", page, status=422 if "refusal" in page else 200)
    version = get_object_or_404(ProgrammeVersion, programme=programme, number=to)
    if request.method == "POST":
        refusal = _move(request, version, cohort)
        if not refusal:
            return redirect("programmes:versions", code)
        page |= {"refusal": refusal, "reason": request.POST.get("reason", "")}
        page["ticked"] = {_number(pk) for pk in request.POST.getlist("journey")}
    found = Paginator(to_move(version, cohort), SIZE).get_page(request.GET.get("page"))
    page |= {"to": version, "seen": version.digest, "page": found, "moves": moves(version, found.object_list)}
    page["stranded"] = STRANDED
    return render(request, "programmes/versions.html", page, status=422 if "refusal" in page else 200)


def _move(request: Asked, version: ProgrammeVersion, cohort: int | None) -> str:
    """Move those who were ticked, or all of the list; what is wrong, or nothing."""
    ticked = [pk for value in request.POST.getlist("journey") if (pk := _number(value))]
    ids = to_move(version, cohort).values_list("pk", flat=True) if request.POST.get("all") else ticked
    outcome = actions.move_to_version(
        version=version,
        journey_ids=list(ids),
        reason=request.POST.get("reason", ""),
        seen=request.POST.get("seen", ""),
        actor=request.user,
    )
    if outcome.code == "reason_needed":
        return _("Write down why: it goes to the people and is kept.")
    if outcome.code == "changed":
        return _("The version was changed meanwhile. Look once more at what it means, then move.")
    if outcome.code == "nobody" and not outcome.stranded:
        return _("Nobody was chosen who could be moved. Tick somebody, or choose everybody.")
    if outcome.moved:
        said = ngettext("%(n)s person was moved and told.", "%(n)s people were moved and told.", outcome.moved)
        messages.success(request, said % {"n": outcome.moved})
    if outcome.stranded:
        n = len(outcome.stranded)
        said = ngettext("%(n)s person stays: see why below.", "%(n)s people stay: see why below.", n)
        messages.warning(request, said % {"n": n})
    return ""
