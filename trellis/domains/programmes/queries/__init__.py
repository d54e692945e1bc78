"""What pages and other rooms ask about programmes."""

from trellis.domains.programmes.queries.journey import NextStep, current_journey, next_step
from trellis.domains.programmes.queries.standings import definition_of, lacks_courses, standing_of, standings

__all__ = ["NextStep", "current_journey", "definition_of", "lacks_courses", "next_step", "standing_of", "standings"]
