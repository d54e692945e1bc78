"""What was put away: back again, or gone for good."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trellis.domains.growth.actions.archive import delete_for_good, restore_board, restore_column
from trellis.domains.growth.actions.cards import restore_card
from trellis.domains.growth.models import Board, Card, Column
from trellis.domains.growth.queries.looking import archived_boards, archived_cards, archived_columns
from trellis.domains.people.asking import Asked
from trellis.kit.access import signed_in
from trellis.kit.ids import id_in
from trellis.kit.paging import page_of


@signed_in
def archived(request: Asked) -> HttpResponse:
    """Cards, columns and boards of one's own that were put away; POST brings one back, or deletes it for good."""
    if request.method == "POST":
        return _act(request)
    page = {
        "page": page_of(request, archived_cards(request.user)),
        "columns": archived_columns(request.user),
        "boards": archived_boards(request.user),
    }
    return render(request, "growth/archive.html", page)


def _act(request: Asked) -> HttpResponse:
    what = request.POST.get("what", "")
    mine: dict[str, Any] = {
        "card": Card.objects.filter(column__board__owner=request.user).select_related("column"),
        "column": Column.objects.filter(board__owner=request.user),
        "board": Board.objects.filter(owner=request.user),
    }
    thing = mine[what].filter(pk=id_in(request.POST.get("pk"))).first() if what in mine else None
    if thing is None:
        messages.warning(request, _("It is not here any more, so nothing was done."))
    elif request.POST.get("do") == "delete":
        if delete_for_good(thing=thing):
            messages.success(request, _("Deleted for good."))
    elif _restored(thing):
        messages.success(request, _("It is back where it was."))
    else:
        messages.error(
            request, _("Its board has no column any more. Add one in the settings of the board, then restore it.")
        )
    return redirect("growth:archived")


def _restored(thing: Card | Column | Board) -> bool:
    if isinstance(thing, Card):
        return restore_card(card=thing) or not thing.archived_at
    if isinstance(thing, Column):
        restore_column(column=thing)
    else:
        restore_board(board=thing)
    return True
