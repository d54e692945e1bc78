"""What a mark in a register may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from trellis.domains.sessions.rules.attendance import EXCUSED, VALUES

CLOSES_AFTER = timedelta(hours=24)


def register_closes_at(ends_at: datetime) -> datetime:
    """From then on a correction needs a reason. Derived, never stored."""
    return ends_at + CLOSES_AFTER


@dataclass(frozen=True)
class Standing:
    """The mark that is current when somebody marks; id 0: none."""

    id: int = 0
    value: str = ""
    minutes: int | None = None
    marked_by: int = 0


@dataclass(frozen=True)
class Wish:
    """What somebody asks to be written. `seen`: id of the mark they saw, 0 for none, None when they did not look."""

    value: str
    minutes: int | None = None
    reason: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class MarkOutcome:
    """What became of a wish.

    `code`: marked | unchanged, or a refusal: conflict (somebody else wrote meanwhile), reason_needed (the register was
    closed), too_early, not_expected, cancelled, oneself, unknown_value. The rest tells the mark that is current now.
    """

    code: str
    mark_id: int = 0
    value: str = ""
    marked_by: int = 0

    @property
    def ok(self) -> bool:
        """Whether the register now says what was asked for."""
        return self.code in {"marked", "unchanged"}


def decide_mark(wish: Wish, now_there: Standing, *, is_oneself: bool, closed: bool, begun: bool) -> str:
    """The code of the outcome. Asking for what is there already is harmless, so a double click is."""
    if wish.value not in VALUES:
        return "unknown_value"
    if is_oneself:
        return "oneself"
    if now_there.id and (now_there.value, now_there.minutes) == (wish.value, wish.minutes):
        return "unchanged"
    if wish.seen is not None and wish.seen != now_there.id:
        return "conflict"
    if not begun and wish.value != EXCUSED:
        return "too_early"
    if now_there.id and closed and not wish.reason.strip():
        return "reason_needed"
    return "marked"
