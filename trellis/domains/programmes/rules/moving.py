"""What it means for somebody under way to be moved to another version of the programme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from trellis.domains.programmes.rules.definition import Definition, branches, expand
from trellis.domains.programmes.rules.leaves import Leaf


@dataclass(frozen=True)
class Moving:
    """What is newly asked, what falls away, what is asked otherwise (as it was, as it will be), and what holds back.

    `stranded`: no_track (nothing leads to the position any more) | gate_gone (a gate gone through is not there any
    more); somebody stranded is not moved.
    """

    new: tuple[Leaf, ...] = ()
    gone: tuple[Leaf, ...] = ()
    changed: tuple[tuple[Leaf, Leaf], ...] = ()
    stranded: tuple[str, ...] = ()


def moving(old: Definition, new: Definition, *, position: str, passed: Collection[str]) -> Moving:
    """Compare what two versions ask of somebody who steps to a position and went through some gates.

    Requirements are the same when they have the same key: a course to pass, its attendance, the days, a level.
    """
    before, after = _asked(old, position), _asked(new, position)
    stranded = []
    if new.tracks and new.track_to(position) is None:
        stranded.append("no_track")
    if set(passed) - {gate.key for gate in new.gates}:
        stranded.append("gate_gone")
    return Moving(
        new=tuple(leaf for key, leaf in after.items() if key not in before),
        gone=tuple(leaf for key, leaf in before.items() if key not in after),
        changed=tuple((before[key], leaf) for key, leaf in after.items() if key in before and before[key] != leaf),
        stranded=tuple(stranded),
    )


def _asked(definition: Definition, position: str) -> dict[str, Leaf]:
    """Every requirement of a person, by its key."""
    track = definition.track_to(position)
    parts = (part for gate in definition.gates for part in branches(expand(gate.requires, track)))
    return {part.key: part for part in parts if isinstance(part, Leaf)}
