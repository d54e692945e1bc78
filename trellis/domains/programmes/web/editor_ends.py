"""What becomes of a draft: it is tried, published, thrown away, taken out as a text and in again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.people.asking import Asked
from trellis.domains.programmes.actions import drafts as actions
from trellis.domains.programmes.definitions import as_text
from trellis.domains.programmes.models import Draft
from trellis.domains.programmes.queries import drafts as queries
from trellis.domains.programmes.web.editor import being_written, seen_in
from trellis.domains.programmes.web.forms import DefinitionForm
from trellis.kit.access import needs


class PublishForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What is new, and why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Your colleagues read it beside the version."),
    )


@needs("programmes.run")
def publish(request: Asked, draft_id: int) -> HttpResponse:
    """What changes, what is still wrong, and the button that makes it hold."""
    found = get_object_or_404(Draft.objects.select_related("published__programme"), pk=draft_id)
    form = PublishForm(request.POST or None)
    status = 422 if form.errors else 200
    if found.published:
        return redirect("programmes:programme", found.published.programme.code)
    if request.method == "POST" and form.is_valid():
        outcome = actions.publish(
            draft_id=draft_id, seen=seen_in(request), note=form.cleaned_data["note"], actor=request.user
        )
        if outcome.version:
            messages.success(request, _("Published. Who joins from now on goes by this version."))
            return redirect("programmes:programme", outcome.version.programme.code)
        if outcome.code == "overtaken":
            messages.warning(request, _("Meanwhile somebody changed the draft. Look at it once more, then publish."))
        status, found = 409, being_written(draft_id)
    version = queries.version_before(found)
    page = {
        "draft": found,
        "desk": queries.desk(found),
        "form": form,
        "version": version,
        "changes": queries.told_changes(version.definition, found.body) if version else [],
        "older": version is not None and version.pk != found.based_on_id,
    }
    return render(request, "programmes/editor/publish.html", page, status=status)


@needs("programmes.run")
def discard(request: Asked, draft_id: int) -> HttpResponse:
    """Throw a draft away, after one look at what goes with it."""
    found = being_written(draft_id)
    if request.method == "POST":
        if actions.discard(draft_id=draft_id, seen=seen_in(request), actor=request.user):
            messages.success(request, _("The draft is thrown away."))
            return redirect("programmes:drafts")
        messages.warning(request, _("Meanwhile somebody changed the draft. Look at it before you throw it away."))
        return redirect("programmes:draft", draft_id)
    version = queries.version_before(found)
    changes = queries.told_changes(version.definition, found.body) if version else []
    page = {"draft": found, "changes": changes, "version": version}
    return render(request, "programmes/editor/discard.html", page)


@needs("programmes.run")
def text(request: Asked, draft_id: int) -> HttpResponse:
    """The draft as YAML: out, and in again. A text that is no definition is refused by line, and nothing taken."""
    found = being_written(draft_id)
    form = DefinitionForm(request.POST or None, request.FILES or None)
    page = {"draft": found, "form": form}
    if request.method == "POST" and form.is_valid():
        taken = actions.take_text(
            draft=found, seen=seen_in(request), text=form.cleaned_data["text"], actor=request.user
        )
        if taken.edit and taken.edit.ok:
            messages.success(request, _("Taken into the draft. “Take back” brings back what was there before."))
            return redirect("programmes:draft", draft_id)
        page["faults"], page["overtaken"] = taken.faults, bool(taken.edit)
        page["form"] = DefinitionForm(initial={"text": form.cleaned_data["text"]})
        page["draft"] = being_written(draft_id)
    wrong = request.method == "POST"
    return render(request, "programmes/editor/text.html", page, status=422 if wrong else 200)


@needs("programmes.run")
def as_yaml(request: Asked, draft_id: int) -> HttpResponse:
    """The draft as the text it can be taken in from again."""
    found = being_written(draft_id)
    response = HttpResponse(as_text({"programme": found.body}), content_type="text/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}-draft.yaml"'
    return response
