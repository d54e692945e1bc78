"""Results and places: what may be written, what counts, which offering speaks for a course."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

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


@dataclass(frozen=True)
class Graded:
    """The result that is current when somebody grades; id 0: none."""

    id: int = 0
    score: Decimal | None = None
    graded_by: int = 0
    passed: bool = False


@dataclass(frozen=True)
class Grade:
    """A score of 100 that somebody asks to be written. `seen`: id of the result they saw, 0 none, None did not look."""

    score: Decimal
    reason: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class ResultOutcome:
    """What became of a grade.

    `code`: recorded | unchanged, or a refusal: out_of_range, not_enrolled, oneself, conflict, reason_needed. The rest
    tells the result that is current now.
    """

    code: str
    result_id: int = 0
    score: Decimal | None = None
    graded_by: int = 0

    @property
    def ok(self) -> bool:
        """Whether the result now is what was asked for."""
        return self.code in {"recorded", "unchanged"}


def read_score(text: str) -> Decimal | None:
    """A score as people write it, `85`, `85.5` or `85,5`; None when it is no number of 0 to 100 with one decimal."""
    try:
        score = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return score if is_score(score) else None


def is_score(score: Decimal) -> bool:
    """From 0 to 100, in tenths."""
    return score.is_finite() and 0 <= score <= 100 and score == score.quantize(Decimal("0.1"))


def decide_result(grade: Grade, now_there: Graded, *, is_oneself: bool, is_enrolled: bool) -> str:
    """The code of the outcome. A correction always says why; the same score again is harmless."""
    if not is_score(grade.score):
        return "out_of_range"
    if is_oneself:
        return "oneself"
    if not is_enrolled:
        return "not_enrolled"
    if now_there.id and now_there.score == grade.score:
        return "unchanged"
    if grade.seen is not None and grade.seen != now_there.id:
        return "conflict"
    if now_there.id and not grade.reason.strip():
        return "reason_needed"
    return "recorded"


@dataclass(frozen=True)
class EnrolOutcome:
    """Who was enrolled now, who already was, and for whom no place was left (person ids)."""

    enrolled: tuple[int, ...] = ()
    already: tuple[int, ...] = ()
    no_place: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everybody asked for is enrolled."""
        return not self.no_place


def share_out(asked: list[int], enrolled: set[int], places: int) -> EnrolOutcome:
    """First come, first served: `asked` in their order, `places` in all, some of them taken."""
    already = tuple(person for person in asked if person in enrolled)
    new = [person for person in dict.fromkeys(asked) if person not in enrolled]
    left = max(0, places - len(enrolled))
    return EnrolOutcome(tuple(new[:left]), already, tuple(new[left:]))
