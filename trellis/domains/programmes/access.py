"""Who may, about programmes.

| permission             | who                                                                              |
|------------------------|----------------------------------------------------------------------------------|
| programmes.see         | everybody signed in: programmes, what they ask, cohorts open to join             |
| programmes.join        | everybody signed in, and only themselves (the action and a constraint refuse others) |
| programmes.see_journey | oneself, one's line manager and the heads above, academy staff                   |
| programmes.leave       | oneself                                                                          |
| programmes.run         | academy staff and administrators: definitions, cohorts, rosters                  |
| programmes.review      | academy staff; about one journey: never one's own                                |
| programmes.waive       | academy staff; never for oneself                                                 |
"""

import rules

from trellis.domains.people.access import acting, is_signed_in
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.people.queries import manages
from trellis.domains.programmes.models import Journey

Role = RoleGrant.Role


@rules.predicate
def is_own(user: Person, journey: Journey | None) -> bool:
    return journey is not None and journey.person_id == user.pk


@rules.predicate
def manages_traveller(user: Person, journey: Journey | None) -> bool:
    return journey is not None and manages(user, journey.person)


is_academy = acting(Role.ACADEMY)

rules.add_perm("programmes.see", is_signed_in)
rules.add_perm("programmes.join", is_signed_in)
rules.add_perm("programmes.see_journey", is_own | is_academy | manages_traveller)
rules.add_perm("programmes.leave", is_own)
rules.add_perm("programmes.run", acting(Role.ACADEMY, Role.ADMINISTRATOR))
rules.add_perm("programmes.review", is_academy & ~is_own)
rules.add_perm("programmes.waive", is_academy & ~is_own)
