"""Who may, about people.

| permission           | who                                                            |
|----------------------|----------------------------------------------------------------|
| people.see           | everybody signed in: name, position, unit                      |
| people.see_history   | oneself, one's manager and heads above, HR, academy, leaders   |
| people.manage        | HR and administrators, for their units                         |
| people.grant_roles   | administrators                                                 |
"""

import rules

from trellis.domains.people.models import Person, RoleGrant

Role = RoleGrant.Role


@rules.predicate
def is_signed_in(user: Person) -> bool:
    return bool(user.is_authenticated)


def acting(*roles: str) -> rules.Predicate:
    """A predicate: any of the roles, for any unit."""
    return rules.Predicate(
        lambda user: bool(user.is_authenticated and user.acts_as(*roles)), name="acting:" + "|".join(roles)
    )


rules.add_perm("people.see", is_signed_in)
rules.add_perm("people.manage", acting(Role.HR, Role.ADMINISTRATOR))
rules.add_perm("people.grant_roles", acting(Role.ADMINISTRATOR))
