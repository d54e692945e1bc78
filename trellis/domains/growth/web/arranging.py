"""The name of a board, its columns and its labels.

A form says what it was filled with (`was_…`), so that two devices never overwrite each other unseen.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import boards as actions
from trellis.domains.growth.actions import labels as labelling
from trellis.domains.growth.models import Board, Column, Label
from trellis.domains.growth.queries.boards import columns_of, what_was_done
from trellis.domains.growth.web.boards import own_board
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in

MOST_AT_ONCE = 1_000  # cards in a column; SQLite would keep any number, PostgreSQL none beyond 32,767
OVERTAKEN = gettext_lazy(
    "This was changed on another device while you wrote. There it says: %(theirs)s. "
    "If you save once more, your words take its place."
)


class BoardForm(forms.ModelForm[Board]):
    """The name of a board."""

    class Meta:
        model = Board
        fields = ("name",)


class ColumnForm(forms.ModelForm[Column]):
    """A column as its owner likes it."""

    limit = Column._meta.get_field("limit").formfield(
        min_value=1,
        max_value=MOST_AT_ONCE,
        help_text=gettext_lazy("When there are more, the column says so; nothing is forbidden."),
    )

    class Meta:
        model = Column
        fields = ("name", "limit", "is_done")


class LabelForm(forms.ModelForm[Label]):
    """A word and its colour."""

    class Meta:
        model = Label
        fields = ("name", "tone")


def _was(request: Asked, now: Any, *names: str) -> dict[str, str]:
    """What the form was filled with, as text; who sends none has seen what is there now."""
    return {name: request.POST.get(f"was_{name}", _plain(getattr(now, name))) for name in names}


def _plain(value: Any) -> str:
    return "" if value is None or value is False else "1" if value is True else str(value)


def _overtaken(theirs: list[str]) -> str:
    return str(OVERTAKEN) % {"theirs": ", ".join(f"“{text}”" for text in theirs)}


@signed_in
def settings(request: Asked, pk: int) -> HttpResponse:
    """The name of a board, its columns and its labels."""
    found = own_board(request, pk)
    was = _was(request, found, "name")
    form = BoardForm(request.POST or None, instance=Board(pk=pk, name=found.name))
    if request.method == "POST" and form.is_valid():
        outcome = actions.rename_board(board=found, name=form.cleaned_data["name"], was=was["name"])
        if outcome.ok:
            return redirect("growth:board-settings", pk)
        form.add_error("name", _overtaken([outcome.conflicts["name"]]))
        was = dict(outcome.conflicts)
    return _settings(request, found, board_form=form, was_name=was["name"])


def _settings(request: Asked, board: Board, **more: Any) -> HttpResponse:
    page = {
        "board": board,
        "columns": columns_of(board),
        "labels": board.labels.all(),
        "act": what_was_done(board, request.GET.get("did", "")),
        "board_form": BoardForm(instance=board, prefix=None),
        "was_name": board.name,
        "column_form": ColumnForm(auto_id="column-%s"),
        "label_form": LabelForm(auto_id="label-%s"),
        **more,
    }
    refused = "wrong" in more or any(getattr(form, "is_bound", False) for form in more.values())
    return render(request, "growth/board_settings.html", page, status=422 if refused else 200)


@signed_in
@require_POST
def add_column(request: Asked, pk: int) -> HttpResponse:
    """One more column."""
    found = own_board(request, pk)
    form = ColumnForm(request.POST, auto_id="column-%s")
    if not form.is_valid():
        return _settings(request, found, column_form=form)
    actions.add_column(board=found, **form.cleaned_data)
    return redirect("growth:board-settings", pk)


@signed_in
def column(request: Asked, pk: int) -> HttpResponse:
    """Change a column, or take it away and say where its cards go."""
    found = get_object_or_404(Column.objects.select_related("board"), pk=pk)
    require(request, "growth.own", found.board)
    do = request.POST.get("do")
    others = columns_of(found.board).exclude(pk=pk)
    if do in ("left", "right"):
        return _back(request, found, actions.stand_column(column=found, by=-1 if do == "left" else 1).code)
    if do == "remove":
        return _take_away(request, found, others)
    was = _was(request, found, *ColumnForm.Meta.fields)
    form = ColumnForm(request.POST if do == "save" else None, instance=Column.objects.get(pk=pk))
    if form.is_bound and form.is_valid():
        base = {"name": was["name"], "limit": id_in(was["limit"]) or None, "is_done": bool(was["is_done"])}
        outcome = actions.change_column(column=found, base=base, mine=form.cleaned_data)
        if outcome.code != "conflict":
            return _back(request, found, outcome.code)
        form.add_error(None, _overtaken([_said(name, value) for name, value in outcome.conflicts.items()]))
        was |= {name: _plain(value) for name, value in outcome.conflicts.items()}
    page = {"column": found, "form": form, "others": others, "was": was}
    return render(request, "growth/column.html", page, status=422 if form.is_bound else 200)


def _take_away(request: Asked, column: Column, others: QuerySet[Column]) -> HttpResponse:
    """Its cards go where they were said to go, or it stays: the other column may be gone on another device."""
    chosen = request.POST.get("to", "")
    to = others.filter(pk=id_in(chosen)).first()
    if chosen and to is None:
        messages.warning(request, _("The column for its cards was taken away meanwhile. Choose another one."))
        return redirect("growth:column", column.pk)
    act = actions.remove_column(column=column, to=to).act
    return redirect(f"/boards/{column.board_id}/settings/{f'?did={act}' if act else ''}")


def _said(name: str, value: Any) -> str:
    """What another device wrote, in words where it is a tick or nothing."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("no limit") if value is None else str(value)


def _back(request: Asked, column: Column, code: str) -> HttpResponse:
    if code == "archived":
        messages.warning(request, _("The column was taken away on another device; it is in the archive."))
    return redirect("growth:board-settings", column.board_id)


@signed_in
@require_POST
def add_label(request: Asked, pk: int) -> HttpResponse:
    """One more label."""
    found = own_board(request, pk)
    form = LabelForm(request.POST, auto_id="label-%s")
    if not form.is_valid():
        return _settings(request, found, label_form=form)
    labelling.make_label(board=found, **form.cleaned_data)
    return redirect("growth:board-settings", pk)


@signed_in
@require_POST
def label(request: Asked, pk: int) -> HttpResponse:
    """Change a label, or take it away from all cards."""
    found = get_object_or_404(Label.objects.select_related("board"), pk=pk)
    require(request, "growth.own", found.board)
    if request.POST.get("do") == "remove":
        return redirect(f"/boards/{found.board_id}/settings/?did={labelling.remove_label(label=found).act}")
    was = _was(request, found, "name", "tone")
    form = LabelForm(request.POST, instance=Label(board=found.board), auto_id="label-%s")
    if not form.is_valid():
        messages.error(request, _("A label needs a word, of at most 40 letters. It stays as it was."))
        return redirect("growth:board-settings", found.board_id)
    outcome = labelling.change_label(label=found, base=was, mine=form.cleaned_data)
    if outcome.code == "gone":
        raise Http404
    if outcome.code == "conflict":
        tones = dict(Label.Tone.choices)
        said = _overtaken([str(tones.get(value, value)) for value in outcome.conflicts.values()])
        sent = {"pk": pk, **form.cleaned_data, "was": {**was, **outcome.conflicts}, "said": said}
        return _settings(request, found.board, wrong=sent)
    if outcome.code == "taken":
        messages.error(request, _("There is a label with this word already. It stays as it was."))
    return redirect("growth:board-settings", found.board_id)
