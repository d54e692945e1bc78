"""Where a person stands in a course, and which of several runs speaks for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.domains.sessions.rules import Attendance


@dataclass(frozen=True)
class CourseStanding:
    """Where a person stands in a course.

    `passed`: None as long as there is no result. `waiting_since`: all sessions are over and the teacher's result is
    still awaited since that day. `offering_id`: the run that speaks for the course, None when never enrolled.
    """

    course_id: int
    offering_id: int | None = None
    enrolled: bool = False
    attendance: Attendance | None = None
    score: Decimal | None = None
    passed: bool | None = None
    teacher_ids: tuple[int, ...] = ()
    waiting_since: date | None = None

    @property
    def is_complete(self) -> bool:
        """Passed, with every session attended or made up: what a certificate and evidence rest on."""
        return bool(self.passed and self.attendance and self.attendance.is_full)


def weight(standing: CourseStanding) -> tuple[bool, bool, bool]:
    """For choosing among several runs: a complete one, else a present enrolment, else a passed one; then the latest."""
    return (standing.is_complete, standing.enrolled, bool(standing.passed))
