"""Writing a whole board at once: from a file, from another board, from a beginning."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from trellis.domains.careers.models import Competency
from trellis.domains.growth.models import Board, Card, ChecklistItem, Column, Comment, Label
from trellis.domains.growth.rules.outline import BoardOutline, CardOutline, short
from trellis.domains.growth.rules.ranks import spread
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, Position
from trellis.kit import clock

Tell = Callable[[int, int], None]
AT_ONCE = 500
LONGEST_COMMENT = 4_000


def no_word(done: int, total: int) -> None:
    """Nobody waits for a word on how far it is."""


@transaction.atomic
def write_outline(*, owner: Person, outline: BoardOutline, tell: Tell = no_word) -> Board:
    """A new board of that person with all that the outline holds, in a number of statements that grows by the hundred.

    What a code names that is not here is left out. `tell` hears how many cards are written, of how many.
    """
    return _Writer(owner, outline, tell).write()


class _Writer:
    def __init__(self, owner: Person, outline: BoardOutline, tell: Tell) -> None:
        self.owner, self.outline, self.tell = owner, outline, tell
        self.now = clock.now()
        self.cards = list(outline.cards())

    def write(self) -> Board:
        board = Board.objects.create(owner=self.owner, name=self.outline.name or _("Without a name"))
        self.labels = _made(Label(board=board, name=label.name, tone=label.tone) for label in self.outline.labels)
        self.by_name = {label.name: label for label in self.labels}
        self.linked = {
            "position": _by_code(Position, {card.position for card in self.cards}),
            "competency": _by_code(Competency, {card.competency for card in self.cards}),
            "course": _by_code(Course, {card.course for card in self.cards}),
        }
        self._columns(board)
        return board

    def _columns(self, board: Board) -> None:
        outlines = self.outline.columns
        columns = _made(
            Column(
                board=board,
                name=outline.name or _("Without a name"),
                rank=rank,
                is_done=outline.is_done,
                limit=outline.limit,
                archived_at=self.now if outline.is_archived else None,
            )
            for outline, rank in zip(outlines, spread(len(outlines)), strict=True)
        )
        written = 0
        for column, outline in zip(columns, outlines, strict=True):
            ranked = zip(outline.cards, spread(len(outline.cards)), strict=True)
            while batch := list(islice(ranked, AT_ONCE)):
                self._cards(column, batch)
                written += len(batch)
                self.tell(written, len(self.cards))

    def _cards(self, column: Column, batch: list[tuple[CardOutline, str]]) -> None:
        outlines = [outline for outline, _rank in batch]
        cards = _made(self._card(column, outline, rank) for outline, rank in batch)
        through: Any = Card.labels.through
        pairs = list(zip(cards, outlines, strict=True))
        _made(
            (
                through(card_id=card.pk, label_id=self.by_name[name].pk)
                for card, outline in pairs
                for name in outline.labels
                if name in self.by_name
            ),
            through,
        )
        _made(
            ChecklistItem(card=card, text=step.text, rank=rank, is_done=step.is_done)
            for card, outline in pairs
            for step, rank in zip(outline.steps, spread(len(outline.steps)), strict=True)
        )
        _made(
            Comment(card=card, author=self.owner, text=_said(said.text, said.by), said_at=said.said_at or self.now)
            for card, outline in pairs
            for said in outline.comments
        )

    def _card(self, column: Column, outline: CardOutline, rank: str) -> Card:
        return Card(
            column=column,
            rank=rank,
            title=outline.title or _("Without a title"),
            notes=outline.notes,
            due_on=outline.due_on,
            made_at=outline.made_at or self.now,
            changed_at=self.now,
            done_at=self._done_at(column, outline),
            archived_at=self.now if outline.is_archived or column.archived_at else None,
            position=self.linked["position"].get(outline.position),
            competency=self.linked["competency"].get(outline.competency),
            course=self.linked["course"].get(outline.course),
        )

    def _done_at(self, column: Column, outline: CardOutline) -> datetime | None:
        return outline.done_at or (self.now if outline.is_done or column.is_done else None)


def _said(text: str, by: str) -> str:
    return short(f"{by}: {text}" if by else text, LONGEST_COMMENT)


def _made(things: Iterable[Any], model: Any = None) -> list[Any]:
    rows = list(things)
    if not rows:
        return rows
    manager = (model or type(rows[0]))._default_manager
    return list(manager.bulk_create(rows, batch_size=AT_ONCE))


def _by_code(model: type[Position | Competency | Course], codes: set[str]) -> dict[str, Any]:
    wanted = sorted(filter(None, codes))[:AT_ONCE]
    found: Any = model._default_manager.filter(code__in=wanted) if wanted else ()
    return {thing.code: thing for thing in found}
