"""Marking by a code in the room: which code holds when, and what it marks."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from trellis.domains.sessions.rules.attendance import ATTENDED, LATE, PRESENT

OPENS_BEFORE = timedelta(minutes=30)
LATE_AFTER = timedelta(minutes=10)
LASTS = 60  # seconds a code is shown
GRACE = 30  # seconds the one before still holds, for who began to type it
DIGITS = 6
WRONG_ALLOWED, WITHIN = 10, timedelta(minutes=10)


def code_of(secret: str, session_id: int, at: datetime) -> str:
    """The six digits shown in that minute: the truncated HMAC of RFC 4226 over session and minute, with SHA-256."""
    return _code(secret, session_id, int(at.timestamp()) // LASTS)


def _code(secret: str, session_id: int, minute: int) -> str:
    digest = hmac.new(secret.encode(), f"{session_id}:{minute}".encode(), hashlib.sha256).digest()
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def seconds_left(at: datetime) -> int:
    """How long the code of this moment is still shown, 1 to 60."""
    return LASTS - int(at.timestamp()) % LASTS


def holds(code: str, *, secret: str, session_id: int, at: datetime) -> bool:
    """Whether that is the code now, or was it a moment ago."""
    minute, second = divmod(int(at.timestamp()), LASTS)
    accepted = [minute, minute - 1] if second < GRACE else [minute]
    return any(hmac.compare_digest(code.encode(), _code(secret, session_id, m).encode()) for m in accepted)


def plain(typed: str) -> str:
    """What was typed, without the spaces and hyphens people put between digits; full-width digits are digits."""
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    return digits if all(sign.isdecimal() or sign in " -\u00a0\u3000" for sign in typed) else ""


def decide_opening(*, starts_at: datetime, ends_at: datetime, cancelled: bool, is_open: bool, now: datetime) -> str:
    """opened, or why not: already, cancelled, too_early (half an hour before the start at most), over."""
    if cancelled:
        return "cancelled"
    if now >= ends_at:
        return "over"
    if now < starts_at - OPENS_BEFORE:
        return "too_early"
    return "already" if is_open else "opened"


def value_at(starts_at: datetime, now: datetime) -> str:
    """Present, or late from ten minutes after the start on."""
    return LATE if now >= starts_at + LATE_AFTER else PRESENT


@dataclass(frozen=True)
class CheckInOutcome:
    """What became of a code somebody entered.

    `code`: here | already, or a refusal: wrong (no session shows it), too_often (wait), not_expected, over (closed or
    ended), marked (the host marked something else, which stands), oneself (who opened it). `value`: the mark now.
    """

    code: str
    session_id: int = 0
    value: str = ""

    @property
    def ok(self) -> bool:
        """Whether the register says that the person is here."""
        return self.code in {"here", "already"}


def outcome_of(mark_code: str, value: str, session_id: int) -> CheckInOutcome:
    """The outcome of a mark, told to who entered the code. Who is here already stays so, late or not."""
    if mark_code == "marked":
        return CheckInOutcome("here", session_id, value)
    if value in ATTENDED:
        return CheckInOutcome("already", session_id, value)
    if mark_code == "conflict":
        return CheckInOutcome("marked", session_id, value)
    return CheckInOutcome(mark_code if mark_code in {"oneself", "not_expected"} else "over", session_id, value)
