"""With whom something of one's own can be shared, and what a page says of who sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

NAMED = 2  # as many are named beside "you"; more are counted


def why_not_share(*, owner: int, reader: int, is_here: bool) -> str:
    """`oneself` | `not_here`, or nothing: any colleague can be trusted with it, whatever they are here."""
    if reader == owner:
        return "oneself"
    return "" if is_here else "not_here"


@dataclass(frozen=True)
class SeenBy:
    """What a pill says: `only_you` | `named` (one or two names) | `counted` (so many besides the owner)."""

    code: str
    names: tuple[str, ...] = ()
    others: int = 0


def seen_by(readers: Sequence[str]) -> SeenBy:
    """Who sees a thing besides its owner, in the order they were let in."""
    if not readers:
        return SeenBy("only_you")
    if len(readers) <= NAMED:
        return SeenBy("named", tuple(readers), len(readers))
    return SeenBy("counted", (), len(readers))


def who_is_told(*, owner: int, author: int, spoke: Sequence[int], may_read: Sequence[int]) -> tuple[int, ...]:
    """Ids of whom a new comment is told to: its owner; when the owner answers, who spoke before and may still read."""
    if author != owner:
        return (owner,)
    return tuple(sorted((set(spoke) & set(may_read)) - {owner}))
