"""What can be learned and who takes part (courses.py), what came of it (results.py), earlier learning (credits.py), and
what is required of whom (mandatory.py)."""

from trellis.domains.learning.models.courses import Course, CourseTeaches, Enrolment, InQueue, Offering
from trellis.domains.learning.models.credits import Credit
from trellis.domains.learning.models.mandatory import Exemption, Mandatory, TrainingRecord
from trellis.domains.learning.models.results import Attempt, Resit, Result

__all__ = [
    "Attempt",
    "Course",
    "CourseTeaches",
    "Credit",
    "Enrolment",
    "Exemption",
    "InQueue",
    "Mandatory",
    "Offering",
    "Resit",
    "Result",
    "TrainingRecord",
]
