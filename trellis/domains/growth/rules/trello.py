"""Reading a file of boards: what Trello exports as JSON, or what Trellis wrote itself.

Whatever the file holds, nothing is raised: it is `Taken`, with a count of what did not come along, or `Unreadable`.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from trellis.domains.growth.rules import outline
from trellis.domains.growth.rules.outline import (
    BoardOutline,
    CardOutline,
    ColumnOutline,
    CommentOutline,
    Cuts,
    LabelOutline,
    StepOutline,
    Taken,
    Unreadable,
    line,
    moment,
    number,
    rows,
    short,
    text,
    words,
)

COLOURS = {
    "green": "jade",
    "lime": "jade",
    "blue": "wait",
    "sky": "wait",
    "pink": "plum",
    "purple": "plum",
    "red": "plum",
    "orange": "now",
    "yellow": "now",
}


def read(content: bytes, *, zone: tzinfo) -> Taken | Unreadable:
    """The boards of a file. `zone` is where its owner lives: Trello's due moments become days there."""
    data = _parsed(content)
    if isinstance(data, Unreadable):
        return data
    cuts = Cuts()
    boards = outline.from_data(data, cuts)
    source = "trello" if boards is None else "trellis"
    if boards is None and not _is_trello(data):
        return Unreadable("not_a_board")
    cards = len(rows(data.get("cards"))) if boards is None else sum(len(list(board.cards())) for board in boards)
    if cards > outline.MOST_CARDS:
        return Unreadable("too_many_cards", count=cards)
    return Taken(boards if boards is not None else (_Reader(data, cuts, zone).board(),), dict(cuts.counts), source)


def _parsed(content: bytes) -> Any:
    if not content.strip():
        return Unreadable("empty")
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unreadable("not_text")
    try:
        return json.loads(said)
    except RecursionError:
        return Unreadable("too_deep")
    except json.JSONDecodeError as fault:
        begun = said.lstrip()[:1] in ("{", "[")
        is_cut = begun and (fault.pos >= len(said.rstrip()) - 1 or "Unterminated" in fault.msg)
        return Unreadable("cut_short" if is_cut else "not_json", line=fault.lineno)
    except ValueError:  # a number of thousands of digits
        return Unreadable("not_json")


def _is_trello(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("lists"), list) and isinstance(data.get("cards"), list)


