"""Courses as plain decisions: standings (standing.py), grades (grading.py), places (places.py)."""

from trellis.domains.learning.rules.grading import Grade, Graded, ResultOutcome, decide_result, is_score, read_score
from trellis.domains.learning.rules.places import EnrolOutcome, share_out
from trellis.domains.learning.rules.standing import CourseStanding, weight

__all__ = [
    "CourseStanding",
    "EnrolOutcome",
    "Grade",
    "Graded",
    "ResultOutcome",
    "decide_result",
    "is_score",
    "read_score",
    "share_out",
    "weight",
]
