"""Attendance, and what one more absence would mean."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TypeVar

PRESENT, LATE, ABSENT, EXCUSED = "present", "late", "absent", "excused"
Who = TypeVar("Who")  # how people are told apart
VALUES = (PRESENT, LATE, ABSENT, EXCUSED)
ATTENDED = frozenset({PRESENT, LATE})


@dataclass(frozen=True)
class Attendance:
    """One person in one series, counted over every session that is not cancelled and is no make-up itself.

    `open`: not marked yet. `missed` and `excused`: away and not made up. `repairable`: how many of those two have a
    make-up that is offered and still open.
    """

    scheduled: int = 0
    attended: int = 0
    made_up: int = 0
    open: int = 0
    missed: int = 0
    excused: int = 0
    repairable: int = 0

    @property
    def counted(self) -> int:
        """Sessions attended or made up."""
        return self.attended + self.made_up

    @property
    def share(self) -> float:
        """Counted of scheduled, 0 to 1; with nothing scheduled nothing is shown: 0."""
        return self.counted / self.scheduled if self.scheduled else 0.0

    @property
    def is_full(self) -> bool:
        """Whether every scheduled session was attended or made up."""
        return self.scheduled > 0 and self.counted == self.scheduled

    def reachable(self, required_share: float = 1.0) -> bool:
        """Whether attending all that is left, make-ups offered included, still reaches the share (0 to 1)."""
        return self.counted + self.open + self.repairable >= sessions_needed(self.scheduled, required_share)


@dataclass(frozen=True)
class Prospect:
    """What an attendance means for the share required.

    `state`: reached | on_track | at_risk (only a make-up repairs it) | out_of_reach. `spare`: how many more sessions
    may be missed without needing a make-up. `to_make_up`: how many absences have to be made up.
    """

    state: str
    spare: int
    to_make_up: int


@dataclass(frozen=True)
class Scheduled:
    """A session as far as attendance is concerned."""

    id: int
    makes_up: int | None = None
    cancelled: bool = False


def sessions_needed(scheduled: int, required_share: float) -> int:
    """How many sessions the share asks for, rounded up; the small subtraction keeps 0.7 of 10 at 7."""
    return math.ceil(scheduled * required_share - 1e-9)


def count(sessions: Iterable[Scheduled], marks: Mapping[int, str]) -> Attendance:
    """The attendance of one person: `marks` are the current ones, session id to value.

    Being at a make-up repairs the session it stands for, whatever is marked there. Late is attended.
    """
    return count_in(Timetable.of(sessions), marks)


@dataclass(frozen=True)
class Timetable:
    """The sessions of a series, sorted once for counting many people: originals, and the make-ups offered for each."""

    originals: tuple[int, ...]
    make_ups: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, sessions: Iterable[Scheduled]) -> "Timetable":
        """Leave out what is cancelled, and put each make-up beside its original."""
        originals: list[int] = []
        make_ups: dict[int, tuple[int, ...]] = {}
        for session in sessions:
            if session.cancelled:
                continue
            if session.makes_up is None:
                originals.append(session.id)
            else:
                make_ups[session.makes_up] = (*make_ups.get(session.makes_up, ()), session.id)
        return cls(tuple(originals), {pk: make_ups[pk] for pk in originals if pk in make_ups})


def count_in(timetable: Timetable, marks: Mapping[int, str]) -> Attendance:
    """The same as `count`, for who counts many people in one timetable."""
    # Counted as a whole, then corrected where a make-up was offered: a register counts some hundred people at once.
    values = [*map(marks.get, timetable.originals)]
    found = {value: values.count(value) for value in (None, *VALUES)}
    made_up = repairable = 0
    for session, offered in timetable.make_ups.items():
        value = marks.get(session)
        if value in ATTENDED:
            continue
        if any(marks.get(make_up) in ATTENDED for make_up in offered):
            made_up += 1
            found[value] -= 1
        elif value is not None:
            repairable += any(make_up not in marks for make_up in offered)
    attended = found[PRESENT] + found[LATE]
    return Attendance(len(values), attended, made_up, found[None], found[ABSENT], found[EXCUSED], repairable)


def count_each(
    timetable: Timetable, marks: Mapping[int, Mapping[Who, str]], people: Sequence[Who]
) -> Iterator[Attendance]:
    """The attendance of each of the people, in their order: `marks` are the current ones, session to person to value.

    Of hundreds of people most have the same marks, and what is the same is counted once.
    """
    sessions = [*timetable.originals, *chain.from_iterable(timetable.make_ups.values())]
    nothing: Mapping[Who, str] = {}
    columns = [map(marks.get(session, nothing).get, people) for session in sessions]
    known: dict[tuple[str | None, ...], Attendance] = {}
    for values in zip(*columns, strict=True) if columns else repeat((), len(people)):
        found = known.get(values)
        if found is None:
            theirs = {session: value for session, value in zip(sessions, values, strict=True) if value is not None}
            found = known[values] = count_in(timetable, theirs)
        yield found


def prospect(attendance: Attendance, required_share: float = 1.0) -> Prospect:
    """Where the person stands against the share required (0 to 1)."""
    needed = sessions_needed(attendance.scheduled, required_share)
    certain, possible = attendance.counted, attendance.counted + attendance.open
    to_make_up = max(0, needed - possible)
    if attendance.scheduled and certain >= needed:
        return Prospect("reached", max(0, possible - needed), 0)
    if not attendance.reachable(required_share):
        return Prospect("out_of_reach", 0, to_make_up)
    return Prospect("at_risk" if to_make_up else "on_track", max(0, possible - needed), to_make_up)
