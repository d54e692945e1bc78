"""What is done about courses: definitions (courses.py), offerings and people in them (offerings.py), results."""

from trellis.domains.learning.actions.courses import LoadOutcome, load_courses, save_course
from trellis.domains.learning.actions.offerings import enrol, open_offering, withdraw
from trellis.domains.learning.actions.results import announce_passed, announce_withdrawn, record_result, record_results

__all__ = [
    "LoadOutcome",
    "announce_passed",
    "announce_withdrawn",
    "enrol",
    "load_courses",
    "open_offering",
    "record_result",
    "record_results",
    "save_course",
    "withdraw",
]
