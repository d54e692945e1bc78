"""What can be learned and who takes part (courses.py), and what came of it (results.py)."""

from trellis.domains.learning.models.courses import Course, CourseTeaches, Enrolment, Offering
from trellis.domains.learning.models.results import Result

__all__ = ["Course", "CourseTeaches", "Enrolment", "Offering", "Result"]
