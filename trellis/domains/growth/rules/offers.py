"""What may be offered, and what whoever offered it comes to know of it."""

from datetime import date

LONGEST = 366
NEEDS_WORDS = frozenset({"time", "words"})


def why_not_offer(*, kind: str, has_thing: bool, words: str, until: date, today: date) -> str:
    """`nothing` (no course, position, skill or mentor was chosen) | `no_words` | `over` | `too_long`, or nothing."""
    if kind in NEEDS_WORDS and not words.strip():
        return "no_words"
    if kind not in NEEDS_WORDS and not has_thing:
        return "nothing"
    if until < today:
        return "over"
    return "too_long" if (until - today).days > LONGEST else ""


def as_its_maker_sees(*, taken: bool, withdrawn: bool, until: date, today: date) -> str:
    """`withdrawn` | `taken` | `lying` | `over`. Put away and left lying are the same: nobody owes a reason."""
    if taken:
        return "taken"
    if withdrawn:
        return "withdrawn"
    return "lying" if until >= today else "over"
