"""Who may, about what the company would be glad of. Everybody reads it.

| permission        | on         | who                                                                      |
|-------------------|------------|--------------------------------------------------------------------------|
| growth.say_needed | unit, None | of its branch: the academy, HR, heads; None: those of any branch         |
| growth.end_need   | need       | the same, of its unit; of the whole company: the academy and HR of it all |
"""

import rules

from trellis.domains.growth.models import SkillNeed
from trellis.domains.people.access import Role, acting_for, reach_of
from trellis.domains.people.models import Person, Unit


@rules.predicate
def heads_branch(user: Person, unit: Unit | None = None) -> bool:
    """Heads the unit or one above it; without a unit: heads any."""
    if not user.is_authenticated or not user.headed_paths:
        return False
    return unit is None or unit.path.startswith(tuple(user.headed_paths))


@rules.predicate
def may_end_need(user: Person, need: SkillNeed | None) -> bool:
    if need is None:
        return False
    if need.unit is None:
        return bool(user.is_authenticated) and reach_of(user, Role.ACADEMY, Role.HR) is None
    return bool((acting_for(Role.ACADEMY, Role.HR) | heads_branch)(user, need.unit))


rules.add_perm("growth.say_needed", acting_for(Role.ACADEMY, Role.HR) | heads_branch)
rules.add_perm("growth.end_need", may_end_need)
