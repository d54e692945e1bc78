"""Boards as plain data, to be written to a file or made again."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch

from trellis.domains.growth.models import Board, Card, Column, Comment, Label
from trellis.domains.growth.rules.outline import (
    BoardOutline,
    CardOutline,
    ColumnOutline,
    CommentOutline,
    LabelOutline,
    StepOutline,
)

LINKS = ("goal", "key_result", "position", "competency", "course")


def outlines_of(boards: Iterable[Board]) -> list[BoardOutline]:
    """Each board with its columns, cards, labels, steps and comments, archived ones too. Six statements for all."""
    wanted = list(boards)
    ids = [board.pk for board in wanted]
    cards: dict[int, list[Card]] = defaultdict(list)
    for card in _cards(ids):
        cards[card.column_id].append(card)
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in Column.objects.filter(board__in=ids):
        columns[column.board_id].append(column)
    labels: dict[int, list[LabelOutline]] = defaultdict(list)
    for label in Label.objects.filter(board__in=ids):
        labels[label.board_id].append(LabelOutline(label.name, label.tone))
    return [
        BoardOutline(
            board.name,
            tuple(_column(column, cards[column.pk], board.owner_id) for column in columns[board.pk]),
            tuple(labels[board.pk]),
        )
        for board in wanted
    ]


def _cards(board_ids: list[int]) -> Iterable[Card]:
    comments = Prefetch("comments", Comment.objects.select_related("author"))
    return (
        Card.objects.filter(column__board__in=board_ids)
        .select_related(*LINKS)
        .prefetch_related("labels", "checklist", comments)
    )


def _column(column: Column, cards: list[Card], owner: int) -> ColumnOutline:
    return ColumnOutline(
        name=column.name,
        cards=tuple(_card(card, owner) for card in cards),
        is_done=column.is_done,
        limit=column.limit,
        is_archived=column.archived_at is not None,
    )


def _card(card: Card, owner: int) -> CardOutline:
    return CardOutline(
        title=card.title,
        notes=card.notes,
        due_on=card.due_on,
        labels=tuple(label.name for label in card.labels.all()),
        steps=tuple(StepOutline(step.text, step.is_done) for step in card.checklist.all()),
        comments=tuple(
            CommentOutline(said.text, "" if said.author_id == owner else said.author.name, said.said_at)
            for said in card.comments.all()
        ),
        made_at=card.made_at,
        done_at=card.done_at,
        is_done=card.done_at is not None,
        is_archived=card.archived_at is not None,
        goal=card.goal.title if card.goal else "",
        key_result=card.key_result.title if card.key_result else "",
        position=card.position.code if card.position else "",
        competency=card.competency.code if card.competency else "",
        course=card.course.code if card.course else "",
    )
