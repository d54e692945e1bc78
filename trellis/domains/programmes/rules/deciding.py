"""Whether somebody may join, and whether an approval may be asked for or given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trellis.domains.programmes.rules.definition import Definition
from trellis.domains.programmes.rules.leaves import Approval
from trellis.domains.programmes.rules.standing import GateStanding, Standing


@dataclass(frozen=True)
class Asking:
    """Somebody at the door of a programme. `holds`: the code of the position held now, empty for who is not employed.

    `join_from`, `join_until` and `places_left` are those of the cohort; None without one. `offered`: a place that
    became free is kept for this person, also when joining is over for others.
    """

    by_oneself: bool
    holds: str
    position: str
    join_until: date | None = None
    places_left: int | None = None
    join_from: date | None = None
    offered: bool = False


def why_not_join(definition: Definition, asking: Asking, *, on: date) -> str:
    """only_oneself | not_employed | not_open_to | no_track | holds_it | not_open_yet | closed | full, or nothing."""
    if definition.voluntary and not asking.by_oneself:
        return "only_oneself"
    if not asking.holds:
        return "not_employed"
    if definition.open_to and asking.holds not in definition.open_to:
        return "not_open_to"
    leads_nowhere = not definition.tracks and not asking.position  # joined without a position
    if definition.track_to(asking.position) is None and not leads_nowhere:
        return "no_track"
    if asking.holds == asking.position:
        return "holds_it"
    if asking.offered:
        return ""
    if asking.join_from and on < asking.join_from:
        return "not_open_yet"
    if asking.join_until and asking.join_until < on:
        return "closed"
    return "full" if asking.places_left is not None and asking.places_left <= 0 else ""


def can_be_asked(standing: Standing, name: str) -> bool:
    """Whether the approval is asked for and everything else before it is met."""
    return any(
        isinstance(r.leaf, Approval) and r.leaf.name == name and r.todo == "ask_review" for r in standing.requirements
    )


def can_be_given(standing: Standing, name: str) -> bool:
    """Whether every gate that asks for this approval is open with it: all before it, and all else in it."""
    asking = [gate for gate in standing.gates if _asks_for(gate, name)]
    if not asking:
        return False
    before = standing.gates[: standing.gates.index(asking[0])]
    others = [r for gate in asking for r in gate.requirements if not isinstance(r.leaf, Approval)]
    return all(gate.is_open for gate in before) and (
        all(gate.is_open for gate in asking) or all(r.state.is_done for r in others)
    )


def _asks_for(gate: GateStanding, name: str) -> bool:
    return any(isinstance(r.leaf, Approval) and r.leaf.name == name for r in gate.requirements)
