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
    """One mark; `replaces` is the id of the mark it corrects, `way` says whether the person entered the code."""

    person: int
    session: int
    series: int
    mark: int
    value: str
    minutes: int | None = None
    replaces: int | None = None
    way: str = "register"


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


@fact("sessions.kept_in_spite")
@dataclass(frozen=True)
class KeptInSpite(Fact):
    """Somebody insisted on a session that clashes; the reason stands with it. `clashes`: kinds, as `room host`."""

    session: int
    series: int
    clashes: str


@fact("sessions.booked")
@dataclass(frozen=True)
class Booked(Fact):
    """A place in an open session; `waiting`: only a turn in the queue for one."""

    person: int
    session: int
    waiting: bool


@fact("sessions.moved_up")
@dataclass(frozen=True)
class MovedUp(Fact):
    """A place became free, and the first of the queue has it."""

    person: int
    session: int


@fact("sessions.given_back")
@dataclass(frozen=True)
class GivenBack(Fact):
    person: int
    session: int


@fact("sessions.places_changed")
@dataclass(frozen=True)
class PlacesChanged(Fact):
    session: int
    places: int


@fact("sessions.room_saved")
@dataclass(frozen=True)
class RoomSaved(Fact):
    room: int
    is_new: bool
    in_use: bool


@fact("sessions.shift_saved")
@dataclass(frozen=True)
class ShiftSaved(Fact):
    shift: int
    is_new: bool


@fact("sessions.put_on_shift")
@dataclass(frozen=True)
class PutOnShift(Fact):
    """From a day on the person works this shift; `shift` is None when none is known any more."""

    person: int
    shift: int | None


@fact("sessions.check_in_opened")
@dataclass(frozen=True)
class CheckInOpened(Fact):
    """A host shows a code in the room and attests for those who enter it."""

    session: int
    series: int


@fact("sessions.check_in_closed")
@dataclass(frozen=True)
class CheckInClosed(Fact):
    session: int
    series: int
