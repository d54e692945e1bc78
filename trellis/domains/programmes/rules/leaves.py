"""What a gate can ask for: its leaves, their words in a definition, and which of them can be looked at yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class CoursePassed:
    """A course is to be passed."""

    course: str

    @cached_property
    def key(self) -> str:
        return f"passed:{self.course}"


@dataclass(frozen=True)
class AttendanceOf:
    """So many percent of a course's scheduled sessions are to be attended."""

    course: str
    percent: int

    @cached_property
    def key(self) -> str:
        return f"attendance:{self.course}"


@dataclass(frozen=True)
class DaysBeside:
    """So many whole days of so many hours beside somebody who holds the track's position."""

    days: int
    hours: float

    @cached_property
    def key(self) -> str:
        return "days"


@dataclass(frozen=True)
class LevelShown:
    """A competency is to be shown at a level or above."""

    competency: str
    level: int

    @cached_property
    def key(self) -> str:
        return f"level:{self.competency}"


@dataclass(frozen=True)
class Approval:
    """Somebody else says yes, after all the rest is met."""

    by: str
    name: str

    @cached_property
    def key(self) -> str:
        return f"approval:{self.name}"


@dataclass(frozen=True)
class AgreementSigned:
    """An agreement is to be signed by all its parties."""

    agreement: str

    @cached_property
    def key(self) -> str:
        return f"agreement:{self.agreement}"


@dataclass(frozen=True)
class PointsHeld:
    """So many points of a currency of the ledger are to be held."""

    points: int
    currency: str = "points"

    @cached_property
    def key(self) -> str:
        return f"points:{self.currency}"


@dataclass(frozen=True)
class SurveyAnswered:
    """A survey is to be answered; that it was, never what."""

    survey: str

    @cached_property
    def key(self) -> str:
        return f"survey:{self.survey}"


@dataclass(frozen=True)
class CasePublished:
    """So many own cases are to stand in the casebook."""

    cases: int

    @cached_property
    def key(self) -> str:
        return "cases"


@dataclass(frozen=True)
class Courses:
    """Every course of the track; becomes one requirement for each course and aspect."""

    percent: int | None
    passed: bool


Leaf = (
    CoursePassed
    | AttendanceOf
    | DaysBeside
    | LevelShown
    | Approval
    | AgreementSigned
    | PointsHeld
    | SurveyAnswered
    | CasePublished
)


@dataclass(frozen=True)
class LeafKind:
    """The word of a leaf in a definition, what reads it, and whether anything in the house can tell if it is met.

    `instrument` names what is still to be built where it is not.
    """

    word: str
    made: type
    is_available: bool = True
    instrument: str = ""


# The one place that says which leaves can be looked at: with its instrument, a leaf becomes available here.
LEAVES: tuple[LeafKind, ...] = (
    LeafKind("courses", Courses),
    LeafKind("course_passed", CoursePassed),
    LeafKind("attendance", AttendanceOf),
    LeafKind("days_beside_holder", DaysBeside),
    LeafKind("level", LevelShown),
    LeafKind("approval", Approval),
    LeafKind("agreement_signed", AgreementSigned, False, "agreements"),
    LeafKind("points_held", PointsHeld, False, "ledger"),
    LeafKind("survey_answered", SurveyAnswered, False, "surveys"),
    LeafKind("case_published", CasePublished, False, "casebook"),
)
WORD_OF = {kind.made: kind.word for kind in LEAVES}
NOT_AVAILABLE = frozenset(kind.made for kind in LEAVES if not kind.is_available)


def is_available(part: object) -> bool:
    """Whether the part of a gate can be looked at: false for a leaf whose instrument is still to be built."""
    return type(part) not in NOT_AVAILABLE
