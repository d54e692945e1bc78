"""Which days beside a holder count: whole days, beside somebody who holds the position on that very day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WHOLE_DAY = 480  # minutes
CAME = frozenset({"present", "late"})
BESIDE = frozenset({"counted", "unsigned"})


@dataclass(frozen=True)
class DayBeside:
    """A planned day, and what became of it. `minutes` and `mark` are None until the holder confirmed it."""

    on: date
    minutes: int | None
    mark: str | None
    holder_id: int
    held_position_then: bool
    day_id: int = 0
    signed: bool = True  # the learner wrote down what was done


@dataclass(frozen=True)
class CountedDay:
    """A day with the reason why it counts or not.

    `code`: counted | planned | unconfirmed (over, and the holder has not confirmed it) | unsigned (confirmed, and the
    learner has not written what was done) | absent | excused (needs another day) | too_short | not_a_holder |
    same_day_twice.
    """

    day: DayBeside
    code: str


@dataclass(frozen=True)
class DaysCount:
    """How many of the days needed count, and the reason for each."""

    needed: int
    minutes_each: int
    days: tuple[CountedDay, ...]

    def number(self, *codes: str) -> int:
        """How many days have one of the codes."""
        return sum(day.code in codes for day in self.days)

    @property
    def counted(self) -> int:
        """Whole days beside a holder."""
        return self.number("counted")

    @property
    def planned(self) -> int:
        """Days to come."""
        return self.number("planned")

    @property
    def is_met(self) -> bool:
        """Whether enough days count."""
        return self.counted >= self.needed

    @property
    def left(self) -> int:
        """How many days are neither counted, nor planned, nor waiting for a signature: to be planned still."""
        return max(0, self.needed - self.number("counted", "planned", "unconfirmed", "unsigned"))

    @property
    def waiting_since(self) -> date | None:
        """The earliest day that its holder has not confirmed."""
        return min((d.day.on for d in self.days if d.code == "unconfirmed"), default=None)

    @property
    def minutes(self) -> int:
        """All the time spent, whether it counts or not."""
        return sum(d.day.minutes or 0 for d in self.days)


def count_days(days: Iterable[DayBeside], *, needed: int = 6, minutes_each: int = WHOLE_DAY, on: date) -> DaysCount:
    """Count whole days (methods.md, "Gates and attendance"): never the sum of hours, and a calendar day once."""
    counted: list[CountedDay] = []
    taken: set[date] = set()
    for day in sorted(days, key=lambda d: (d.on, d.day_id)):
        code = _why(day, minutes_each, on)
        if code in BESIDE and day.on in taken:
            code = "same_day_twice"
        if code in BESIDE:
            taken.add(day.on)
        counted.append(CountedDay(day, code))
    return DaysCount(needed, minutes_each, tuple(counted))


def _why(day: DayBeside, minutes_each: int, on: date) -> str:
    if day.mark is None:
        return "planned" if day.on >= on else "unconfirmed"
    if day.mark not in CAME:
        return day.mark
    if not day.held_position_then:
        return "not_a_holder"
    if (day.minutes or 0) < minutes_each:
        return "too_short"
    return "counted" if day.signed else "unsigned"


@dataclass(frozen=True)
class PlanOutcome:
    """What became of a plan.

    `code`: planned | already (the same day beside the same holder is there), or a refusal: same_person, in_past,
    not_a_holder (on that day), day_taken (another day is planned for that date), holder_busy (with as many
    learners as the holder takes), holder_away; and, unless somebody insists with a reason: learner_away,
    learner_off_shift, holder_off_shift (the day lies outside their working hours); `against` has all of these.
    """

    code: str
    day_id: int = 0
    against: tuple[str, ...] = ()

    @property
    def wants_reason(self) -> bool:
        """Whether it is planned once somebody says why it has to be."""
        return self.code in INSISTED

    @property
    def ok(self) -> bool:
        """Whether the day is planned now."""
        return self.code in {"planned", "already"}


# In the order in which it is told.
INSISTED = ("learner_away", "learner_off_shift", "holder_off_shift")


def speaks_against(*, learner_away: bool, learner_off_shift: bool, holder_off_shift: bool) -> tuple[str, ...]:
    """What a reason is needed for, in the order in which it is told."""
    holds = (learner_away, learner_off_shift, holder_off_shift)
    return tuple(code for code, one in zip(INSISTED, holds, strict=True) if one)


def decide_plan(*, is_same_person: bool, on: date, today: date, holds: bool) -> str:
    """The code, as far as it does not depend on other plans."""
    if is_same_person:
        return "same_person"
    if on < today:
        return "in_past"
    return "planned" if holds else "not_a_holder"


MOST_WORDS = 1000  # characters of what a learner writes about a day


def why_not_sign(*, is_learner: bool, is_cancelled: bool, on: date, today: date, mark: str | None, length: int) -> str:
    """Empty when the learner can sign; else not_yours | cancelled | too_early | not_there | empty | too_long."""
    reasons = (
        ("not_yours", not is_learner),
        ("cancelled", is_cancelled),
        ("too_early", on > today),
        ("not_there", mark is not None and mark not in CAME),
        ("empty", not length),
        ("too_long", length > MOST_WORDS),
    )
    return next((code for code, holds in reasons if holds), "")
