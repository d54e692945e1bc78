"""A board as its page shows it, and one card of it, in a number of statements that does not grow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from trellis.domains.growth.models import Board, BoardAct, Card, Column
from trellis.domains.people.models import Person
from trellis.kit.ids import id_in

SHOWN = 40  # cards of a column before "show the rest"
MORE = 200  # cards that are loaded at once after that


@dataclass(frozen=True)
class Lane:
    """A column with its first cards; `count` is of all that are in it."""

    column: Column
    cards: tuple[Card, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown yet."""
        return self.count - len(self.cards)

    @property
    def over(self) -> bool:
        """Whether there are more than its owner wanted."""
        return self.column.limit is not None and self.count > self.column.limit


def boards_of(person: Person) -> QuerySet[Board]:
    """The boards of a person that are not archived, the oldest first."""
    return Board.objects.filter(owner=person, archived_at=None)


def board_beside_others(pk: int, person: Person) -> tuple[Board | None, list[Board]]:
    """The board with that id, whoever owns it, and the person's own boards in use. One statement."""
    either = Board.objects.filter(Q(pk=pk) | Q(owner=person, archived_at=None)).select_related("owner")
    found = list(either)
    own = [board for board in found if board.owner_id == person.pk and board.archived_at is None]
    return next((board for board in found if board.pk == pk), None), own


def columns_of(board: Board) -> QuerySet[Column]:
    """The columns in use, each with the number of its cards as `n`."""
    return board.columns.filter(archived_at=None).annotate(n=Count("cards", filter=Q(cards__archived_at=None)))


@dataclass(frozen=True)
class Ground:
    """A board a card may be put on, with its columns in use, and how many may read it besides its owner."""

    board: Board
    columns: tuple[Column, ...]
    readers: int


def places_of(person: Person, card: Card) -> list[Ground]:
    """Where the card may go: its own board first, then the others that have a column. Two statements."""
    own = card.column.board_id
    boards = boards_of(person).annotate(readers=Count("shares", filter=Q(shares__ended_at=None)))
    columns: dict[int, list[Column]] = defaultdict(list)
    used = Column.objects.filter(board__owner=person, archived_at=None)
    for column in used.annotate(n=Count("cards", filter=Q(cards__archived_at=None))):
        columns[column.board_id].append(column)
    grounds = [Ground(board, tuple(columns[board.pk]), board.readers) for board in boards if columns[board.pk]]
    return sorted(grounds, key=lambda ground: ground.board.pk != own)


def lanes(board: Board, *, whole: int = 0) -> list[Lane]:
    """The board, column by column, with the first cards of each; of `whole` all of them. Three statements."""
    columns = list(columns_of(board))
    place = Window(RowNumber(), partition_by=F("column_id"), order_by=[F("rank"), F("id")])
    first = Card.objects.filter(column__in=[c.pk for c in columns], archived_at=None).annotate(place=place)
    found: dict[int, list[Card]] = defaultdict(list)
    shown = first.filter(Q(place__lte=SHOWN) | Q(column=whole)).values("pk")
    for card in drawn(Card.objects.filter(pk__in=shown)):
        found[card.column_id].append(card)
    return [Lane(column, tuple(found[column.pk]), column.n) for column in columns]  # type: ignore[attr-defined]


def drawn(cards: QuerySet[Card]) -> QuerySet[Card]:
    """Cards with what their faces show: labels, steps done, comments, what they belong to. Two statements."""
    return (
        cards.annotate(
            steps=Count("checklist", distinct=True),
            steps_done=Count("checklist", filter=Q(checklist__is_done=True), distinct=True),
            said=Count("comments", distinct=True),
        )
        .select_related("goal", "key_result")
        .prefetch_related("labels")
        .order_by("rank", "id")
    )


def rest_of(column: Column, after: Card | None) -> list[Card]:
    """The next cards of a column, behind that one."""
    cards = Card.objects.filter(column=column, archived_at=None)
    if after is not None:
        cards = cards.filter(Q(rank__gt=after.rank) | Q(rank=after.rank, pk__gt=after.pk))
    return list(drawn(cards)[:MORE])


def what_was_done(board: Board, act_id: str) -> BoardAct | None:
    """The act that the page offers to take back: its id comes from the address."""
    return BoardAct.objects.filter(board=board, pk=id_in(act_id), undone_at=None).first()


def what_was_put_away(owner: Person, act_id: str) -> BoardAct | None:
    """The same of a whole board that its owner put away."""
    acts = BoardAct.objects.filter(board__owner=owner, kind=BoardAct.Kind.BOARD_ARCHIVED, undone_at=None)
    return acts.select_related("board").filter(pk=id_in(act_id)).first()
