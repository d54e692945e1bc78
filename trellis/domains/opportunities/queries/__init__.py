"""What pages and other rooms ask about openings and the pool."""

from trellis.domains.opportunities.queries.filling import Filling, filling_of, passings_over
from trellis.domains.opportunities.queries.openings import Listed, open_on, ranked_list
from trellis.domains.opportunities.queries.pool import (
    Certified,
    InPool,
    PoolRow,
    certified_for,
    certified_in_pool,
    people_in_pool,
    pool,
    with_holdings,
)
from trellis.domains.opportunities.queries.stories import Grown, Step, facts_of, promotions_of, published, steps_of
from trellis.domains.opportunities.queries.supply import Ahead, expected_openings, supply_ahead

__all__ = [
    "Ahead",
    "Certified",
    "Filling",
    "Grown",
    "InPool",
    "Listed",
    "PoolRow",
    "Step",
    "certified_for",
    "certified_in_pool",
    "expected_openings",
    "facts_of",
    "filling_of",
    "open_on",
    "passings_over",
    "people_in_pool",
    "pool",
    "promotions_of",
    "published",
    "ranked_list",
    "steps_of",
    "supply_ahead",
    "with_holdings",
]
