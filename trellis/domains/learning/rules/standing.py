"""Where a person stands in a course, and which of several runs speaks for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.domains.sessions.rules import Attendance


@dataclass(frozen=True)
class Credited:
    """That earlier learning counts for a course: by whom, since when, why."""

    by: int
    on: date
    note: str = ""


@dataclass(frozen=True)
class CourseStanding:
    """Where a person stands in a course.

    `passed`: None as long as there is no result. `waiting_since`: all sessions are over and the teacher's result is
    still awaited since that day. `offering_id`: the run that speaks for the course, None when never enrolled or when
    earlier learning was credited. `over_since`: the last day of the run, once it is over: what its register
    leaves open then is for the teacher to fill in. `no_more_tries`: not passed, and no attempt that is
    left or was granted could make a pass of it.
    """

    course_id: int
    offering_id: int | None = None
    enrolled: bool = False
    attendance: Attendance | None = None
    score: Decimal | None = None
    passed: bool | None = None
    teacher_ids: tuple[int, ...] = ()
    waiting_since: date | None = None
    credited: Credited | None = None
    no_more_tries: bool = False
    over_since: date | None = None

    @property
    def is_complete(self) -> bool:
        """Credited, or passed with every session attended or made up: what a gate and evidence rest on."""
        return bool(self.credited or (self.passed and self.attendance and self.attendance.is_full))


def weight(standing: CourseStanding) -> tuple[bool, bool, bool, bool]:
    """For choosing among several runs and a credit: a complete run, else the credit, else a present enrolment, else a
    passed one; then the latest.
    """
    by_run = standing.is_complete and not standing.credited
    return (by_run, standing.credited is not None, standing.enrolled, bool(standing.passed))
