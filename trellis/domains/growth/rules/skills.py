"""What a person wants laid over what the company needs (row D2).

What the present position asks for and was not shown yet is needed at once: it is part of the job and stands apart. Of
the rest, what only the person wants is their own time; what only the company needs waits for somebody who wants it; and
what both want is what development here is for.
"""

from collections.abc import Collection
from dataclasses import dataclass

Skill = int  # the id of a competency


@dataclass(frozen=True)
class Overlap:
    """Four sets that do not meet: every skill stands in one of them."""

    only_mine: frozenset[Skill]
    both: frozenset[Skill]
    only_company: frozenset[Skill]
    job: frozenset[Skill]


def overlap(*, wished: Collection[Skill], needed: Collection[Skill], job: Collection[Skill]) -> Overlap:
    """`wished`: by the person, with what their aim asks; `needed`: as the company declared; `job`: lacking at once."""
    mine, company, at_once = frozenset(wished), frozenset(needed), frozenset(job)
    return Overlap(mine - company - at_once, (mine & company) - at_once, company - mine - at_once, at_once)
