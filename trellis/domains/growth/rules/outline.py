"""A board as plain data: what is written to a file, read from one, copied, or begun with.

The written form is a document of `FORMAT`; `to_data` and `from_data` are each other's reverse.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

FORMAT = "trellis-boards/1"
MOST_CARDS, MOST_COLUMNS, MOST_LABELS, MOST_STEPS, MOST_BOARDS = 20_000, 200, 200, 200, 50
NAME, COLUMN, LABEL, TITLE, NOTES, STEP, COMMENT = 120, 80, 40, 200, 20_000, 300, 4_000  # signs a text may have
TONES = ("jade", "wait", "plum", "now", "ink")
# What a database cannot keep or nobody can see: control signs, and halves of signs.
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class StepOutline:
    text: str
    is_done: bool = False


@dataclass(frozen=True)
class CommentOutline:
    """`by` is who said it, where that was somebody else."""

    text: str
    by: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True)
class LabelOutline:
    name: str
    tone: str = "ink"


@dataclass(frozen=True)
class CardOutline:
    """`labels` are names; `position`, `competency` and `course` are codes; `goal` and `key_result` are sentences."""

    title: str
    notes: str = ""
    due_on: date | None = None
    labels: tuple[str, ...] = ()
    steps: tuple[StepOutline, ...] = ()
    comments: tuple[CommentOutline, ...] = ()
    made_at: datetime | None = None
    done_at: datetime | None = None
    is_done: bool = False
    is_archived: bool = False
    goal: str = ""
    key_result: str = ""
    position: str = ""
    competency: str = ""
    course: str = ""


@dataclass(frozen=True)
class ColumnOutline:
    name: str
    cards: tuple[CardOutline, ...] = ()
    is_done: bool = False
    limit: int | None = None
    is_archived: bool = False


@dataclass(frozen=True)
class BoardOutline:
    name: str
    columns: tuple[ColumnOutline, ...] = ()
    labels: tuple[LabelOutline, ...] = ()

    def cards(self) -> Iterator[CardOutline]:
        """Every card, column by column."""
        return (card for column in self.columns for card in column.cards)


@dataclass
class Cuts:
    """What did not come in as it was, by code and how often. Codes: see `texts` of the pages."""

    counts: dict[str, int] = field(default_factory=dict)

    def note(self, code: str, times: int = 1) -> None:
        """One more of that kind."""
        if times:
            self.counts[code] = self.counts.get(code, 0) + times


@dataclass(frozen=True)
class Unreadable:
    """Why a file cannot be taken: empty, not_text, not_json, cut_short, too_deep, not_a_board, too_many_cards."""

    code: str
    line: int = 0
    count: int = 0


@dataclass(frozen=True)
class Taken:
    """What a file brings: boards, and what of it does not come along."""

    boards: tuple[BoardOutline, ...]
    cuts: dict[str, int]
    source: str  # trello or trellis

    def counts(self) -> dict[str, int]:
        """How many of what: boards, columns, cards, archived, labels, steps, comments."""
        cards = [card for board in self.boards for card in board.cards()]
        return {
            "boards": len(self.boards),
            "columns": sum(not column.is_archived for board in self.boards for column in board.columns),
            "cards": sum(not card.is_archived for card in cards),
            "archived": sum(card.is_archived for card in cards),
            "labels": sum(len(board.labels) for board in self.boards),
            "steps": sum(len(card.steps) for card in cards),
            "comments": sum(len(card.comments) for card in cards),
        }


def begun_anew(board: BoardOutline) -> BoardOutline:
    """The board as something to begin with: what is archived, done, dated or said stays behind."""
    columns = tuple(
        replace(column, cards=tuple(_begun_anew(card) for card in column.cards if not card.is_archived))
        for column in board.columns
        if not column.is_archived
    )
    return replace(board, columns=columns)


def _begun_anew(card: CardOutline) -> CardOutline:
    steps = tuple(StepOutline(step.text) for step in card.steps)
    return replace(card, steps=steps, due_on=None, comments=(), made_at=None, done_at=None, is_done=False)


# -- reading what may be anything ------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """A text that can be kept; numbers as they are written; nothing for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        said = str(value)
    except ValueError:  # an integer of thousands of digits
        return ""
    return UNKEEPABLE.sub("", said.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(value: Any, most: int, cuts: Cuts | None = None) -> str:
    """A text of one line, shortened with a sign that it was."""
    said = SPACES.sub(" ", text(value)).strip()
    return short(said, most, cuts)


def short(said: str, most: int, cuts: Cuts | None = None) -> str:
    """No longer than that; what was longer is noted."""
    if len(said) <= most:
        return said
    if cuts:
        cuts.note("shortened")
    return said[: most - 1] + "…"


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; whatever else stands there is none."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def words(value: Any) -> list[str]:
    """The texts of a list."""
    return [text(word) for word in value if isinstance(word, str)] if isinstance(value, list) else []


def number(value: Any) -> float:
    """A number to order by; 0 for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        found = float(value)
    except OverflowError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def moment(value: Any) -> datetime | None:
    """A moment with its zone, from the written form; None for anything else."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        found.utctimetuple()
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo and 1900 <= found.year <= 2200 else None


def day(value: Any) -> date | None:
    """A day from its written form."""
    if not isinstance(value, str) or len(value) > 10:
        return None
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def once(labels: Iterable[LabelOutline]) -> tuple[LabelOutline, ...]:
    """Each name once, the first of its kind."""
    seen: dict[str, LabelOutline] = {}
    for label in labels:
        seen.setdefault(label.name, label)
    return tuple(seen.values())[:MOST_LABELS]


# -- the written form ------------------------------------------------------------------------------------------------


def to_data(board: BoardOutline) -> dict[str, Any]:
    """The board as data for JSON; what is empty is left out."""
    return {
        "name": board.name,
        "labels": [{"name": label.name, "tone": label.tone} for label in board.labels],
        "columns": [
            _filled(
                name=column.name,
                is_done=column.is_done,
                limit=column.limit,
                is_archived=column.is_archived,
                cards=[_card_data(card) for card in column.cards],
            )
            for column in board.columns
        ],
    }


def _card_data(card: CardOutline) -> dict[str, Any]:
    return _filled(
        title=card.title,
        notes=card.notes,
        due_on=card.due_on and card.due_on.isoformat(),
        labels=list(card.labels),
        checklist=[_filled(text=step.text, is_done=step.is_done) for step in card.steps],
        comments=[
            _filled(text=said.text, by=said.by, said_at=said.said_at and said.said_at.isoformat())
            for said in card.comments
        ],
        made_at=card.made_at and card.made_at.isoformat(),
        done_at=card.done_at and card.done_at.isoformat(),
        is_archived=card.is_archived,
        goal=card.goal,
        key_result=card.key_result,
        position=card.position,
        competency=card.competency,
        course=card.course,
    )


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], False)}


