from trellis.domains.opportunities.models.filling import Interview, PassingOver, Placement
from trellis.domains.opportunities.models.openings import Interest, Opening
from trellis.domains.opportunities.models.pool import PoolTerm, Renewal
from trellis.domains.opportunities.models.stories import Story
from trellis.domains.opportunities.models.supply import ExpectedOpening

__all__ = [
    "ExpectedOpening",
    "Interest",
    "Interview",
    "Opening",
    "PassingOver",
    "Placement",
    "PoolTerm",
    "Renewal",
    "Story",
]