@dataclass
class _Reader:
    """One board of Trello's, each part of which may be missing or something else."""

    data: dict[str, Any]
    cuts: Cuts
    zone: tzinfo

    def board(self) -> BoardOutline:
        """The board, its columns and cards in their order."""
        self.labels = self._labels()
        self.checklists = _by(self.data.get("checklists"), "idCard")
        self.comments = self._comments()
        self._note_what_stays()
        columns = sorted(rows(self.data.get("lists")), key=_place)
        self.cuts.note("columns", max(0, len(columns) - outline.MOST_COLUMNS))
        columns = columns[: outline.MOST_COLUMNS]
        cards = self._cards({text(column.get("id")) for column in columns})
        made = [
            ColumnOutline(
                line(column.get("name"), outline.COLUMN, self.cuts),
                cards.pop(text(column.get("id")), ()),
                is_archived=column.get("closed") is True,
            )
            for column in columns
        ]
        if strays := cards.pop("", ()):
            self.cuts.note("strays", len(strays))
            made.append(ColumnOutline("", strays))
        return BoardOutline(
            line(self.data.get("name"), outline.NAME, self.cuts), tuple(made), outline.once(self.labels.values())
        )

    def _note_what_stays(self) -> None:
        cards = rows(self.data.get("cards"))
        self.cuts.note("members", sum(bool(card.get("idMembers")) for card in cards))
        self.cuts.note("fields", sum(bool(card.get("customFieldItems")) for card in cards))
        self.cuts.note("about", bool(text(self.data.get("desc"))))

    def _labels(self) -> dict[str, LabelOutline]:
        """By Trello's id. Two of one name and different colours stay two; one without a name is named by its colour."""
        made: dict[str, LabelOutline] = {}
        taken: dict[str, str] = {}
        for row in rows(self.data.get("labels")):
            colour = line(row.get("color"), 20)
            tone = COLOURS.get(colour.split("_")[0], "ink")
            name = line(row.get("name"), outline.LABEL - 4, self.cuts) or colour
            if not name or len(made) >= outline.MOST_LABELS:
                continue
            wanted, count = name, 1
            while taken.get(wanted, tone) != tone:
                count += 1
                wanted = f"{name} {count}"
            taken[wanted] = tone
            made[text(row.get("id"))] = LabelOutline(wanted, tone)
        return made

    def _comments(self) -> dict[str, list[CommentOutline]]:
        """By card. Who said it is named where more than one did: the file does not say whose it is."""
        said = [row for row in rows(self.data.get("actions")) if row.get("type") == "commentCard"]
        authors = {self._author(row) for row in said}
        found: dict[str, list[CommentOutline]] = defaultdict(list)
        for row in reversed(said):  # Trello writes the newest first
            about = _inner(row, "data")
            card = _inner(about, "card")
            words = short(text(about.get("text")), outline.COMMENT - outline.NAME - 2, self.cuts)
            if words:
                by = self._author(row) if len(authors) > 1 else ""
                found[text(card.get("id"))].append(CommentOutline(words, by, moment(row.get("date"))))
        return found

    def _author(self, row: dict[str, Any]) -> str:
        return line(_inner(row, "memberCreator").get("fullName"), outline.NAME)

    def _cards(self, known: set[str]) -> dict[str, tuple[CardOutline, ...]]:
        """By the id of their list; those of a list that is not there under an empty one."""
        found: dict[str, list[CardOutline]] = defaultdict(list)
        for row in sorted(rows(self.data.get("cards")), key=_place):
            column = text(row.get("idList"))
            found[column if column in known else ""].append(self._card(row))
        return {column: tuple(cards) for column, cards in found.items()}

    def _card(self, row: dict[str, Any]) -> CardOutline:
        key = text(row.get("id"))
        title = line(row.get("name"), 100_000)
        notes = [text(row.get("desc")), *self._attachments(row)]
        if len(title) > outline.TITLE:  # nothing of it is lost
            notes.insert(0, title)
        is_done = row.get("dueComplete") is True
        due = moment(row.get("due"))
        return CardOutline(
            title=short(title, outline.TITLE),
            notes=short("\n\n".join(filter(None, notes)), outline.NOTES, self.cuts),
            due_on=_day(due, self.zone),
            labels=self._labels_of(row),
            steps=self._steps(key),
            comments=tuple(self.comments.get(key, ())),
            done_at=moment(row.get("dateLastActivity")) if is_done else None,
            is_done=is_done,
            is_archived=row.get("closed") is True,
        )

    def _labels_of(self, row: dict[str, Any]) -> tuple[str, ...]:
        ids = words(row.get("idLabels")) or [text(label.get("id")) for label in rows(row.get("labels"))]
        return tuple(dict.fromkeys(self.labels[key].name for key in ids if key in self.labels))

    def _steps(self, card: str) -> tuple[StepOutline, ...]:
        """All checklists of a card as one; its name before each step where there were several."""
        lists = sorted(self.checklists.get(card, ()), key=_place)
        made = []
        for checklist in lists:
            before = f"{line(checklist.get('name'), 80)}: " if len(lists) > 1 and checklist.get("name") else ""
            for item in sorted(rows(checklist.get("checkItems")), key=_place):
                if said := line(item.get("name"), 100_000):
                    made.append(
                        StepOutline(short(before + said, outline.STEP, self.cuts), item.get("state") == "complete")
                    )
        self.cuts.note("steps", max(0, len(made) - outline.MOST_STEPS))
        return tuple(made[: outline.MOST_STEPS])

    def _attachments(self, row: dict[str, Any]) -> list[str]:
        """Each as a link of the notes; what leads elsewhere than to the web does not come."""
        made = []
        for attachment in rows(row.get("attachments")):
            address = text(attachment.get("url"))
            if not _is_of_the_web(address):
                self.cuts.note("attachments")
                continue
            name = line(attachment.get("name"), 200) or address
            made.append(f"[{_plain(name)}](<{address}>)")
        return ["\n".join(made)] if made else []


def _is_of_the_web(address: str) -> bool:
    if not address or len(address) > 2000 or any(sign in address for sign in "<>\n\\"):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def _plain(name: str) -> str:
    """A text that Markdown does not read as anything."""
    return "".join(f"\\{sign}" if sign in "\\[]<>*_`!" else sign for sign in name)


def _inner(row: dict[str, Any], key: str) -> dict[str, Any]:
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def _place(row: dict[str, Any]) -> float:
    return number(row.get("pos"))


def _by(value: Any, key: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(value):
        found[text(row.get(key))].append(row)
    return found


def _day(moment_of: datetime | None, zone: tzinfo) -> date | None:
    if moment_of is None:
        return None
    try:
        return moment_of.astimezone(zone).date()
    except (ValueError, OverflowError):
        return moment_of.date()
