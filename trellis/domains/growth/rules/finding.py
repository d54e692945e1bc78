"""Positions that fit what somebody said of themselves, each with the reasons in reach.

Plain on purpose, so that it can be explained in a sentence: a position comes up when it asks for skills the person
would like to do more of, or that they wrote about; those that are next on their own pathway come first among equals.
Nothing is kept of it, and nobody is ruled out: the whole growth map stays one link away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

QUESTIONS = ("energy", "asked", "admire", "company")
STEPS = (*QUESTIONS, "skills", "positions", "examples", "wish")
SHOWN = 5
LIKED, WRITTEN, NEXT = 3, 2, 1  # what a reason weighs
WORD = re.compile(r"[^\W\d_]{5,}")
HAN = re.compile("[\u3400-\u9fff]{2,}")
SAME = 5  # so many letters in common make two words one: teach, teacher, teaching


@dataclass(frozen=True)
class Place:
    """A position of the growth map: what it asks, and whether it is next on the person's own pathway."""

    position: int
    asks: frozenset[int]
    is_next: bool = False


@dataclass(frozen=True)
class Fit:
    """Why a position came up: skills they would like to do more of, skills they wrote about, and the next step."""

    position: int
    liked: tuple[int, ...]
    written: tuple[int, ...]
    is_next: bool

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return LIKED * len(self.liked) + WRITTEN * len(self.written) + NEXT * self.is_next


def following(step: str) -> str:
    """The step after this one; of the last, itself."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def before(step: str) -> str:
    """The step before this one; nothing before the first."""
    at = STEPS.index(step)
    return STEPS[at - 1] if at else ""


def written_about(answers: Iterable[str], names: Mapping[int, Collection[str]]) -> frozenset[int]:
    """The skills whose name stands in the answers by its longest word; names by skill, in every language.

    Words of five letters and more are compared by their first five, Chinese names by the pairs of characters they
    begin and end with. Other words of a name (people, others) would be found in every answer.
    """
    text = "\n".join(answers).casefold()
    said = {word[:SAME] for word in WORD.findall(text)}
    return frozenset(skill for skill, called in names.items() if any(_stands(name, text, said) for name in called))


def _stands(name: str, text: str, said: Collection[str]) -> bool:
    plain = name.casefold()
    if any(pair in text for part in HAN.findall(plain) for pair in {part[:2], part[-2:]}):
        return True
    words = [word for word in WORD.findall(plain) if not HAN.search(word)]
    return bool(words) and max(words, key=len)[:SAME] in said


def fitting(places: Iterable[Place], *, liked: Collection[int], written: Collection[int]) -> tuple[Fit, ...]:
    """The few positions for which most speaks, best first, those without any reason left out."""
    fits = [
        Fit(
            place.position,
            tuple(sorted(place.asks & set(liked))),
            tuple(sorted(place.asks & set(written) - set(liked))),
            place.is_next,
        )
        for place in places
    ]
    ranked = sorted((fit for fit in fits if fit.weight), key=lambda fit: (-fit.weight, fit.position))
    return tuple(ranked[:SHOWN])
