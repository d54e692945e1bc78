"""The board: its page, its columns and labels, and the way back."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import boards as actions
from trellis.domains.growth.actions import labels as labelling
from trellis.domains.growth.actions.acts import undo
from trellis.domains.growth.models import Board, BoardAct, Column, Label
from trellis.domains.growth.queries.boards import board_beside_others, boards_of, columns_of, lanes, what_was_done
from trellis.domains.growth.queries.goals import objectives_of
from trellis.domains.growth.rules.boards import BoardOutcome
from trellis.domains.growth.web.cards import part
from trellis.domains.growth.web.sharing import seen
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in
from trellis.kit.turns import in_turn

UNDO_SAID: dict[str, Any] = {
    "done": pgettext_lazy("what one did", "Taken back."),
    "already": gettext_lazy("It was taken back before."),
    "changed": gettext_lazy("It was changed again since, so it stays as it is now."),
    "gone": gettext_lazy("It was deleted for good, so it cannot be taken back."),
}


class BoardForm(forms.ModelForm[Board]):
    """The name of a board."""

    class Meta:
        model = Board
        fields = ("name",)


class ColumnForm(forms.ModelForm[Column]):
    """A column as its owner likes it."""

    class Meta:
        model = Column
        fields = ("name", "limit", "is_done")
        help_texts = {
            "limit": gettext_lazy("When there are more, the column says so; nothing is forbidden."),
        }


class LabelForm(forms.ModelForm[Label]):
    """A word and its colour."""

    class Meta:
        model = Label
        fields = ("name", "tone")


def own_board(request: Asked, pk: int) -> Board:
    """The board, for its owner; 403 for everybody else."""
    board = get_object_or_404(Board, pk=pk)
    require(request, "growth.own", board)
    return board


@signed_in
def mine(request: Asked) -> HttpResponse:
    """My first board; who has none is asked before one is made."""
    if request.method == "POST":
        return redirect("growth:board", actions.default_board(owner=request.user).pk)
    first = boards_of(request.user).first()
    if first:
        return redirect("growth:board", first.pk)
    return render(request, "growth/no_board.html", {"columns": actions.usual_columns()})


@signed_in
def boards(request: Asked) -> HttpResponse:
    """All boards of one's own."""
    return render(request, "growth/boards.html", {"boards": boards_of(request.user)})


@signed_in
@in_turn
def board(request: Asked, pk: int) -> HttpResponse:
    """A board, column by column."""
    found, own = board_beside_others(pk, request.user)
    if found is None:
        raise Http404
    require(request, "growth.read", found)
    if "since" in request.GET:
        return JsonResponse({"sequence": found.sequence})
    audience = seen(request, found)
    page = {
        "board": found,
        "lanes": lanes(found, whole=id_in(request.GET.get("whole"))),
        "mine": audience.is_mine,
        "audience": audience,
        "boards": own if audience.is_mine else [],
        "objectives": objectives_of(request.user, year=clock.today().year)[:1] if audience.is_mine else [],
        "act": what_was_done(found, request.GET.get("did", "")) if audience.is_mine else None,
        "key": uuid4().hex,
    }
    return render(request, "growth/board.html", page)


@signed_in
def settings(request: Asked, pk: int) -> HttpResponse:
    """The name of a board, its columns and its labels."""
    found = own_board(request, pk)
    form = BoardForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.rename_board(board=found, name=form.cleaned_data["name"])
        return redirect("growth:board-settings", pk)
    return _settings(request, found, board_form=form)


def _settings(request: Asked, board: Board, **forms_sent: forms.Form | forms.ModelForm[Any]) -> HttpResponse:
    page = {
        "board": board,
        "columns": columns_of(board),
        "labels": board.labels.all(),
        "act": what_was_done(board, request.GET.get("did", "")),
        "board_form": BoardForm(instance=board, prefix=None),
        "column_form": ColumnForm(auto_id="column-%s"),
        "label_form": LabelForm(auto_id="label-%s"),
        **forms_sent,
    }
    refused = any(form.is_bound for form in forms_sent.values())
    return render(request, "growth/board_settings.html", page, status=422 if refused else 200)


@signed_in
@require_POST
def archive(request: Asked, pk: int) -> HttpResponse:
    """Put a board away."""
    found = own_board(request, pk)
    actions.archive_board(board=found)
    messages.success(request, _("The board is in the archive, with everything on it."))
    return redirect("growth:boards")


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
    form = ColumnForm(request.POST if request.POST.get("do") == "save" else None, instance=found)
    do = request.POST.get("do")
    others = columns_of(found.board).exclude(pk=pk)
    if do in ("left", "right"):
        by = -1 if do == "left" else 1
        kept = {"name": found.name, "limit": found.limit, "is_done": found.is_done}
        actions.change_column(column=found, by=by, **kept)  # type: ignore[arg-type]
    elif do == "remove":
        to = others.filter(pk=id_in(request.POST.get("to"))).first()
        act = actions.remove_column(column=found, to=to).act
        return redirect(f"/boards/{found.board_id}/settings/{f'?did={act}' if act else ''}")
    elif do == "save" and form.is_valid():
        actions.change_column(column=found, **form.cleaned_data)
    elif request.method != "POST" or form.is_bound:
        page = {"column": found, "form": form, "others": others}
        return render(request, "growth/column.html", page, status=422 if form.is_bound else 200)
    return redirect("growth:board-settings", found.board_id)


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
    back = f"/boards/{found.board_id}/settings/"
    if request.POST.get("do") == "remove":
        return redirect(f"{back}?did={labelling.remove_label(label=found).act}")
    form = LabelForm(request.POST, instance=Label(board=found.board), auto_id="label-%s")
    if not form.is_valid():
        messages.error(request, _("A label needs a word, of at most 40 letters. It stays as it was."))
    elif not labelling.change_label(label=found, **form.cleaned_data).ok:
        messages.error(request, _("There is a label with this word already. It stays as it was."))
    return redirect(back)


@signed_in
@require_POST
def take_back(request: Asked, pk: int, act_id: int) -> HttpResponse:
    """Undo what was done."""
    found = own_board(request, pk)
    act = BoardAct.objects.filter(board=found, pk=act_id).first()
    outcome = undo(act=act) if act else BoardOutcome("gone", None, found.sequence)
    said = str(UNDO_SAID[outcome.code])
    if part(request):
        return JsonResponse({"ok": outcome.ok, "sequence": outcome.sequence, "said": said})
    (messages.success if outcome.ok else messages.warning)(request, said)
    if act is None or not act.card_id:
        return redirect("growth:board", pk)
    return redirect(
        f"/cards/{act.card_id}/#steps" if act.kind.startswith("step") else f"/boards/{pk}/#card-{act.card_id}"
    )
