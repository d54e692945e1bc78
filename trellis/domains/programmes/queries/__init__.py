"""What pages and other rooms ask about programmes."""

from trellis.domains.programmes.queries.journey import current_journey, show_journey
from trellis.domains.programmes.queries.standings import definition_of, lacks_courses, standing_of, standings

__all__ = ["current_journey", "definition_of", "lacks_courses", "show_journey", "standing_of", "standings"]
