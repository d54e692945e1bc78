"""The editor of a definition: the draft as it will be read, and a small page for each place in it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.programmes.actions import drafts as actions
from trellis.domains.programmes.models import Draft, Programme
from trellis.domains.programmes.queries import drafts as queries
from trellis.domains.programmes.queries.offers import latest_version, latest_versions
from trellis.domains.programmes.rules import editing
from trellis.domains.programmes.rules.definition import Path
from trellis.domains.programmes.web.editor_forms import FORMS, PlaceForm, both
from trellis.domains.programmes.web.editor_pages import headings, overview, parts_shown
from trellis.domains.programmes.web.editor_parts import NOT_AVAILABLE, PARTS, part_form
from trellis.domains.programmes.web.forms import VersionField
from trellis.kit.access import needs


class NewDraftForm(forms.Form):
    """A new programme: blank, or like another one."""

    name_en, name_zh = both(gettext_lazy("Name in English"), gettext_lazy("Name in Chinese"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"] = VersionField(
            latest_versions(), label=_("Begin with"), required=False, empty_label=_("a blank page")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("name_en") and not data.get("name_zh"):
            self.add_error("name_en", _("Give it a name, in one language at least."))
        return data

    @property
    def text(self) -> Any:
        english, chinese = self.cleaned_data["name_en"], self.cleaned_data["name_zh"]
        return {"en": english, "zh-hans": chinese} if english and chinese else english or {"zh-hans": chinese}


@needs("programmes.run")
def drafts(request: Asked) -> HttpResponse:
    """The drafts people are writing; a new programme begins here."""
    form = NewDraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = actions.new_draft(name=form.text, like=form.cleaned_data["like"], actor=request.user)
        return redirect("programmes:draft", draft.pk)
    page = {"form": form, "drafts": queries.open_drafts(), "published": queries.published_drafts()[:10]}
    return render(request, "programmes/editor/drafts.html", page, status=422 if form.errors else 200)


@needs("programmes.run")
@require_POST
def open_draft(request: Asked, code: str) -> HttpResponse:
    """Go on writing the programme's next version, or begin to."""
    version = latest_version(get_object_or_404(Programme, code=code))
    if version is None:
        return redirect("programmes:drafts")
    return redirect("programmes:draft", actions.open_draft(version=version, actor=request.user).pk)


def being_written(draft_id: int) -> Draft:
    """The draft, while it is one."""
    return get_object_or_404(Draft.objects.filter(published=None), pk=draft_id)


@needs("programmes.run")
def draft(request: Asked, draft_id: int) -> HttpResponse:
    """The draft as the programme will be read."""
    found = get_object_or_404(Draft.objects.select_related("published__programme"), pk=draft_id)
    if found.published:
        messages.info(request, _("This draft is published."))
        return redirect("programmes:programme", found.published.programme.code)
    desk = queries.desk(found)
    return render(request, "programmes/editor/draft.html", {"desk": desk, "draft": found, **overview(desk)})


def address(draft: Draft, place: Path) -> str:
    """Where a place of the draft is edited."""
    asked = urlencode({"at": editing.write_place(place)}, safe="/")
    return f"{reverse('programmes:edit_draft', args=[draft.pk])}?{asked}"


def page_after(draft: Draft, place: Path) -> str:
    """Where one goes on after a change: to the gate whose requirements one puts together, else to the whole."""
    whole = reverse("programmes:draft", args=[draft.pk])
    if editing.kind_of(place) == "part":
        return address(draft, place[:2])
    if place == ("gates", editing.NEW):
        empty = (i for i, gate in enumerate(draft.body["gates"]) if gate.get("requires") == {"all_of": []})
        return address(draft, ("gates", max(empty, default=0)))
    return f"{whole}#{'-'.join(map(str, place[:2]))}" if place and place[1] != editing.NEW else whole


@needs("programmes.run")
def edit(request: Asked, draft_id: int) -> HttpResponse:
    """One place of the draft."""
    found = being_written(draft_id)
    place = editing.parse_place(request.GET.get("at", ""))
    if request.method == "GET" and not editing.can_be_edited(found.body, place):
        messages.warning(request, _("What you wanted to change is not there any more. This is the draft as it is now."))
        return redirect("programmes:draft", draft_id)
    if request.method == "POST":
        return _save(request, found, place)
    kind = _kind_of_form(found, place, request.GET.get("kind", ""))
    return _show(request, queries.desk(found), place, kind)


def _kind_of_form(draft: Draft, place: Path, word: str) -> type[PlaceForm] | None:
    kind = editing.kind_of(place)
    return part_form(editing.at(draft.body, place), word) if kind == "part" else FORMS.get(kind)


