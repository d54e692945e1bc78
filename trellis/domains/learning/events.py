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


@fact("learning.offering_changed")
@dataclass(frozen=True)
class OfferingChanged(Fact):
    """Its name, places, teachers, or the last day to take a place."""

    offering: int
    places: int


@fact("learning.waits_for_run")
@dataclass(frozen=True)
class WaitsForRun(Fact):
    """A turn in the queue for a place; getting it is announced as enrolled, with the way in `self`."""

    person: int
    offering: int


@fact("learning.waits_no_more")
@dataclass(frozen=True)
class WaitsNoMore(Fact):
    person: int
    offering: int


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


@fact("learning.attempt_graded")
@dataclass(frozen=True)
class AttemptGraded(Fact):
    """One try at one part; `state` is graded, missed or excused; `replaces` is the id of the attempt it corrects."""

    person: int
    offering: int
    attempt: int
    part: str
    number: int
    state: str
    replaces: int | None = None


@fact("learning.resit_scheduled")
@dataclass(frozen=True)
class ResitScheduled(Fact):
    """`overruled`: some of its people had no further attempt by the policy of the course."""

    offering: int
    resit: int
    session: int
    part: str
    overruled: bool


@fact("learning.result_recorded")
@dataclass(frozen=True)
class ResultRecorded(Fact):
    """What the attempts make now; `replaces` is the id of the result that stood before."""

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


@fact("learning.credit_asked")
@dataclass(frozen=True)
class CreditAsked(Fact):
    person: int
    course: int
    credit: int


@fact("learning.credit_decided")
@dataclass(frozen=True)
class CreditDecided(Fact):
    """`granted` or declined."""

    person: int
    course: int
    credit: int
    granted: bool


@fact("learning.credit_revoked")
@dataclass(frozen=True)
class CreditRevoked(Fact):
    person: int
    course: int
    credit: int


@fact("learning.mandatory_declared")
@dataclass(frozen=True)
class MandatoryDeclared(Fact):
    """A course is required as part of the job."""

    mandatory: int
    course: int


@fact("learning.mandatory_ended")
@dataclass(frozen=True)
class MandatoryEnded(Fact):
    mandatory: int
    course: int


@fact("learning.training_recorded")
@dataclass(frozen=True)
class TrainingRecorded(Fact):
    """The office knows from a list or a paper that the course was done."""

    person: int
    course: int
    record: int


@fact("learning.exempted")
@dataclass(frozen=True)
class Exempted(Fact):
    person: int
    mandatory: int
    exemption: int


@fact("learning.exemption_ended")
@dataclass(frozen=True)
class ExemptionEnded(Fact):
    person: int
    mandatory: int
