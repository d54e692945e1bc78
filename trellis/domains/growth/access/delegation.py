"""Who may, about what a team decides.

| permission        | on   | who                                                                |
|-------------------|------|--------------------------------------------------------------------|
| growth.decide     | unit | who is in the team today, and its head: nobody else, whatever role |
| growth.see_agreed | unit | the same; everybody, while the team shows what it agreed           |
"""

import rules

from trellis.domains.growth.models import OpenDecisions
from trellis.domains.people.models import Holding, Person, Unit, on_day
from trellis.kit import clock


@rules.predicate
def decides_with(user: Person, unit: Unit | None) -> bool:
    """In the team today, or its head."""
    if unit is None or not user.is_authenticated:
        return False
    held = Holding.objects.filter(on_day(clock.today()), unit=unit, person=user)
    return unit.head_id == user.pk or held.exists()


@rules.predicate
def shows_agreed(user: Person, unit: Unit | None) -> bool:
    return unit is not None and bool(user.is_authenticated) and OpenDecisions.objects.filter(unit=unit).exists()


rules.add_perm("growth.decide", decides_with)
rules.add_perm("growth.see_agreed", decides_with | shows_agreed)
