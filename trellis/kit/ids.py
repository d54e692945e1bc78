"""Ids that a request names."""

MOST_DIGITS = 18  # every such number fits a database's bigint


def id_in(text: str | None) -> int:
    """The id the text holds; 0, which is nobody's, when it holds none."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 0
