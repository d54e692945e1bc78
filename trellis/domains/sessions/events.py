"""What this room announces."""

from dataclasses import dataclass

from trellis.kit.journal.facts import Fact, fact


@fact("sessions.scheduled")
@dataclass(frozen=True)
class SessionScheduled(Fact):
    session: int
    series: int
    makes_up: int | None = None


@fact("sessions.moved")
@dataclass(frozen=True)
class SessionMoved(Fact):
    session: int
    series: int


@fact("sessions.cancelled")
@dataclass(frozen=True)
class SessionCancelled(Fact):
    session: int
    series: int


@fact("sessions.taken_in")
@dataclass(frozen=True)
class TakenIn(Fact):
    person: int
    series: int


@fact("sessions.let_go")
@dataclass(frozen=True)
class LetGo(Fact):
    person: int
    series: int


@fact("sessions.marked")
@dataclass(frozen=True)
class Marked(Fact):
    """One mark; `replaces` is the id of the mark it corrects."""

    person: int
    session: int
    series: int
    mark: int
    value: str
    minutes: int | None = None
    replaces: int | None = None


@fact("sessions.attendance_taken_back")
@dataclass(frozen=True)
class AttendanceTakenBack(Fact):
    """A mark that said somebody came was corrected: they did not."""

    person: int
    series: int


@fact("sessions.attendance_completed")
@dataclass(frozen=True)
class AttendanceCompleted(Fact):
    """Every scheduled session of the series is attended or made up. Can come again after a correction."""

    person: int
    series: int
