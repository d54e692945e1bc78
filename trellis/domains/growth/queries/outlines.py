"""Boards as plain data, to be written to a file or made again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from trellis.domains.growth.models import Board, Card, ChecklistItem, Column, Comment, Label
from trellis.domains.growth.rules.outline import (
    BoardOutline,
    CardOutline,
    ColumnOutline,
    CommentOutline,
    LabelOutline,
    StepOutline,
)

CARD = (
    *("pk", "column_id", "title", "notes", "due_on", "made_at", "done_at", "archived_at"),
    *("goal__title", "key_result__title", "position__code", "competency__code", "course__code"),
)


@dataclass
class _Parts:
    """What hangs on cards, by their ids. Plain rows: of ten thousand cards, models would take seconds."""

    labels: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[int, list[StepOutline]] = field(default_factory=lambda: defaultdict(list))
    comments: dict[int, list[CommentOutline]] = field(default_factory=lambda: defaultdict(list))


def outlines_of(boards: Iterable[Board]) -> list[BoardOutline]:
    """Each board with its columns, cards, labels, steps and comments, archived ones too. Six statements for all."""
    wanted = list(boards)
    ids = [board.pk for board in wanted]
    parts = _parts(ids, {board.pk: board.owner_id for board in wanted})
    cards: dict[int, list[CardOutline]] = defaultdict(list)
    for row in Card.objects.filter(column__board__in=ids).values(*CARD):
        cards[row["column_id"]].append(_card(row, parts))
    columns: dict[int, list[ColumnOutline]] = defaultdict(list)
    for column in Column.objects.filter(board__in=ids):
        columns[column.board_id].append(_column(column, cards[column.pk]))
    labels: dict[int, list[LabelOutline]] = defaultdict(list)
    for label in Label.objects.filter(board__in=ids):
        labels[label.board_id].append(LabelOutline(label.name, label.tone))
    return [BoardOutline(board.name, tuple(columns[board.pk]), tuple(labels[board.pk])) for board in wanted]


def _parts(board_ids: list[int], owners: dict[int, int]) -> _Parts:
    parts = _Parts()
    through: Any = Card.labels.through
    tied = through.objects.filter(card__column__board__in=board_ids).order_by("label__name", "label_id")
    for card, name in tied.values_list("card_id", "label__name"):
        parts.labels[card].append(name)
    steps = ChecklistItem.objects.filter(card__column__board__in=board_ids)
    for card, text, is_done in steps.values_list("card_id", "text", "is_done"):
        parts.steps[card].append(StepOutline(text, is_done))
    said = Comment.objects.filter(card__column__board__in=board_ids)
    about = ("card_id", "card__column__board_id", "author_id", "author__name", "text", "said_at")
    for card, board, author, name, text, at in said.values_list(*about):
        by = "" if author == owners[board] else name
        parts.comments[card or 0].append(CommentOutline(text, by, at))
    return parts


def _column(column: Column, cards: list[CardOutline]) -> ColumnOutline:
    return ColumnOutline(
        name=column.name,
        cards=tuple(cards),
        is_done=column.is_done,
        limit=column.limit,
        is_archived=column.archived_at is not None,
    )


def _card(row: dict[str, Any], parts: _Parts) -> CardOutline:
    pk = row["pk"]
    return CardOutline(
        title=row["title"],
        notes=row["notes"],
        due_on=row["due_on"],
        labels=tuple(parts.labels.get(pk, ())),
        steps=tuple(parts.steps.get(pk, ())),
        comments=tuple(parts.comments.get(pk, ())),
        made_at=row["made_at"],
        done_at=row["done_at"],
        is_done=row["done_at"] is not None,
        is_archived=row["archived_at"] is not None,
        goal=row["goal__title"] or "",
        key_result=row["key_result__title"] or "",
        position=row["position__code"] or "",
        competency=row["competency__code"] or "",
        course=row["course__code"] or "",
    )