def from_data(data: Any, cuts: Cuts) -> tuple[BoardOutline, ...] | None:
    """The boards of a document of ours, or None when it is not one. Whatever stands in it, nothing is raised."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return None
    return tuple(_board_of(board, cuts) for board in rows(data.get("boards"))[:MOST_BOARDS])


def _board_of(data: dict[str, Any], cuts: Cuts) -> BoardOutline:
    labels = once(
        LabelOutline(name, tone if (tone := text(row.get("tone"))) in TONES else "ink")
        for row in rows(data.get("labels"))
        if (name := line(row.get("name"), LABEL, cuts))
    )
    known = {label.name for label in labels}
    columns = rows(data.get("columns"))
    cuts.note("columns", max(0, len(columns) - MOST_COLUMNS))
    return BoardOutline(
        line(data.get("name"), NAME, cuts),
        tuple(
            ColumnOutline(
                name=line(column.get("name"), COLUMN, cuts),
                cards=tuple(_card_of(card, known, cuts) for card in rows(column.get("cards"))),
                is_done=column.get("is_done") is True,
                limit=_limit(column.get("limit")),
                is_archived=column.get("is_archived") is True,
            )
            for column in columns[:MOST_COLUMNS]
        ),
        labels,
    )


def _limit(value: Any) -> int | None:
    return int(found) if 1 <= (found := number(value)) <= 32_000 else None


def _card_of(data: dict[str, Any], known: set[str], cuts: Cuts) -> CardOutline:
    code: Callable[[str], str] = lambda key: line(data.get(key), 200)  # noqa: E731, seven times the same
    labels = tuple(dict.fromkeys(name for name in words(data.get("labels")) if name in known))
    done_at = moment(data.get("done_at"))
    return CardOutline(
        title=line(data.get("title"), TITLE, cuts),
        notes=short(text(data.get("notes")), NOTES, cuts),
        due_on=day(data.get("due_on")),
        labels=labels,
        steps=tuple(
            StepOutline(said, step.get("is_done") is True)
            for step in rows(data.get("checklist"))[:MOST_STEPS]
            if (said := line(step.get("text"), STEP, cuts))
        ),
        comments=tuple(
            CommentOutline(short(said, COMMENT, cuts), line(row.get("by"), NAME), moment(row.get("said_at")))
            for row in rows(data.get("comments"))
            if (said := text(row.get("text")))
        ),
        made_at=moment(data.get("made_at")),
        done_at=done_at,
        is_done=done_at is not None,
        is_archived=data.get("is_archived") is True,
        goal=code("goal"),
        key_result=code("key_result"),
        position=code("position"),
        competency=code("competency"),
        course=code("course"),
    )
