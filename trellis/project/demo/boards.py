"""What is on the boards: Linh's with labels, steps and what she has done already; a few things on everybody else's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.domains.growth.actions import boards, cards, labels
from trellis.domains.growth.actions.cards import Place
from trellis.domains.growth.models import Board, Card, ChecklistItem, Column, Label
from trellis.domains.growth.rules.ranks import following
from trellis.domains.people.models import Person
from trellis.kit import clock

LABELS = (("Leading", "plum"), ("English", "wait"), ("Craft", "jade"), ("This week", "now"))

FEEDBACK = """One thing I **saw**, one thing it **did**, one thing to try.

- no “but”
- ask first whether it is a good moment"""


@dataclass(frozen=True)
class Thing:
    """A card: in which column, in how many days it is due, and its steps (those with a leading x are done)."""

    title: str
    column: int
    label: int | None = None
    due_in: int | None = None
    steps: tuple[str, ...] = ()
    notes: str = ""


LINHS = (
    Thing("Ask Hương how she keeps calm when three shoots come at once", 0, 0),
    Thing("Read “Thinking in systems”, the first three chapters", 0, 2, notes="Thúy has it on her shelf."),
    Thing("Watch one retoucher of Team 2 for an hour", 0, 2),
    Thing("Lead the morning round for a week", 1, 0, 9, ("xTell the team", "xA plan for Monday", "Ask for feedback")),
    Thing("Practise saying no in English, with Bình", 1, 1, 12),
    Thing("Feedback for three colleagues, spoken, not written", 2, 0, 1, ("xNam", "xHà", "Phong"), FEEDBACK),
    Thing("Colour guide for the summer catalogue", 2, 2, 3, ("xSkin tones", "The white behind", "Show it to Minh")),
    Thing("Book the talk on difficult conversations", 2, 3, -1),
    Thing("Course “Feedback” finished", 3, 0),
    Thing("Asked Thúy to take over the shift plan for May", 3, 0),
    Thing("Short introduction of myself in English", 3, 1, None, ("xWrite it", "xLearn it", "xSay it in the round")),
)
EVERYBODYS = (
    ("Ask for feedback on my last three jobs", 0),
    ("Learn the short cuts of the new editor", 0),
    ("Find out who holds the position I like", 0),
    ("Half an hour of English every Tuesday", 1),
    ("Sit beside a colleague of another team", 1),
    ("Say one idea in the morning round", 2),
    ("Tidy up my presets and share them", 2),
    ("Read the handbook of the course", 3),
    ("Talked to my mentor about this year", 3),
)


def fill_boards(cast: dict[str, Person], until: date) -> None:
    """Put something on every board there is, and a good deal on Linh's."""
    with clock.moved(to=clock.at_time(until - timedelta(days=20), 20)):
        _linhs(cast["linh"], until)
        _everybodys([cast["linh"], cast["xiaoyu"]], until)  # hers are Chinese: see qingdao.py


def _linhs(linh: Person, until: date) -> None:
    columns = lay_out(linh, LINHS, LABELS, until)
    last = cards.add_card(column=columns[0], title="Evening course on Saturdays")
    cards.archive_card(card=last)


def lay_out(owner: Person, things: Iterable[Thing], words: Iterable[tuple[str, str]], until: date) -> list[Column]:
    """Put the things on the person's first board, with these labels (word and colour); returns its columns."""
    board = boards.default_board(owner=owner)
    columns = list(board.columns.filter(archived_at=None))
    made = [labels.make_label(board=board, name=name, tone=tone) for name, tone in words]
    for thing in things:
        due_on = None if thing.due_in is None else until + timedelta(days=thing.due_in)
        card = cards.add_card(column=columns[0], title=thing.title, notes=thing.notes, due_on=due_on)
        if thing.label is not None:
            card.labels.add(made[thing.label])
        for text in thing.steps:
            step = labels.add_step(card=card, text=text.removeprefix("x"))
            if step and text.startswith("x"):
                labels.tick_step(step=step, done=True)
        if thing.column:
            cards.move_card(card=card, column=columns[thing.column], place=Place())
    return columns


def _everybodys(but: list[Person], until: date) -> None:
    """Some of the usual things on the boards of the others, the first of them with steps, and a label."""
    found: list[Card] = []
    made, begun = [], set()
    for n, board in enumerate(Board.objects.exclude(owner__in=but).prefetch_related("columns").order_by("pk")):
        columns: list[Column] = list(board.columns.all())
        made.append(Label(board=board, name="This quarter", tone="wait"))
        begun.add(len(found))
        for at, (title, place) in enumerate(EVERYBODYS):
            if (n + at) % 3 or place >= len(columns):
                continue
            column = columns[place]
            found.append(
                Card(
                    column=column,
                    title=title,
                    rank=following("9", at + 1)[-1],
                    due_on=until + timedelta(days=at - 4) if at % 2 else None,
                    done_at=clock.now() if column.is_done else None,
                )
            )
    Card.objects.bulk_create(found)
    first = [found[at] for at in sorted(begun) if at < len(found)]
    ChecklistItem.objects.bulk_create(
        ChecklistItem(card=card, text=text, rank=rank, is_done=rank == "4")
        for card in first
        for text, rank in (("Choose a day", "4"), ("Do it", "6"))
    )
    Label.objects.bulk_create(made, ignore_conflicts=True)
