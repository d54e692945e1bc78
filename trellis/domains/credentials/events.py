"""What happens to certificates."""

from dataclasses import dataclass
from datetime import date

from trellis.kit.journal.facts import Fact, fact


@fact("credentials.issued")
@dataclass(frozen=True)
class Issued(Fact):
    """`journey` or `course` says what it is for."""

    person: int
    certificate: int
    on: date
    journey: int | None = None
    course: int | None = None
    position: int | None = None


@fact("credentials.withdrawn")
@dataclass(frozen=True)
class Withdrawn(Fact):
    person: int
    certificate: int


@fact("credentials.transcript_printed")
@dataclass(frozen=True)
class TranscriptPrinted(Fact):
    """A transcript was put on paper under a number of its own."""

    person: int
    paper: int
    on: date


@fact("credentials.invited_to_ceremony")
@dataclass(frozen=True)
class InvitedToCeremony(Fact):
    person: int
    ceremony: int
