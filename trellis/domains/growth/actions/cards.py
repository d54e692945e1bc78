"""Adding, moving, editing and archiving cards. A key, made where the change was made, lets it happen once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from trellis.domains.careers.models import Competency
from trellis.domains.growth.actions.acts import Kind, hold, hold_card, keep, restore, seen
from trellis.domains.growth.actions.boards import default_board
from trellis.domains.growth.models import Board, Card, Column, Goal, KeyResult
from trellis.domains.growth.rules.boards import BoardOutcome, merge
from trellis.domains.growth.rules.ranks import LONGEST, between, spread
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, Position
from trellis.kit import clock


@transaction.atomic
def add_card(
    *,
    column: Column,
    title: str,
    notes: str = "",
    due_on: date | None = None,
    goal: Goal | None = None,
    key_result: KeyResult | None = None,
    position: Position | None = None,
    competency: Competency | None = None,
    course: Course | None = None,
    origin: str = "",
    key: str = "",
) -> Card:
    """A new card behind the others of the column.

    `origin` names what it came from (such as "meeting-action:17"): of one owner it comes once, and the card that is
    there is given back, archived or not. The same `key` with the same title gives the card it made before.
    """
    board = hold(column.board_id)
    column = _open_column(board, column)
    before = seen(board, Kind.ADDED, key)
    if before and before.card and before.card.title == title:
        return before.card
    now = clock.now()
    values = {
        "column": column,
        "title": title,
        "notes": notes,
        "due_on": due_on,
        "goal": goal,
        "key_result": key_result,
        "position": position,
        "competency": competency,
        "course": course,
        "rank": _rank(_cards(column), column),
        "done_at": now if column.is_done else None,
    }
    if origin:
        card, is_new = Card.objects.get_or_create(origin=f"{board.owner_id}:{origin}", defaults=values)
    else:
        card, is_new = Card.objects.create(**values), True
    if is_new:
        keep(board, Kind.ADDED, key="" if before else key, card=card)
    return card


def put_on_my_board(*, owner: Person, title: str, origin: str = "", **more: Any) -> Card:
    """A card in the first column of the board that its owner begins with. See `add_card`."""
    board = default_board(owner=owner)
    column = board.columns.filter(archived_at=None).first() or Column(board=board)
    return add_card(column=column, title=title, origin=origin, **more)


def _open_column(board: Board, column: Column) -> Column:
    """The column as it is now; the first of the board where it was taken away meanwhile, a new one where none is."""
    columns = board.columns.filter(archived_at=None)
    return (
        columns.filter(pk=column.pk).first()
        or columns.first()
        or Column.objects.create(board=board, name=board.name[:80], rank=between("", ""))
    )


def _cards(column: Column, *, without: Card | None = None) -> QuerySet[Card]:
    cards = Card.objects.filter(column=column, archived_at=None)
    return cards.exclude(pk=without.pk) if without else cards


@dataclass(frozen=True)
class Place:
    """Where in a column: behind the card `after`, or else in front of the card `before`, or first, or last.

    Both neighbours are told as they were seen; one of them may be gone.
    """

    after: int | None = None
    before: int | None = None
    first: bool = False


def _rank(mates: QuerySet[Card], column: Column, place: Place | None = None) -> str:
    """A rank at that place among the cards; where there is no room left, the column is spread anew."""
    low, high = _neighbours(mates, place or Place())
    rank = between(low, high)
    if len(rank) <= LONGEST:
        return rank
    cards = list(mates)
    for card, new in zip(cards, spread(len(cards)), strict=True):
        card.rank = new
    Card.objects.bulk_update(cards, ["rank"])
    return between(*_neighbours(mates, place or Place()))


def rank_in(column: Column, place: Place) -> str:
    """A rank at that place for a card that comes from elsewhere."""
    return _rank(_cards(column), column, place)


def _neighbours(mates: QuerySet[Card], place: Place) -> tuple[str, str]:
    ranks = mates.order_by("rank").values_list("rank", flat=True)
    there = dict(mates.filter(pk__in=[pk for pk in (place.after, place.before) if pk]).values_list("pk", "rank"))
    if place.after in there:
        low = there[place.after]
        return low, ranks.filter(rank__gt=low).first() or ""
    if place.before in there:
        high = there[place.before]
        return ranks.filter(rank__lt=high).last() or "", high
    if place.first:
        return "", ranks.first() or ""
    return ranks.last() or "", ""


@transaction.atomic
def move_card(*, card: Card, column: Column, place: Place, key: str = "") -> BoardOutcome:
    """Put a card somewhere else on its board. Of two devices the later one wins; see `BoardOutcome` for the rest."""
    held = hold_card(card)
    if held is None:
        return BoardOutcome("gone")
    board, card = held
    done = seen(board, Kind.MOVED, key)
    if done:
        return BoardOutcome("already", done.pk, board.sequence)
    if column.board_id != board.pk:
        return BoardOutcome("elsewhere", None, board.sequence)
    there = board.columns.filter(pk=column.pk, archived_at=None).first()
    if card.archived_at or there is None:
        return BoardOutcome("archived", None, board.sequence)
    column = there
    before = {
        "column": card.column_id,
        "rank": card.rank,
        "done_at": card.done_at.isoformat() if card.done_at else None,
    }
    card.rank = _rank(_cards(column, without=card), column, place)
    if column.is_done:
        card.done_at = card.done_at or clock.now()
    elif column != card.column:  # a card that came as done from elsewhere stays so within its column
        card.done_at = None
    card.column = column
    card.save(update_fields=["rank", "column", "done_at"])
    after = {"column": column.pk, "rank": card.rank}
    return keep(board, Kind.MOVED, key=key, card=card, column=column, before=before, after=after)


@dataclass(frozen=True)
class EditOutcome:
    """What became of an edit: saved, unchanged, gone (deleted for good), or conflict with what the other one wrote.

    `conflicts` is by field. `archived`: the card was put away meanwhile; what was written is kept all the same.
    """

    code: str
    act: int | None = None
    archived: bool = False
    conflicts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def edit_card(*, card: Card, base: Mapping[str, Any], mine: Mapping[str, Any]) -> EditOutcome:
    """Write what was changed in a form that was filled with `base`: title, notes, due_on, labels (a frozenset of ids).

    What another device wrote meanwhile in other fields stays; where both wrote the same field, nothing is written.
    Sent twice it is unchanged the second time, so that it needs no key.
    """
    held = hold_card(card)
    if held is None:
        return EditOutcome("gone")
    board, card = held
    archived = bool(card.archived_at)
    labels = frozenset(card.labels.values_list("pk", flat=True))
    theirs = {name: labels if name == "labels" else getattr(card, name) for name in mine}
    both = merge(base, mine, theirs)
    if both.conflicts:
        return EditOutcome("conflict", None, archived, both.conflicts)
    if not both.write:
        return EditOutcome("unchanged", None, archived)
    for name, value in both.write.items():
        if name == "labels":
            card.labels.set(board.labels.filter(pk__in=value))
        else:
            setattr(card, name, value)
    card.revision += 1
    card.changed_at = clock.now()
    card.save()
    after = {name: _plain(value) for name, value in both.write.items()}
    before = {name: _plain(theirs[name]) for name in both.write}
    return EditOutcome("saved", keep(board, Kind.EDITED, card=card, before=before, after=after).act, archived)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value or "")


@transaction.atomic
def archive_card(*, card: Card, key: str = "") -> BoardOutcome:
    """Put a card away; an undo, or the archive, brings it back."""
    held = hold_card(card)
    if held is None:
        return BoardOutcome("gone")
    board, card = held
    if card.archived_at:
        return BoardOutcome("already", None, board.sequence)
    card.archived_at = clock.now()
    card.save(update_fields=["archived_at"])
    return keep(board, Kind.ARCHIVED, key=key, card=card)


@transaction.atomic
def restore_card(*, card: Card) -> bool:
    """Bring an archived card back. Says whether there was a column for it."""
    held = hold_card(card)
    return held is not None and restore(held[1], held[0])
