"""Ids that a request names, and keys that a form sends along."""

from uuid import uuid4

MOST_DIGITS = 18  # every such number fits a database's bigint


def id_in(text: str | None) -> int:
    """The id the text holds; 0, which is nobody's, when it holds none."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 0


def new_key() -> str:
    """A key for one form on one page: sent twice, what it does happens once. 32 digits; a UUID may be made of it."""
    return uuid4().hex
