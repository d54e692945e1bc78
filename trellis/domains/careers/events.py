"""The facts that careers announce."""

from dataclasses import dataclass
from datetime import date

from trellis.kit.journal.facts import Fact, fact


@fact("careers.aim_set")
@dataclass(frozen=True)
class AimSet(Fact):
    person: int
    position: int


@fact("careers.aim_dropped")
@dataclass(frozen=True)
class AimDropped(Fact):
    person: int
    position: int


@fact("careers.evidence_recorded")
@dataclass(frozen=True)
class EvidenceRecorded(Fact):
    evidence: int
    person: int
    competency: int
    level: int
    shown_on: date
    source: str


@fact("careers.evidence_withdrawn")
@dataclass(frozen=True)
class EvidenceWithdrawn(Fact):
    """What it came from does not hold any more; the evidence is kept and does not count."""

    evidence: int
    person: int
    competency: int


@fact("careers.definitions_loaded")
@dataclass(frozen=True)
class DefinitionsLoaded(Fact):
    framework: int
    added: int
    changed: int
    removed: int
