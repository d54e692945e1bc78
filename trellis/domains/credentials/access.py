"""Who may, about certificates.

| permission           | who                                                                    |
|----------------------|------------------------------------------------------------------------|
| (no sign-in)         | whoever has the number: whether it is valid, for whom and for what     |
| credentials.see      | oneself, one's managers, academy staff and HR: the certificate, its PDF |
| credentials.see_all  | academy staff and HR: the list of all                                  |
| credentials.issue    | academy staff; never to oneself                                        |
| credentials.withdraw | academy staff; never one's own                                         |
"""

import rules

from trellis.domains.credentials.models import Certificate
from trellis.domains.people.access import acting
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.people.queries import manages

Role = RoleGrant.Role


@rules.predicate
def is_own(user: Person, certificate: Certificate | None) -> bool:
    return certificate is not None and certificate.person_id == user.pk


@rules.predicate
def manages_holder(user: Person, certificate: Certificate | None) -> bool:
    return certificate is not None and manages(user, certificate.person)


sees_all = acting(Role.ACADEMY, Role.HR)
is_academy = acting(Role.ACADEMY)

rules.add_perm("credentials.see", is_own | sees_all | manages_holder)
rules.add_perm("credentials.see_all", sees_all)
rules.add_perm("credentials.issue", is_academy & ~is_own)
rules.add_perm("credentials.withdraw", is_academy & ~is_own)
