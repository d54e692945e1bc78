"""Out of the archive: back to where it was, or gone for good."""

from django.db import transaction
from django.db.models import Model

from trellis.domains.growth.actions.acts import count, hold, hold_cards
from trellis.domains.growth.models import Board, Card, Column

UNDER: dict[type[Model], str] = {Board: "column__board", Column: "column", Card: "pk"}


@transaction.atomic
def restore_board(*, board: Board) -> None:
    """Bring a board back, as it was."""
    board = hold(board.pk)
    Board.objects.filter(pk=board.pk).update(archived_at=None)
    count(board)


@transaction.atomic
def restore_column(*, column: Column) -> None:
    """Bring a column back, with the cards that went with it; nothing when it is back, or was deleted for good."""
    board = hold(column.board_id)
    away = Column.objects.filter(pk=column.pk, archived_at__isnull=False).first()
    if away is None:
        return
    column = away
    column.cards.filter(archived_at=column.archived_at).update(archived_at=None)
    column.archived_at = None
    column.save(update_fields=["archived_at"])
    count(board)


@transaction.atomic
def delete_for_good(*, thing: Board | Column | Card) -> bool:
    """Delete what is archived, with all that hangs on it, what was said to it and how it came to be. No way back.

    Says whether it was there to be deleted: what somebody brought back meanwhile stays.
    """
    board = hold(_board_of(thing))
    hold_cards(**{UNDER[type(thing)]: thing.pk})
    away = type(thing)._default_manager.filter(pk=thing.pk, archived_at__isnull=False)
    deleted = away.delete()[0]
    if deleted and not isinstance(thing, Board):
        count(board)
    return bool(deleted)


def _board_of(thing: Board | Column | Card) -> int:
    if isinstance(thing, Board):
        return thing.pk
    return thing.board_id if isinstance(thing, Column) else thing.column.board_id
