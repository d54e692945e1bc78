"""What may be written as a grade."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


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
