"""What becomes of a change of a board, and how two edits of one card come together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

SOON = timedelta(days=3)


def urgency(due_on: date | None, *, done: bool, on: date) -> str:
    """Late or soon (within three days), of what is due and not done; otherwise nothing."""
    if due_on is None or done:
        return ""
    return "late" if due_on < on else "soon" if due_on <= on + SOON else ""


@dataclass(frozen=True)
class BoardOutcome:
    """What became of a change. `act` is the id of what can be undone; `sequence` counts the changes of the board.

    Codes: done · already (the same change was sent before) · archived (the card or the column is no longer there) ·
    changed (it was changed since, so that an undo would take back something else) · conflict (`conflicts`: what another
    device wrote, by field) · gone (deleted for good) · elsewhere (on another board by now).
    """

    code: str
    act: int | None = None
    sequence: int = 0
    conflicts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.code in ("done", "already")


@dataclass(frozen=True)
class Merge:
    """Two edits of one card together: what is to be written, and where both wrote the same field differently.

    `conflicts` holds what the other one wrote, by field.
    """

    write: Mapping[str, Any] = field(default_factory=dict)
    conflicts: Mapping[str, Any] = field(default_factory=dict)


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Bring an edit together with what happened meanwhile.

    `base` is what the form was filled with, `mine` what it was sent with, `theirs` what stands now. A field that only
    one side changed takes that side's value; sets (of labels) take what either side added and lose what either took
    away. A text that both changed differently is a conflict, and is not written.
    """
    write: dict[str, Any] = {}
    conflicts: dict[str, Any] = {}
    for name, wanted in mine.items():
        was, now = base[name], theirs[name]
        if isinstance(wanted, frozenset):
            wanted = (now | (wanted - was)) - (was - wanted)
        elif wanted == was:
            continue
        elif now not in (was, wanted):
            conflicts[name] = now
            continue
        if wanted != now:
            write[name] = wanted
    return Merge(write, conflicts)
