"""The board: its page, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import boards as actions
from trellis.domains.growth.actions.acts import undo
from trellis.domains.growth.models import Board, BoardAct
from trellis.domains.growth.queries.boards import (
    board_beside_others,
    boards_of,
    lanes,
    what_was_done,
    what_was_put_away,
)
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
    """All boards of one's own, and the way back for the one that was just put away."""
    act = what_was_put_away(request.user, request.GET.get("did", ""))
    return render(request, "growth/boards.html", {"boards": boards_of(request.user), "act": act})


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
    }
    return render(request, "growth/board.html", page)


@signed_in
@require_POST
def archive(request: Asked, pk: int) -> HttpResponse:
    """Put a board away."""
    found = own_board(request, pk)
    act = actions.archive_board(board=found).act
    messages.success(request, _("The board is in the archive, with everything on it."))
    return redirect(f"/boards/{f'?did={act}' if act else ''}")


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
