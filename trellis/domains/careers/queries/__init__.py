"""What pages and other rooms ask about careers, in bulk."""

from trellis.domains.careers.queries.definitions import definitions_of, known_beside
from trellis.domains.careers.queries.everyone import readiness_of_everyone
from trellis.domains.careers.queries.levels import gaps, levels_shown, profile_of, shown

__all__ = [
    "definitions_of",
    "gaps",
    "known_beside",
    "levels_shown",
    "profile_of",
    "readiness_of_everyone",
    "shown",
]
