"""What this room announces."""

from dataclasses import dataclass

from trellis.kit.journal.facts import Fact, fact


@fact("learning.courses_loaded")
@dataclass(frozen=True)
class CoursesLoaded(Fact):
    created: int
    changed: int


@fact("learning.course_saved")
@dataclass(frozen=True)
class CourseSaved(Fact):
    """One course written by hand; `is_new`: it was not there before."""

    course: int
    is_new: bool


@fact("learning.offering_opened")
@dataclass(frozen=True)
class OfferingOpened(Fact):
    offering: int
    course: int


@fact("learning.enrolled")
@dataclass(frozen=True)
class Enrolled(Fact):
    """`way_in`: what enrolled the person, `self`, `staff` or `programme:next-step`."""

    person: int
    offering: int
    course: int
    way_in: str


@fact("learning.withdrawn")
@dataclass(frozen=True)
class Withdrawn(Fact):
    person: int
    offering: int
    course: int


@fact("learning.result_recorded")
@dataclass(frozen=True)
class ResultRecorded(Fact):
    """One grade; `replaces` is the id of the result it corrects."""

    person: int
    offering: int
    course: int
    result: int
    passed: bool
    replaces: int | None = None


@fact("learning.pass_withdrawn")
@dataclass(frozen=True)
class PassWithdrawn(Fact):
    """A correction of the grade or of the register took a pass back, whether or not it was complete before."""

    person: int
    offering: int
    course: int


@fact("learning.course_passed")
@dataclass(frozen=True)
class CoursePassed(Fact):
    """A passing grade *and* every session attended or made up. Can come again after a correction."""

    person: int
    offering: int
    course: int
