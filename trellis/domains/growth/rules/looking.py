"""Ways to look at cards: words to search for, the piece of a text where they stand, weeks."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

MOST_WORDS, LONGEST_WORD, AROUND = 8, 60, 50


class Dated(Protocol):
    """Something with a day by which it is due."""

    @property
    def due_on(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Week(Generic[D]):
    """A week from Monday on, with what is due in it."""

    monday: date
    things: tuple[D, ...]
    is_now: bool

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def words_of(typed: str) -> tuple[str, ...]:
    """The words that a search is for: at most eight, each once. Chinese without blanks is one word."""
    said = unicodedata.normalize("NFC", typed).replace("\x00", "").split()
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in said))[:MOST_WORDS]


def spellings(word: str) -> tuple[str, ...]:
    """The word in small and capital letters. SQLite folds the case of ASCII only: Đ and đ would be two words."""
    if word.isascii():
        return (word,)
    return tuple(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def excerpt(text: str, words: Iterable[str]) -> str:
    """The piece of a text around the first of the words, on one line; nothing where none stands."""
    flat = re.sub(r"\s+", " ", text)
    lower = flat.lower()
    at = min((found for word in words if (found := lower.find(word.lower())) >= 0), default=-1)
    if at < 0 or len(lower) != len(flat):
        return flat[: 2 * AROUND] if at >= 0 else ""
    start, end = max(0, at - AROUND), at + 2 * AROUND
    return f"{'…' if start else ''}{flat[start:end].strip()}{'…' if end < len(flat) else ''}"


def weeks_of(things: Iterable[D], *, on: date) -> tuple[Week[D], ...]:
    """What is due, week by week from Monday on; weeks without anything are left out, but for the one of today."""
    found: dict[date, list[D]] = defaultdict(list)
    now = _monday(on)
    found[now] = []
    for thing in things:
        if thing.due_on:
            found[_monday(thing.due_on)].append(thing)
    return tuple(
        Week(monday, tuple(sorted(found[monday], key=lambda thing: thing.due_on or on)), monday == now)
        for monday in sorted(found)
    )


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), (day - date.min).days))
