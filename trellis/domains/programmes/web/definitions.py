"""Definitions of the office: a whole file in, and its parts out again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.careers.models import Framework
from trellis.domains.learning.definitions import write as write_courses
from trellis.domains.learning.models import Course
from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.definitions import as_text, write_text
from trellis.domains.programmes.models import Programme
from trellis.domains.programmes.queries.offers import latest_version, latest_versions
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.web.forms import DefinitionForm
from trellis.kit.access import needs

PARTS = {
    "framework": gettext_lazy("competencies, positions and pathways"),
    "courses": gettext_lazy("courses"),
    "programme": gettext_lazy("programme"),
}


def told_of_loading(changes: dict[str, int]) -> str:
    """How many things changed in each part of the file."""
    if not any(changes.values()):
        return _("This is how it is already: nothing changed.")
    said = [
        ngettext("%(part)s: %(n)s change", "%(part)s: %(n)s changes", n) % {"part": PARTS[key], "n": n}
        for key, n in changes.items()
    ]
    return _("Loaded. %(parts)s.") % {"parts": "; ".join(said)}


@needs("programmes.run")
def definition(request: Asked, code: str) -> HttpResponse:
    """The definition as the text it is loaded from."""
    version = latest_version(get_object_or_404(Programme, code=code))
    return _yaml(code, write_text(definition_of(version)) if version else "")


@needs("programmes.run")
def courses_yaml(request: Asked) -> HttpResponse:
    """All courses as the text they are loaded from."""
    courses = Course.objects.order_by("code").prefetch_related("teaches__competency")
    return _yaml("courses", as_text({"courses": write_courses(list(courses))}))


def _yaml(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


@needs("programmes.run")
def definitions(request: Asked) -> HttpResponse:
    """Load a file of definitions: every fault by line, nothing loaded while there is one."""
    form = DefinitionForm(request.POST or None, request.FILES or None)
    page: dict[str, Any] = {
        "programmes": [version.programme for version in latest_versions()],
        "frameworks": Framework.objects.order_by("name"),
        "has_courses": Course.objects.exists(),
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        outcome = actions.load_file(text=form.cleaned_data["text"], actor=request.user)
        if not outcome.faults:
            messages.success(request, told_of_loading(outcome.changes))
            for warning in outcome.warnings:
                messages.warning(request, str(warning))
            return redirect("programmes:definitions")
        page["faults"], page["unread"] = outcome.faults, [PARTS[key] for key in outcome.unread]
        page["form"] = DefinitionForm(initial={"text": form.cleaned_data["text"]})
    wrong = "faults" in page or bool(form.errors)
    return render(request, "programmes/definitions.html", page, status=422 if wrong else 200)
