"""What pages and other rooms ask about courses: where people stand (standings.py), runs (offerings.py), attempts and
results (results.py)."""

from trellis.domains.learning.queries.offerings import (
    courses_teaching,
    offering_for,
    offerings_to_grade,
    offerings_with_places,
    own_lines,
    queue_of,
    teachers_for,
    with_queue,
)
from trellis.domains.learning.queries.results import as_try, resit_places, results_in, tries_in
from trellis.domains.learning.queries.standings import course_standings, offering_standing, standings_by_person

__all__ = [
    "as_try",
    "course_standings",
    "courses_teaching",
    "offering_for",
    "offering_standing",
    "offerings_to_grade",
    "offerings_with_places",
    "own_lines",
    "queue_of",
    "resit_places",
    "results_in",
    "standings_by_person",
    "teachers_for",
    "tries_in",
    "with_queue",
]
