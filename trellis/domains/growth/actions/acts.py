"""Keeping what was done to a board, so that it is done once and can be undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from trellis.domains.growth.models import Board, BoardAct, Card, ChecklistItem, Column, Label
from trellis.domains.growth.rules.boards import BoardOutcome
from trellis.kit import clock
from trellis.kit.ids import new_key

Kind = BoardAct.Kind


def hold(board_id: int) -> Board:
    """The board, held until the end of the transaction: its changes come one after the other."""
    return Board.objects.select_for_update().get(pk=board_id)


def hold_card(card: Card) -> tuple[Board, Card] | None:
    """The board on which a card lies now, held, and the card as it is now; None when it was deleted for good."""
    where = Card.objects.filter(pk=card.pk).values_list("column__board", flat=True)
    board = Board.objects.select_for_update().filter(pk__in=list(where)).first()
    now = Card.objects.select_related("column").filter(pk=card.pk).first()
    if board is None or now is None:
        return None
    if now.column.board_id != board.pk:  # it was carried to another board in this very moment
        board = hold(now.column.board_id)
    return board, now


def hold_all(owner: int) -> dict[int, Board]:
    """All boards of a person, held in one order, for what goes from one to another; by id."""
    return {board.pk: board for board in Board.objects.select_for_update().filter(owner=owner).order_by("pk")}


def hold_cards(**of: Any) -> None:
    """Hold cards that are to be deleted: who is about to say something to one of them is waited for, or comes late."""
    list(Card.objects.select_for_update().filter(**of).order_by("pk").values_list("pk"))


def count(board: Board) -> int:
    """Say that the board changed; gives its new sequence."""
    Board.objects.filter(pk=board.pk).update(sequence=F("sequence") + 1)
    board.sequence += 1
    return board.sequence


def seen(board: Board, kind: BoardAct.Kind, key: str) -> BoardAct | None:
    """What of this kind was done under this key already."""
    return BoardAct.objects.filter(board=board, key=_key(kind, key)).first() if key else None


def _key(kind: BoardAct.Kind, key: str) -> str:
    """Two forms of one page may carry the same key, and do different things."""
    return f"{key[:32]}:{kind[:7]}"


def keep(
    board: Board,
    kind: BoardAct.Kind,
    *,
    key: str = "",
    card: Card | None = None,
    column: Column | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> BoardOutcome:
    """Write down what was done."""
    act = BoardAct.objects.create(
        board=board,
        kind=kind,
        key=_key(kind, key or new_key()),
        card=card,
        column=column,
        before=dict(before or {}),
        after=dict(after or {}),
    )
    return BoardOutcome("done", act.pk, count(board))


@transaction.atomic
def undo(*, act: BoardAct) -> BoardOutcome:
    """Take a change back, if what it changed is still as the change left it; otherwise say that it is not."""
    if act.kind == Kind.CARRIED:  # of two boards
        hold_all(act.board.owner_id)
    board = hold(act.board_id)
    now = BoardAct.objects.select_related("card__column__board", "column").filter(pk=act.pk).first()
    if now is None:
        return BoardOutcome("gone", None, board.sequence)
    act = now
    if act.undone_at:
        return BoardOutcome("already", act.pk, board.sequence)
    elsewhere = act.card and act.card.column.board_id != board.pk and act.kind != Kind.CARRIED
    if elsewhere or not UNDO[Kind(act.kind)](act, board):
        return BoardOutcome("changed", act.pk, board.sequence)
    act.undone_at = clock.now()
    act.save(update_fields=["undone_at"])
    return BoardOutcome("done", act.pk, count(board))


def _card(act: BoardAct, change: Mapping[str, Any], **still: Any) -> bool:
    """Change the card of the act, if it is still so."""
    return act.card is not None and bool(
        Card.objects.filter(pk=act.card.pk, **still).update(**change, changed_at=clock.now())
    )


def _added(act: BoardAct, board: Board) -> bool:
    return _card(act, {"archived_at": clock.now()}, archived_at=None)


def _moved(act: BoardAct, board: Board) -> bool:
    if not board.columns.filter(pk=act.before["column"], archived_at=None).exists():
        return False
    back = {"column_id": act.before["column"], "rank": act.before["rank"], "done_at": act.before["done_at"]}
    return _card(act, back, column_id=act.after["column"], rank=act.after["rank"], archived_at=None)


def _edited(act: BoardAct, board: Board) -> bool:
    card = act.card
    if card is None:
        return False
    labels = set(card.labels.values_list("pk", flat=True)) if "labels" in act.after else set()
    now = {name: str(getattr(card, name) or "") for name in act.after if name != "labels"}
    if any(now[name] != act.after[name] for name in now):
        return False
    before = {name: value or None if name == "due_on" else value for name, value in act.before.items()}
    kept = before.pop("labels", None)
    if kept is not None and act.after["labels"] != sorted(labels):
        return False
    if kept is not None:
        card.labels.set(Label.objects.filter(board=board, pk__in=kept))
    return _card(act, {**before, "revision": F("revision") + 1})


def _archived(act: BoardAct, board: Board) -> bool:
    return act.card is not None and restore(act.card, board)


def restore(card: Card, board: Board) -> bool:
    """Put an archived card back where it was, or first in the first column when its column is gone."""
    if not card.archived_at:
        return False
    if card.column.archived_at:
        first = board.columns.filter(archived_at=None).first()
        if first is None:
            return False
        card.column = first
    card.archived_at = None
    card.save(update_fields=["archived_at", "column"])
    return True


def _step_added(act: BoardAct, board: Board) -> bool:
    return ChecklistItem.objects.filter(pk=act.after["step"]).delete()[0] > 0


def _step_removed(act: BoardAct, board: Board) -> bool:
    if act.card is not None:
        act.card.checklist.create(**act.before)
    return act.card is not None


def _label_removed(act: BoardAct, board: Board) -> bool:
    label, _ = Label.objects.get_or_create(board=board, name=act.before["name"], defaults={"tone": act.before["tone"]})
    label.cards.add(*Card.objects.filter(column__board=board, pk__in=act.before["cards"]))
    return True


def _column_removed(act: BoardAct, board: Board) -> bool:
    column = act.column
    if column is None or not column.archived_at:
        return False
    gone_at = column.archived_at
    column.archived_at = None
    column.save(update_fields=["archived_at"])
    column.cards.filter(archived_at=gone_at).update(archived_at=None)
    ranks, done = act.before["ranks"], act.before.get("done", {})  # keys of JSON are texts
    cards = list(Card.objects.filter(pk__in=map(int, ranks), column_id=act.after["column"], archived_at=None))
    for card in cards:
        since = done.get(str(card.pk))
        card.column, card.rank = column, ranks[str(card.pk)]
        card.done_at = datetime.fromisoformat(since) if since else None
    Card.objects.bulk_update(cards, ["column", "rank", "done_at"])
    return True


def _carried(act: BoardAct, board: Board) -> bool:
    card = act.card
    if card is None or not _moved(act, board):
        return False
    card.labels.set(Label.objects.filter(board=board, pk__in=act.before["labels"]))
    count(card.column.board)  # where it was until now; it was read before
    return True


def _board_archived(act: BoardAct, board: Board) -> bool:
    return bool(Board.objects.filter(pk=board.pk, archived_at__isnull=False).update(archived_at=None))


UNDO = {
    Kind.ADDED: _added,
    Kind.MOVED: _moved,
    Kind.EDITED: _edited,
    Kind.ARCHIVED: _archived,
    Kind.STEP_ADDED: _step_added,
    Kind.STEP_REMOVED: _step_removed,
    Kind.LABEL_REMOVED: _label_removed,
    Kind.COLUMN_REMOVED: _column_removed,
    Kind.BOARD_ARCHIVED: _board_archived,
    Kind.CARRIED: _carried,
}
