"""Making and changing boards and their columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trellis.domains.growth.actions.acts import Kind, count, hold, keep
from trellis.domains.growth.models import Board, Card, Column
from trellis.domains.growth.rules.boards import BoardOutcome, merge
from trellis.domains.growth.rules.ranks import between, following, moved, spread
from trellis.domains.people.models import Person
from trellis.kit import clock


@dataclass(frozen=True)
class NewColumn:
    """A column of a board to be made."""

    name: str
    is_done: bool = False
    limit: int | None = None


def usual_columns() -> tuple[NewColumn, ...]:
    """Those of a board somebody begins with, in the reader's language."""
    return (
        NewColumn(pgettext("a column", "Later")),
        NewColumn(_("This month")),
        NewColumn(_("Doing"), limit=3),
        NewColumn(_("Done"), is_done=True),
    )


@transaction.atomic
def make_board(*, owner: Person, name: str, columns: Iterable[NewColumn] = ()) -> Board:
    """A new board of that person with these columns."""
    board = Board.objects.create(owner=owner, name=name)
    wanted = list(columns)
    Column.objects.bulk_create(
        Column(board=board, name=column.name, rank=rank, is_done=column.is_done, limit=column.limit)
        for column, rank in zip(wanted, spread(len(wanted)), strict=True)
    )
    return board


@transaction.atomic
def default_board(*, owner: Person) -> Board:
    """The board a person begins with: their oldest, or one made now. However often it is asked for, there is one."""
    Person.objects.get_queryset().select_for_update().get(pk=owner.pk)
    there = Board.objects.filter(owner=owner, archived_at=None).first()
    return there or make_board(owner=owner, name=_("My board"), columns=usual_columns())


@transaction.atomic
def rename_board(*, board: Board, name: str, was: str) -> BoardOutcome:
    """Give the board another name; refused (conflict) where another device gave it a third one meanwhile."""
    board = hold(board.pk)
    both = merge({"name": was}, {"name": name}, {"name": board.name})
    if both.conflicts:
        return BoardOutcome("conflict", None, board.sequence, both.conflicts)
    if not both.write:
        return BoardOutcome("already", None, board.sequence)
    board.name = name
    board.save(update_fields=["name"])
    return BoardOutcome("done", None, count(board))


@transaction.atomic
def archive_board(*, board: Board, key: str = "") -> BoardOutcome:
    """Put the board away; nothing of it is lost, and an undo brings it back."""
    board = hold(board.pk)
    if board.archived_at:
        return BoardOutcome("already", None, board.sequence)
    Board.objects.filter(pk=board.pk).update(archived_at=clock.now())
    return keep(board, Kind.BOARD_ARCHIVED, key=key)


@transaction.atomic
def add_column(*, board: Board, name: str, is_done: bool = False, limit: int | None = None) -> Column:
    """One more column, behind the others."""
    board = hold(board.pk)
    last = Column.objects.filter(board=board).order_by("-rank").values_list("rank", flat=True).first()
    count(board)
    return Column.objects.create(board=board, name=name, rank=between(last or "", ""), is_done=is_done, limit=limit)


@transaction.atomic
def change_column(*, column: Column, base: Mapping[str, Any], mine: Mapping[str, Any]) -> BoardOutcome:
    """Another name or limit, or whether what is in it is done: name, limit, is_done, as an edit that began with `base`.

    What another device changed meanwhile stays, unless both changed the same: then nothing is written (conflict).
    """
    board = hold(column.board_id)
    now = board.columns.filter(pk=column.pk, archived_at=None).first()
    if now is None:
        return BoardOutcome("archived", None, board.sequence)
    column = now
    both = merge(base, mine, {name: getattr(column, name) for name in mine})
    if both.conflicts:
        return BoardOutcome("conflict", None, board.sequence, both.conflicts)
    if not both.write:
        return BoardOutcome("already", None, board.sequence)
    if "is_done" in both.write:
        cards = column.cards.filter(archived_at=None)
        if both.write["is_done"]:
            cards.filter(done_at=None).update(done_at=clock.now())
        else:
            cards.update(done_at=None)
    for name, value in both.write.items():
        setattr(column, name, value)
    column.save(update_fields=list(both.write))
    return BoardOutcome("done", None, count(board))


@transaction.atomic
def stand_column(*, column: Column, by: int) -> BoardOutcome:
    """So many places further to the right, or to the left."""
    board = hold(column.board_id)
    columns = {c.pk: c for c in board.columns.filter(archived_at=None)}
    if column.pk not in columns:
        return BoardOutcome("archived", None, board.sequence)
    for pk, rank in zip(moved(list(columns), column.pk, by), spread(len(columns)), strict=True):
        columns[pk].rank = rank
    Column.objects.bulk_update(columns.values(), ["rank"])
    return BoardOutcome("done", None, count(board))


@transaction.atomic
def remove_column(*, column: Column, to: Column | None, key: str = "") -> BoardOutcome:
    """Take a column away; its cards go behind those of another, or into the archive with it."""
    board = hold(column.board_id)
    there = board.columns.filter(pk=column.pk, archived_at=None).first()
    if there is None:
        return BoardOutcome("already", None, board.sequence)
    column = there
    if to is not None and (to.pk == column.pk or not board.columns.filter(pk=to.pk, archived_at=None).exists()):
        return BoardOutcome("archived", None, board.sequence)
    now = clock.now()
    column.archived_at = now
    column.save(update_fields=["archived_at"])
    were: dict[str, Any] = {"ranks": {}}
    if to is None:
        column.cards.filter(archived_at=None).update(archived_at=now)
    else:
        were = _hand_over(column, to)
    return keep(
        board,
        Kind.COLUMN_REMOVED,
        key=key,
        column=column,
        before=were,
        after={"column": to.pk if to else None},
    )


def _hand_over(column: Column, to: Column) -> dict[str, Any]:
    """The cards behind those of the other column; gives the ranks they had, and since when they were done."""
    cards = list(column.cards.filter(archived_at=None))
    were = {
        "ranks": {card.pk: card.rank for card in cards},
        "done": {card.pk: card.done_at.isoformat() for card in cards if card.done_at},
    }
    last = to.cards.filter(archived_at=None).order_by("-rank", "-id").values_list("rank", flat=True).first()
    for card, rank in zip(cards, following(last or "", len(cards)), strict=True):
        card.column, card.rank = to, rank
        card.done_at = (card.done_at or clock.now()) if to.is_done else None
    Card.objects.bulk_update(cards, ["column", "rank", "done_at"])
    return were
