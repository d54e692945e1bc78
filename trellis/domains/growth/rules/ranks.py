"""Ranks: texts whose order is the order of cards, so that one can come between two others without touching them.

A rank is the digits after the point of a fraction between 0 and 1, and never ends with a zero: "5" stands for 0.5, "45"
for 0.45. Digits alone are sorted alike by every database, whatever its collation. Between two ranks there is always a
third; where one grew long (`LONGEST`), the whole list is spread anew.
"""

from collections.abc import Sequence

LONGEST = 100
FIRST = "5"
# At the ends a list grows by steps of this size, so that its ranks stay short for half a million additions.
DIGITS, STEP = 10, 10_000


def between(before: str, after: str) -> str:
    """A rank between the two, the shortest one near the middle; "" stands for the beginning or the end of the list.

    Fails with a ValueError where `before` does not come before `after`.
    """
    if not before and not after:
        return FIRST
    if not after:
        return _beside(before, STEP) or _middle(before, "")
    if not before:
        return _beside(after, -STEP) or _middle("", after)
    return _middle(before, after)


def spread(n: int) -> tuple[str, ...]:
    """Ranks for n things, evenly over the whole room, in their order."""
    width = len(str(n + 1)) + 1
    whole: int = 10**width
    return tuple(_digits(whole * i // (n + 1), width) for i in range(1, n + 1))


def following(last: str, n: int) -> tuple[str, ...]:
    """Ranks for n things, each behind the other, all behind `last`."""
    found: list[str] = []
    for _ in range(n):
        last = between(last, "")
        found.append(last)
    return tuple(found)


def moved(ids: Sequence[int], this: int, by: int) -> tuple[int, ...]:
    """The list with one of its things so many places further (or back), held at the ends."""
    rest = [i for i in ids if i != this]
    at = max(0, min(len(rest), list(ids).index(this) + by))
    return (*rest[:at], this, *rest[at:])


def _digits(number: int, width: int) -> str:
    return f"{number:0{width}d}".rstrip("0")


def _beside(rank: str, step: int) -> str:
    """One step beside a rank towards the end of the list, or "" where there is no room for it."""
    number = int(rank[:DIGITS].ljust(DIGITS, "0")) + step
    return _digits(number, DIGITS) if 0 < number < 10**DIGITS else ""


def _middle(before: str, after: str) -> str:
    width = max(len(before), len(after)) + 1
    low = int(before.ljust(width, "0"))
    high = int(after.ljust(width, "0")) if after else 10**width
    for digits in range(1, width + 1):
        unit = 10 ** (width - digits)
        lowest, highest = low // unit + 1, -(-high // unit) - 1  # of what lies strictly between
        if lowest <= highest:
            return _digits((lowest + highest) // 2, digits)
    raise ValueError(f"Nothing comes between {before!r} and {after!r}.")
