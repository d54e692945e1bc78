"""A card to another board of its owner; and several changes of one board as one act."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from trellis.domains.growth.actions.acts import Kind, count, hold, hold_all, keep
from trellis.domains.growth.actions.cards import Place, add_card, move_card, rank_in
from trellis.domains.growth.models import Board, Card, Column
from trellis.kit import clock


@dataclass(frozen=True)
class Carried:
    """`done` | `already` (it is there) | `archived` (card, column or board) | `gone`; `act` is one of the old board.

    `left` names the labels that the other board does not know: they stay behind, and an undo brings them back.
    """

    code: str
    act: int | None = None
    left: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code in ("done", "already")


@transaction.atomic
def carry_card(*, card: Card, column: Column, first: bool = False) -> Carried:
    """Put a card into a column of another board of the same owner, with the labels that have a namesake there.

    Of two devices the later one wins; the other is told that its board changed.
    """
    boards = hold_all(card.column.board.owner_id)
    now = Card.objects.select_related("column").filter(pk=card.pk).first()
    if now is None:
        return Carried("gone")
    there = Column.objects.filter(pk=column.pk, archived_at=None, board__in=boards, board__archived_at=None).first()
    if now.archived_at or now.column.archived_at or there is None:
        return Carried("archived")
    source, target = boards[now.column.board_id], boards[there.board_id]
    if source == target:
        return Carried("already")
    labels = {label.pk: label.name for label in now.labels.all()}
    known = {label.name: label for label in target.labels.filter(name__in=labels.values())}
    before = {
        "column": now.column_id,
        "rank": now.rank,
        "done_at": now.done_at.isoformat() if now.done_at else None,
        "labels": sorted(labels),
    }
    now.rank = rank_in(there, Place(first=first))
    now.done_at = (now.done_at or clock.now()) if there.is_done else None
    now.column = there
    now.save(update_fields=["rank", "column", "done_at"])
    now.labels.set(known.values())
    after = {"column": there.pk, "rank": now.rank}
    act = keep(source, Kind.CARRIED, card=now, column=there, before=before, after=after).act
    count(target)
    return Carried("done", act, tuple(name for name in labels.values() if name not in known))


@dataclass(frozen=True)
class Move:
    """A card to a place of the same board."""

    card: int
    column: int
    place: Place
    key: str


@dataclass(frozen=True)
class Addition:
    """A new card."""

    column: int
    title: str
    key: str


@transaction.atomic
def do_in_order(*, board: Board, changes: Iterable[Move | Addition]) -> None:
    """What waited on a page that was left, one after the other and nothing in between. What was done is not done twice.

    What cannot be done any more (a card that was archived, a column that was taken away) is left out.
    """
    board = hold(board.pk)
    for change in changes:
        column = board.columns.filter(pk=change.column, archived_at=None).first()
        if column is None:
            continue
        if isinstance(change, Addition):
            add_card(column=column, title=change.title, key=change.key)
        elif card := Card.objects.filter(pk=change.card, column__board=board).first():
            move_card(card=card, column=column, place=change.place, key=change.key)
