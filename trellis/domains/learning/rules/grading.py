"""What may be written as a grade, how often somebody may try, and what the parts make together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from operator import itemgetter

from trellis.domains.learning.rules.scheme import LAST, Part, Scheme, in_tenths
from trellis.domains.sessions.rules import Clash

GRADED, MISSED, EXCUSED = "graded", "missed", "excused"
STATES = (GRADED, MISSED, EXCUSED)
Tried = tuple[str, int, Decimal | None]  # part, number, score


@dataclass(frozen=True)
class Try:
    """An attempt as it stands. Missed uses it up, excused does not; neither has a score."""

    id: int
    part: str
    number: int
    state: str
    score: Decimal | None
    sat_on: date
    graded_by: int = 0
    points: tuple[tuple[str, int], ...] = ()
    resit: int | None = None  # the re-sit it was made in


@dataclass(frozen=True)
class Grade:
    """What somebody asks to be written of one attempt at one part.

    `number` 0: the latest attempt, or the first. `seen`: id of the attempt they saw there, 0 none, None did not look.
    """

    score: Decimal | None = None
    reason: str = ""
    seen: int | None = None
    part: str = "result"
    number: int = 0
    state: str = GRADED
    points: tuple[tuple[str, int], ...] = ()

    def says_the_same(self, there: Try) -> bool:
        """Whether what stands there is what is asked for."""
        return (there.state, there.score, dict(there.points)) == (self.state, self.score, dict(self.points))


@dataclass(frozen=True)
class GradeOutcome:
    """What became of a grade.

    `code`: recorded | unchanged, or a refusal: out_of_range, not_enrolled, oneself, conflict, reason_needed, no_part,
    no_resit (a further attempt is made in a re-sit), too_early (the re-sit is still to come). The rest tells what
    stands now.
    """

    code: str
    attempt_id: int = 0
    score: Decimal | None = None
    graded_by: int = 0
    state: str = ""

    @property
    def ok(self) -> bool:
        """Whether what is on record now is what was asked for."""
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


@dataclass(frozen=True)
class Desk:
    """What is asked before a grade is written. `resit_on`: the day of the re-sit the person has a place in."""

    is_oneself: bool
    is_enrolled: bool
    part: Part | None
    tries: Collection[Try]  # of this person at this part
    today: date
    resit_on: date | None = None


def number_of(grade: Grade, tries: Collection[Try]) -> int:
    """Which attempt a grade speaks of."""
    return grade.number or max((t.number for t in tries), default=1)


def decide_grade(grade: Grade, desk: Desk) -> str:
    """The code of the outcome. A correction always says why; the same again is harmless."""
    if desk.part is None:
        return "no_part"
    if not _is_sound(grade):
        return "out_of_range"
    if desk.is_oneself:
        return "oneself"
    return _decide_among(grade, desk) if desk.is_enrolled else "not_enrolled"


def _is_sound(grade: Grade) -> bool:
    """A score where there is one to give, and none where not."""
    if grade.state == GRADED:
        return grade.score is not None and is_score(grade.score)
    return grade.state in STATES and grade.score is None


def _decide_among(grade: Grade, desk: Desk) -> str:
    """Against the attempts there are."""
    number, latest = number_of(grade, desk.tries), max((t.number for t in desk.tries), default=0)
    there = next((t for t in desk.tries if t.number == number), None)
    if there and grade.says_the_same(there):
        return "unchanged"
    if grade.seen is not None and grade.seen != (there.id if there else 0):
        return "conflict"
    if there:
        return "recorded" if grade.reason.strip() else "reason_needed"
    if number == 1:
        return "recorded"
    if number != latest + 1 or desk.resit_on is None:
        return "no_resit"
    return "too_early" if desk.resit_on > desk.today else "recorded"


@dataclass(frozen=True)
class Verdict:
    """What the parts make together: the score of 100, whether it passes, and which parts fall short of their own mark.

    `missed`: not passed, and some part was never sat; kept apart from failing.
    """

    score: Decimal
    passed: bool
    missed: bool = False
    short: tuple[str, ...] = ()


def counting(tries: Iterable[Try], counts: str) -> Decimal | None:
    """The score that counts of one part's attempts: the best or the last; None when none was graded."""
    graded = sorted((t.number, t.score) for t in tries if t.score is not None)
    if not graded:
        return None
    return graded[-1][1] if counts == LAST else max(score for _number, score in graded)


