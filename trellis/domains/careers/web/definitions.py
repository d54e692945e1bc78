"""Loading definitions, seeing first what would change, and taking them out again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.careers import actions
from trellis.domains.careers.actions.loading import Change
from trellis.domains.careers.definitions import write
from trellis.domains.careers.models import Framework
from trellis.domains.careers.queries.definitions import definitions_of, frameworks
from trellis.domains.careers.web.forms import DefinitionsForm
from trellis.domains.people.asking import Asked
from trellis.kit.access import needs

HOW = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}
WHAT = {
    "framework": _("framework"),
    "competency": _("competency"),
    "level": _("level"),
    "position": _("position"),
    "profile": _("profile"),
    "pathway": _("pathway"),
}
SOME = 12


def grouped(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes by kind, each with its first names, in the words of the page."""
    names: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        names.setdefault((change.how, change.what), []).append(change.name)
    return [
        {"how": HOW[how], "what": WHAT[what], "names": n, "some": ", ".join(n[:SOME]), "more": len(n) > SOME}
        for (how, what), n in names.items()
    ]


@needs("careers.define")
def definitions(request: Asked) -> HttpResponse:
    return render(request, "careers/definitions.html", {"frameworks": frameworks(), "form": DefinitionsForm()})


@needs("careers.define")
@require_POST
def load(request: Asked) -> HttpResponse:
    """First what would change (or every fault, with the text to mend); then, by the second button, the loading."""
    form = DefinitionsForm(request.POST, request.FILES)
    if not form.is_valid():
        page = {"frameworks": frameworks(), "form": form}
        return render(request, "careers/definitions.html", page, status=422)
    text, sure = form.cleaned_data["text"], "load" in request.POST
    outcome = actions.load_definitions(source=text, actor=request.user, preview=not sure)
    if sure and not outcome.faults:
        count = len(outcome.changes)
        messages.success(request, ngettext("Loaded: %s change.", "Loaded: %s changes.", count) % count)
        return redirect("careers:definitions")
    page = {
        "outcome": outcome,
        "groups": grouped(outcome.changes),
        "text": text,
        "lines": min(30, text.count("\n") + 2),
    }
    return render(request, "careers/definitions_preview.html", page, status=422 if outcome.faults else 200)


@needs("careers.define")
def download(request: Asked, code: str) -> HttpResponse:
    framework = get_object_or_404(Framework, code=code)
    answer = HttpResponse(write(definitions_of(framework)), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{framework.code}.yaml"'
    return answer
