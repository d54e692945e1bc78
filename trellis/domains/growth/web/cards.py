"""One card: its page, which is a dialog on the board, and what is done to it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import cards as actions
from trellis.domains.growth.actions import labels as steps
from trellis.domains.growth.actions.cards import EditOutcome
from trellis.domains.growth.models import Board, Card, ChecklistItem, Column, Label
from trellis.domains.growth.queries.boards import drawn, rest_of, what_was_done
from trellis.domains.growth.web.sharing import discussion_on, seen
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in

FIELDS = ("title", "notes", "due_on", "labels")


class CardForm(forms.ModelForm[Card]):
    """What a card says. `was_…` is what the form was filled with, so that two devices never overwrite each other."""

    class Meta:
        model = Card
        fields = FIELDS
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "notes": forms.Textarea(attrs={"rows": 5}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "labels": forms.CheckboxSelectMultiple,
        }
        error_messages = {"title": {"required": gettext_lazy("A card needs a title. Write a few words.")}}

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = cast(forms.ModelMultipleChoiceField, self.fields["labels"])
        labels.queryset = Label.objects.filter(board=board)


class AddCard(forms.Form):
    """A new card, typed into its column."""

    title = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("A card needs a title. Write a few words.")}
    )
    key = forms.CharField(max_length=40, required=False)


def part(request: Asked) -> bool:
    """Whether the script asks for a part of a page, to put it into the one that is open."""
    return "HX-Request" in request.headers


def own_card(request: Asked, pk: int) -> Card:
    """The card, for its owner; 403 for everybody else."""
    card = get_object_or_404(Card.objects.select_related("column__board"), pk=pk)
    require(request, "growth.own", card.column.board)
    return card


@signed_in
@require_POST
def add(request: Asked, pk: int) -> HttpResponse:
    """Add a card to a column."""
    column = get_object_or_404(Column.objects.select_related("board"), pk=pk)
    require(request, "growth.own", column.board)
    form = AddCard(request.POST)
    if not form.is_valid():
        why = " ".join(str(error) for errors in form.errors.values() for error in errors)
        if part(request):
            return HttpResponse(why, status=422, content_type="text/plain; charset=utf-8")
        messages.error(request, why)
        return redirect(on_board(column.board_id, column=column.pk))
    card = actions.add_card(column=column, **form.cleaned_data)
    return _face(request, card.pk) if part(request) else redirect(on_board(column.board_id, card=card.pk))


@signed_in
def rest(request: Asked, pk: int) -> HttpResponse:
    """The next cards of a long column; without script, the board with all of that column."""
    column = get_object_or_404(Column.objects.select_related("board"), pk=pk)
    require(request, "growth.read", column.board)
    if not part(request):
        return redirect(f"/boards/{column.board_id}/?whole={column.pk}#column-{column.pk}")
    last = column.cards.filter(pk=id_in(request.GET.get("after"))).first()
    cards = rest_of(column, last)
    return render(request, "growth/cards.html", {"cards": cards, "mine": _is_mine(request, column.board)})


def _is_mine(request: Asked, board: Board) -> bool:
    return board.owner_id == request.user.pk


def _face(request: Asked, pk: int) -> HttpResponse:
    cards = list(drawn(Card.objects.filter(pk=pk, archived_at=None)))
    return render(request, "growth/cards.html", {"cards": cards, "mine": True})


def on_board(board: int, *, card: int | None = None, column: int | None = None, act: int | None = None) -> str:
    where = f"#card-{card}" if card else f"#column-{column}" if column else ""
    return f"/boards/{board}/{f'?did={act}' if act else ''}{where}"


@signed_in
def card(request: Asked, pk: int) -> HttpResponse:
    """What a card says, with its steps and what was said to it; its owner changes it here."""
    found = _whole(pk)
    require(request, "growth.read_card", found)
    if request.method == "POST":
        require(request, "growth.own", found.column.board)
        return _save(request, found)
    if part(request) and "face" in request.GET:
        return _face(request, pk)
    return _page(request, found, CardForm(instance=found, board=found.column.board), _now(found))


def _whole(pk: int) -> Card:
    """The card with all that its page shows."""
    of = Card.objects.select_related("column__board", "goal", "key_result", "position", "competency", "course")
    return get_object_or_404(of.prefetch_related("labels", "checklist"), pk=pk)


def _now(card: Card) -> dict[str, str]:
    """What stands in the card, as the form carries it along."""
    return {
        "title": card.title,
        "notes": card.notes,
        "due_on": card.due_on.isoformat() if card.due_on else "",
        "labels": ",".join(str(label.pk) for label in card.labels.all()),
    }


def _page(
    request: Asked,
    card: Card,
    form: CardForm,
    was: dict[str, str],
    outcome: EditOutcome | None = None,
    step_said: str = "",
) -> HttpResponse:
    audience = seen(request, card.column.board)
    page = {
        "card": card,
        "board": card.column.board,
        "form": form,
        "was": was,
        "clash": _clash(outcome),
        "audience": audience,
        "discussion": discussion_on(card, audience),
        "inside": part(request),
        "act": what_was_done(card.column.board, request.GET.get("did", "")) if audience.is_mine else None,
        "step_said": step_said,
    }
    status = 409 if outcome and outcome.conflicts else 422 if form.is_bound or step_said else 200
    return render(request, f"growth/card.html{'#card' if part(request) else ''}", page, status=status)


def _clash(outcome: EditOutcome | None) -> list[tuple[str, Any, Any]]:
    """Field, its name, and what the other device wrote."""
    if outcome is None:
        return []
    return [
        (name, Card._meta.get_field(name).verbose_name, value)  # type: ignore[union-attr]
        for name, value in outcome.conflicts.items()
    ]


def _save(request: Asked, card: Card) -> HttpResponse:
    form = CardForm(request.POST, instance=Card(pk=card.pk), board=card.column.board)
    was = {name: _lines(request.POST.get(f"was_{name}", "")) for name in FIELDS}
    if not form.is_valid():
        return _page(request, card, form, was)
    base: dict[str, Any] = {
        **was,
        "due_on": _date(was["due_on"]),
        "labels": frozenset(filter(None, map(id_in, was["labels"].split(",")))),
    }
    mine = {
        "title": form.cleaned_data["title"],
        "notes": _lines(form.cleaned_data["notes"]),
        "due_on": form.cleaned_data["due_on"],
        "labels": frozenset(label.pk for label in form.cleaned_data["labels"]),
    }
    for name in FIELDS:
        if request.POST.get(f"take_{name}") == "theirs":
            mine[name] = base[name]
    outcome = actions.edit_card(card=card, base=base, mine=mine)
    if outcome.code == "gone":
        raise Http404
    if outcome.code == "conflict":
        return _page(request, card, form, {**was, **_as_sent(outcome)}, outcome)
    return _saved(request, card, outcome)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _date(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _as_sent(outcome: EditOutcome) -> dict[str, str]:
    """What the other device wrote becomes what the form was filled with: whoever sends it again has seen it."""
    return {name: str(value or "") for name, value in outcome.conflicts.items()}


def _saved(request: Asked, card: Card, outcome: EditOutcome) -> HttpResponse:
    if part(request) and not outcome.archived:
        answer = _face(request, card.pk)
        answer["X-Act"] = str(outcome.act or "")
        return answer
    if outcome.archived:
        messages.warning(
            request, _("Saved. Meanwhile the card was archived on another device; it is in the archive of the board.")
        )
    return redirect(on_board(card.column.board_id, card=card.pk, act=outcome.act))


@signed_in
@require_POST
def archive(request: Asked, pk: int) -> HttpResponse:
    """Put a card away."""
    found = own_card(request, pk)
    outcome = actions.archive_card(card=found)
    return redirect(on_board(found.column.board_id, column=found.column_id, act=outcome.act))


@signed_in
@require_POST
def add_step(request: Asked, pk: int) -> HttpResponse:
    """One more step of a card."""
    found = own_card(request, pk)
    text = request.POST.get("text", "").strip()[:300]
    if not text:
        return _steps(request, pk, said=_("A step needs a few words. Nothing was added."))
    if steps.add_step(card=found, text=text, key=request.POST.get("key", "")) is None:
        raise Http404
    return _steps(request, pk)


@signed_in
@require_POST
def step(request: Asked, pk: int) -> HttpResponse:
    """Tick a step, change its words, move it or take it away."""
    found = get_object_or_404(ChecklistItem.objects.select_related("card__column__board"), pk=pk)
    require(request, "growth.own", found.card.column.board)
    do = request.POST.get("do", "")
    act, said = None, ""
    if do in ("tick", "untick"):
        steps.tick_step(step=found, done=do == "tick")
    elif do in ("up", "down"):
        steps.move_step(step=found, by=1 if do == "down" else -1)
    elif do == "remove":
        act = steps.remove_step(step=found).act
    elif do == "save":
        said = _reword(request, found)
    return _steps(request, found.card_id, act, said)


def _reword(request: Asked, step: ChecklistItem) -> str:
    """Other words for a step; a sentence when they could not be taken."""
    text = request.POST.get("text", "").strip()[:300]
    if not text:
        return _("A step needs a few words. It stays as it was.")
    if steps.change_step(step=step, text=text, was=request.POST.get("was", "")).ok:
        return ""
    return _(
        "Another device changed this step meanwhile. You wrote “%(mine)s”; change it once more if it should be so."
    ) % {"mine": text}


def _steps(request: Asked, card: int, act: int | None = None, said: str = "") -> HttpResponse:
    """The steps of the card as they are now. A refusal is told on the page itself: it may hold words of the owner."""
    if not part(request) and not said:
        return redirect(f"/cards/{card}/{f'?did={act}' if act else ''}#steps")
    found = _whole(card)
    if not part(request):
        form = CardForm(instance=found, board=found.column.board)
        return _page(request, found, form, _now(found), step_said=said)
    page = {"card": found, "mine": True, "step_said": said}
    return render(request, "growth/card.html#steps", page)