def _show(
    request: Asked,
    desk: queries.Desk,
    place: Path,
    kind: type[PlaceForm] | None,
    form: PlaceForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    page = {
        "desk": desk,
        "draft": desk.draft,
        "place": editing.write_place(place),
        **headings(desk, place, kind),
        **more,
    }
    if kind is None:
        kinds = [(word, form.new, word in NOT_AVAILABLE) for word, form in PARTS.items()]
        return render(request, "programmes/editor/kinds.html", page | {"kinds": kinds})
    is_new = place[-1:] == (editing.NEW,)
    page |= {
        "form": form or kind(None, desk=desk, place=place),
        "is_new": is_new,
        "kind": editing.kind_of(place),
        "word": getattr(kind, "word", ""),
        "not_available": getattr(kind, "word", "") in NOT_AVAILABLE,
        "removable": bool(place) and not is_new,
    }
    if page["kind"] == "gate" and not is_new:
        page["parts"] = parts_shown(desk, place)
    return render(request, "programmes/editor/edit.html", page, status=status)


def _save(request: Asked, draft: Draft, place: Path) -> HttpResponse:
    """Take the form as a change to what its writer saw; when that is no longer what there is, show both."""
    seen = seen_in(request)
    old = draft.steps.filter(number=seen).first() if seen != draft.number else None
    shown = Draft(pk=draft.pk, code=draft.code, body=old.body, number=seen) if old else draft
    kind = _kind_of_form(shown, place, request.GET.get("kind", ""))
    if kind is None or not editing.can_be_edited(shown.body, place):
        raise Http404
    desk = queries.desk(shown)
    form = kind(request.POST, desk=desk, place=place)
    if not form.is_valid():
        return _show(request, desk, place, kind, form, 422)
    outcome = actions.edit(draft_id=draft.pk, seen=seen, by=form.edit(), token=_token(request), actor=request.user)
    if outcome.ok:
        changed = _sentences(queries.told_changes(shown.body, outcome.draft.body))
        messages.success(request, " ".join([_("Saved."), *changed]))
        return redirect(page_after(outcome.draft, place))
    if outcome.code == "over":
        return redirect("programmes:draft", draft.pk)
    return _overtaken(request, outcome.draft, form)


def _overtaken(request: Asked, now: Draft, written: PlaceForm) -> HttpResponse:
    """The same form over the draft as it is now, with what was written in it and what others changed meanwhile."""
    then, place, kind = written.desk.draft, written.place, type(written)
    changes, people = queries.changes_since(now, then.number)
    found = editing.follow(then.body, now.body, place)
    gone = found is None
    place = found if found is not None else (*place[:-1], editing.NEW)
    if not editing.can_be_edited(now.body, place):
        fields = kind.base_fields
        lost = [(fields[key].label, values) for key, values in request.POST.lists() if key in fields]
        page = {"draft": now, "changes": changes, "people": people, "lost": lost}
        return render(request, "programmes/editor/gone.html", page, status=409)
    desk = queries.desk(now)
    form = kind(None, desk=desk, place=place)
    form.take_over(written, request.POST)
    return _show(request, desk, place, kind, form, 409, changes=changes, people=people, gone=gone)


def seen_in(request: Asked) -> int:
    """The number of the change that whoever asks has seen."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _token(request: Asked) -> str:
    asked = [
        (key, values) for key, values in sorted(request.POST.lists()) if key not in ("csrfmiddlewaretoken", "seen")
    ]
    return f"{request.GET.get('at', '')}?{request.GET.get('kind', '')}:{asked}"


@needs("programmes.run")
@require_POST
def change(request: Asked, draft_id: int) -> HttpResponse:
    """A change that is one press of a button: `up`, `down` or `remove` and a place, or `undo`."""
    do, _space, where = request.POST.get("do", "").partition(" ")
    place, seen = editing.parse_place(where), seen_in(request)
    found = get_object_or_404(Draft, pk=draft_id)
    if do == "undo":
        outcome = actions.undo(draft_id=draft_id, seen=seen, actor=request.user)
    elif do in STEPS and editing.kind_of(place):
        step = STEPS[do]
        outcome = actions.edit(
            draft_id=draft_id, seen=seen, by=lambda body: step(body, place), token=_token(request), actor=request.user
        )
    else:
        return redirect("programmes:draft", draft_id)
    _tell(request, do, outcome, seen, found.body)
    return redirect(page_after(found, place if do != "remove" or len(place) > 2 else ()))


STEPS: dict[str, Any] = {
    "up": lambda body, place: editing.move(body, place, up=True),
    "down": lambda body, place: editing.move(body, place, up=False),
    "remove": editing.remove,
}


def _sentences(changes: list[str]) -> list[str]:
    return [_("%(sentence)s.") % {"sentence": sentence} for sentence in changes[:5]]


def _tell(request: Asked, do: str, outcome: actions.EditOutcome, seen: int, before: editing.Body) -> None:
    if outcome.code == "overtaken":
        changes, people = queries.changes_since(outcome.draft, seen)
        told = _("Nothing was done: meanwhile %(who)s changed the draft.") % {"who": ", ".join(people)}
        messages.warning(request, " ".join([told, *_sentences(changes)]))
    elif outcome.code == "nothing":
        messages.info(request, _("There is nothing to take back."))
    elif do == "undo" and outcome.ok:
        back = _sentences(queries.told_changes(before, outcome.draft.body))
        messages.success(request, " ".join([_("The last change is taken back."), *back]))
    elif do == "remove" and outcome.ok:
        messages.success(request, _("Removed. “Take back” brings it back."))