def verdict(scheme: Scheme, pass_mark: int, tries: Collection[Try]) -> Verdict | None:
    """The result of a course by weights; None as long as some part is neither graded nor missed.

    The weighted mean of the counting scores, in tenths; a part never sat counts 0. It passes when the mean reaches the
    mark of the course and each part that has a mark of its own reaches that. What is shown, the rounded mean, decides.
    """
    scores: dict[str, Decimal] = {}
    absent = False
    for part in scheme.parts:
        own = [t for t in tries if t.part == part.code and t.state != EXCUSED]
        if not own:
            return None
        score = counting(own, scheme.counts)
        absent |= score is None
        scores[part.code] = score or Decimal(0)
    total = sum(part.weight for part in scheme.parts)
    mean = in_tenths(sum((scores[p.code] * p.weight for p in scheme.parts), Decimal(0)) / total)
    short = tuple(p.code for p in scheme.parts if p.pass_mark is not None and scores[p.code] < p.pass_mark)
    passed = mean >= pass_mark and not short
    return Verdict(mean, passed, absent and not passed, short)


@dataclass(frozen=True)
class NextTry:
    """A further attempt at a part: which one, how many are left (None: no limit), and not before which day.

    `why_not`: passed | not_tried (the first one has not been made) | none_left | too_soon; empty when it may be made on
    the day asked about.
    """

    number: int
    left: int | None
    not_before: date | None
    why_not: str = ""


def next_try(scheme: Scheme, tries: Collection[Try], *, on: date, passed: bool = False) -> NextTry:
    """What the policy says of a further attempt on a day; `tries` are the person's at this part."""
    used = [t for t in tries if t.state != EXCUSED]
    left = max(0, scheme.allowed - len(used)) if scheme.allowed else None
    number = max((t.number for t in tries), default=0) + 1
    not_before = max(t.sat_on for t in used) + timedelta(days=scheme.wait_days) if used else None
    why_not = ""
    if passed:
        why_not = "passed"
    elif not tries:
        why_not = "not_tried"
    elif left == 0:
        why_not = "none_left"
    elif not_before and on < not_before:
        why_not = "too_soon"
    return NextTry(number, left, not_before, why_not)


def no_way_left(scheme: Scheme, pass_mark: int, tried: Iterable[Tried], granted: Collection[str] = ()) -> bool:
    """Whether no attempt that is still allowed could make a pass of it, part by part.

    `tried`: part, number and score (None: missed) of the attempts that count; `granted`: parts with a further attempt
    that was granted and not made yet. A part that may be tried again could still come to 100; one that may not keeps
    the score that counts. It is over when a part below its own mark may not be tried again, or when even so the whole
    stays below the mark of the course.
    """
    if not scheme.allowed:
        return False
    attempts: dict[str, list[tuple[int, Decimal | None]]] = {}
    for part, number, score in tried:
        attempts.setdefault(part, []).append((number, score))
    reach = Decimal(0)
    for part_ in scheme.parts:
        own = attempts.get(part_.code, [])
        if len(own) < scheme.allowed or part_.code in granted:
            best = Decimal(100)
        else:
            scores = [score for _number, score in sorted(own, key=itemgetter(0)) if score is not None]
            best = (scores[-1] if scheme.counts == LAST else max(scores)) if scores else Decimal(0)
            if part_.pass_mark is not None and best < part_.pass_mark:
                return True
        reach += best * part_.weight
    return in_tenths(reach / sum(part.weight for part in scheme.parts)) < pass_mark


@dataclass(frozen=True)
class ResitOutcome:
    """Whether a re-sit stands. `code`: scheduled | already | nobody | no_part | reason_needed | clash (a teacher hosts
    something else then; `clashes` say what).

    `against`: person id to what speaks against a place for them, as in `NextTry.why_not` or `not_enrolled`; all but the
    last can be overruled with a reason.
    """

    code: str
    session_id: int = 0
    against: dict[int, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the session is there."""
        return self.code in {"scheduled", "already"}


def decide_resit(against: dict[int, str], asked: int, reason: str) -> str:
    """Whom the policy does not let try again gets a place only with the reason why."""
    if not asked or "not_enrolled" in against.values():
        return "nobody"
    return "reason_needed" if against and not reason.strip() else "scheduled"
