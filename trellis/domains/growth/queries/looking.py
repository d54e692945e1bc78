"""Cards as a list, by week, by what is searched for, and those that were put away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from trellis.domains.growth.access.own import readable_by
from trellis.domains.growth.models import Board, Card, ChecklistItem, Column, Comment, Goal
from trellis.domains.growth.rules.boards import SOON
from trellis.domains.growth.rules.looking import spellings, words_of
from trellis.domains.people.models import Person
from trellis.kit.ids import id_in

BACK = timedelta(days=28)
MOST_ON_A_LINE = 400
LINKS: dict[str, Q] = {
    "map": Q(position__isnull=False) | Q(competency__isnull=False),
    "course": Q(course__isnull=False),
    "none": Q(goal=None, key_result=None, position=None, competency=None, course=None),
}
SORTS: dict[str, tuple[str, ...]] = {
    "board": ("column__rank", "column_id", "rank", "id"),
    "due": ("due_on", "rank", "id"),
    "title": ("title", "id"),
    "changed": ("-changed_at", "-id"),
}


@dataclass(frozen=True)
class Wanted:
    """Which cards of a board, and in which order; as the address says it, and nonsense is nothing."""

    words: str = ""
    column: int = 0
    label: int = 0
    due: str = ""  # late, soon, dated, none
    link: str = ""  # map, course, none, or the id of a goal
    done: str = ""  # open, done
    sort: str = "board"


def cards_of(board: Board, wanted: Wanted, *, on: date) -> QuerySet[Card]:
    """The cards of a board that are not archived, as wanted, with their column, labels and steps."""
    cards = Card.objects.filter(column__board=board, archived_at=None, column__archived_at=None)
    cards = cards.filter(_holding(wanted.words))
    if wanted.column:
        cards = cards.filter(column=wanted.column)
    if wanted.label:
        cards = cards.filter(labels=wanted.label)
    if wanted.link:
        cards = cards.filter(_linked(wanted.link))
    if wanted.done:
        cards = cards.filter(done_at__isnull=wanted.done == "open")
    cards = cards.filter(_due(wanted.due, on))
    order = SORTS.get(wanted.sort, SORTS["board"])
    if order[0] == "due_on":
        return _drawn(cards).order_by(F("due_on").asc(nulls_last=True), *order[1:])
    return _drawn(cards).order_by(*order)


def _linked(link: str) -> Q:
    if link in LINKS:
        return LINKS[link]
    if goal := id_in(link):
        return Q(goal=goal) | Q(key_result__objective__goal=goal)
    return Q()


def _due(due: str, on: date) -> Q:
    return {
        "late": Q(due_on__lt=on, done_at=None),
        "soon": Q(due_on__range=(on, on + SOON), done_at=None),
        "dated": Q(due_on__isnull=False),
        "none": Q(due_on=None),
    }.get(due, Q())


def _drawn(cards: QuerySet[Card]) -> QuerySet[Card]:
    return (
        cards.select_related("column")
        .prefetch_related("labels")
        .annotate(
            steps=Count("checklist", distinct=True),
            steps_done=Count("checklist", filter=Q(checklist__is_done=True), distinct=True),
        )
    )


def goals_on(board: Board) -> QuerySet[Goal]:
    """The goals that cards of the board belong to, to choose from."""
    return Goal.objects.filter(
        Exists(
            Card.objects.filter(
                Q(goal=OuterRef("pk")) | Q(key_result__objective__goal=OuterRef("pk")), column__board=board
            )
        )
    )


def dated_cards(board: Board, *, on: date, earlier: bool) -> list[Card]:
    """Cards with a day: what is not done, and of what is done the last four weeks, or all of it; at most 400."""
    cards = Card.objects.filter(column__board=board, archived_at=None, column__archived_at=None, due_on__isnull=False)
    if not earlier:
        cards = cards.filter(Q(done_at=None) | Q(due_on__gte=on - BACK))
    return list(_drawn(cards).order_by("due_on", "id")[:MOST_ON_A_LINE])


def _holding(typed: str) -> Q:
    """Every word stands somewhere in the card: its title, its notes, its steps or what was said to it."""
    wanted = Q()
    for word in words_of(typed):
        one = Q()
        for spelling in spellings(word):
            steps = ChecklistItem.objects.filter(card=OuterRef("pk"), text__icontains=spelling)
            said = Comment.objects.filter(card=OuterRef("pk"), text__icontains=spelling)
            one |= Q(title__icontains=spelling) | Q(notes__icontains=spelling) | Exists(steps) | Exists(said)
        wanted &= one
    return wanted


def search_cards(reader: Person, typed: str, *, own: bool = False) -> QuerySet[Card]:
    """Cards of boards that the person may read (or only of their own) in which every word stands; newest change first.

    What is in the archive only its owner finds. There is no index of these texts beside the tables: what one may not
    read is not looked at, and what is deleted is gone.
    """
    if not words_of(typed):
        return Card.objects.none()
    mine = Q(column__board__owner=reader)
    shown = Board.objects.filter(readable_by(reader), archived_at=None).values("pk")
    theirs = Q(column__board__in=shown, archived_at=None, column__archived_at=None)
    found = Card.objects.filter(_holding(typed), mine if own else mine | theirs)
    return found.select_related("column__board__owner").order_by("-changed_at", "-id")


def search_goals(owner: Person, typed: str) -> QuerySet[Goal]:
    """The person's own goals in which every word stands."""
    wanted = Q()
    for word in words_of(typed):
        one = Q()
        for spelling in spellings(word):
            one |= Q(title__icontains=spelling) | Q(why__icontains=spelling)
        wanted &= one
    return Goal.objects.filter(wanted, owner=owner) if words_of(typed) else Goal.objects.none()


def archived_cards(owner: Person) -> QuerySet[Card]:
    """Cards that their owner put away, by themselves; those of an archived column or board come with it."""
    return (
        Card.objects.filter(column__board__owner=owner, archived_at__isnull=False)
        .filter(column__archived_at=None, column__board__archived_at=None)
        .select_related("column__board")
        .order_by("-archived_at", "-id")
    )


def archived_columns(owner: Person) -> QuerySet[Column]:
    """Columns that were taken away, with the number of their cards as `n`."""
    away = Column.objects.filter(board__owner=owner, archived_at__isnull=False, board__archived_at=None)
    return away.select_related("board").annotate(n=Count("cards")).order_by("-archived_at")


def archived_boards(owner: Person) -> QuerySet[Board]:
    """Boards that were put away, with the number of their cards as `n`."""
    away = Board.objects.filter(owner=owner, archived_at__isnull=False)
    return away.annotate(n=Count("columns__cards")).order_by("-archived_at")
