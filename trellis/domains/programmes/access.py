"""Who may, about programmes.

| permission             | who                                                                              |
|------------------------|----------------------------------------------------------------------------------|
| programmes.see         | everybody signed in: programmes, what they ask, cohorts open to join             |
| programmes.join        | everybody signed in, and only themselves (the action and a constraint refuse others) |
| programmes.see_journey | oneself, academy staff; one's line manager and the heads above, but not what was left |
| programmes.see_time    | oneself and academy staff: attempts, pauses, extensions and their reasons, and   |
|                        | why something was waived or a review returned                                    |
| programmes.leave       | oneself                                                                          |
| programmes.run         | academy staff and administrators: definitions, cohorts, rosters                  |
| programmes.act_on_many | academy staff: one act on many of a cohort, and its undoing                      |
| programmes.review      | academy staff; about one journey: never one's own                                |
| programmes.waive       | academy staff; never for oneself                                                 |

Academy staff of a branch: journeys and reviews of its people. Definitions and cohorts are for the whole company, and so
are those who run them.
"""

from operator import attrgetter

import rules

from trellis.domains.people.access import Role, acting_for, everywhere, is_ones_own, is_signed_in, leads_its_person
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey

is_academy = acting_for(Role.ACADEMY, of=attrgetter("person"))

rules.add_perm("programmes.see", is_signed_in)
rules.add_perm("programmes.join", is_signed_in)


@rules.predicate
def was_left(user: Person, journey: Journey | None) -> bool:
    """Leaving is no mark against anybody: managers do not see what was left."""
    return journey is not None and journey.left_at is not None


rules.add_perm("programmes.see_journey", is_ones_own | is_academy | (leads_its_person & ~was_left))
rules.add_perm("programmes.see_time", is_ones_own | is_academy)
rules.add_perm("programmes.leave", is_ones_own)
rules.add_perm("programmes.run", everywhere(Role.ACADEMY, Role.ADMINISTRATOR))
rules.add_perm("programmes.act_on_many", everywhere(Role.ACADEMY))
rules.add_perm("programmes.review", is_academy & ~is_ones_own)
rules.add_perm("programmes.waive", is_academy & ~is_ones_own)
