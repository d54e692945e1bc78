"""Where a card goes: on its board, to another one, and what waited when a page was left."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions.cards import Place, move_card
from trellis.domains.growth.actions.carrying import Addition, Move, carry_card, do_in_order
from trellis.domains.growth.models import Board, Card, Column
from trellis.domains.growth.queries.boards import places_of
from trellis.domains.growth.rules.boards import BoardOutcome
from trellis.domains.growth.web.cards import AddCard, on_board, own_card, part
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in

AWAY: dict[str, Any] = {
    "archived": gettext_lazy("The card or the column was archived on another device, so the card could not be moved."),
    "gone": gettext_lazy("The card was deleted on another device, so it could not be moved."),
    "elsewhere": gettext_lazy("The card was moved to another board on another device, so it stays there."),
}
MOST_WAITING = 300


@signed_in
def move(request: Asked, pk: int) -> HttpResponse:
    """Where a card goes: a page with the columns; the script of the board sends the place it was dropped at."""
    found = own_card(request, pk)
    columns = Column.objects.filter(board__owner=request.user).select_related("board")
    column = columns.filter(pk=id_in(request.POST.get("column"))).first()
    if column is None and part(request):
        return _told(BoardOutcome("archived", None, found.column.board.sequence))
    if column is None:
        page = {"card": found, "places": places_of(request.user, found), "refused": request.method == "POST"}
        return render(request, "growth/move.html", page, status=422 if page["refused"] else 200)
    if column.board_id != found.column.board_id and not part(request):
        return _carry(request, found, column)
    outcome = move_card(card=found, column=column, place=_place(request.POST), key=request.POST.get("key", ""))
    if part(request):
        return _told(outcome)
    if not outcome.ok:
        messages.error(request, AWAY[outcome.code])
    return redirect(on_board(column.board_id, card=found.pk, act=outcome.act))


def _told(outcome: BoardOutcome) -> JsonResponse:
    said = "" if outcome.ok else str(AWAY[outcome.code])
    return JsonResponse({"ok": outcome.ok, "act": outcome.act, "sequence": outcome.sequence, "said": said})


def _place(sent: QueryDict) -> Place:
    return Place(id_in(sent.get("after")), id_in(sent.get("before")), sent.get("place") == "first")


def _carry(request: Asked, card: Card, column: Column) -> HttpResponse:
    """To another board, and back to the one it lay on: there is the way back."""
    outcome = carry_card(card=card, column=column, first=request.POST.get("place") == "first")
    if outcome.code == "gone":
        raise Http404
    if not outcome.ok:
        messages.error(request, AWAY[outcome.code])
    elif outcome.left:
        messages.info(request, _("Labels that the other board does not have stayed behind. Undo brings them back."))
    return redirect(on_board(card.column.board_id, act=outcome.act))


@signed_in
@require_POST
def sent(request: Asked, pk: int) -> HttpResponse:
    """What waited to be sent when the page of a board was left, in its order."""
    board = get_object_or_404(Board, pk=pk)
    require(request, "growth.own", board)
    waiting = (QueryDict(text) for text in request.POST.getlist("act")[:MOST_WAITING])
    do_in_order(board=board, changes=[change for one in waiting if (change := _change(one))])
    return HttpResponse(status=204)


def _change(one: QueryDict) -> Move | Addition | None:
    column, key = id_in(one.get("column")), one.get("key", "")
    if "card" in one:
        return Move(id_in(one.get("card")), column, _place(one), key)
    form = AddCard(one)
    return Addition(column, form.cleaned_data["title"], key) if form.is_valid() else None
