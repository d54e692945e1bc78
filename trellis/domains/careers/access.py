"""Who may, about careers.

| permission         | on a person | who                                                                         |
|--------------------|-------------|-----------------------------------------------------------------------------|
| careers.see_map    |             | everybody signed in: pathways, positions, what they ask, who holds them     |
| careers.define     |             | academy staff and administrators                                            |
| careers.see_levels | yes         | oneself, one's manager and the heads above, academy staff, HR               |
| careers.assess     | yes         | one's manager and the heads above, academy staff; never oneself             |
"""

import rules

from trellis.domains.people import queries as people
from trellis.domains.people.access import Role, acting, is_signed_in
from trellis.domains.people.models import Person


@rules.predicate
def is_oneself(user: Person, person: Person | None) -> bool:
    return person is not None and user.pk == person.pk


@rules.predicate
def manages(user: Person, person: Person | None) -> bool:
    return person is not None and people.manages(user, person)


rules.add_perm("careers.see_map", is_signed_in)
rules.add_perm("careers.define", acting(Role.ACADEMY, Role.ADMINISTRATOR))
rules.add_perm("careers.see_levels", is_oneself | acting(Role.ACADEMY, Role.HR) | manages)
rules.add_perm("careers.assess", ~is_oneself & (acting(Role.ACADEMY) | manages))
