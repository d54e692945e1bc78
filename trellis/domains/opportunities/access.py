"""Who may, about openings.

| permission                 | who                                                                        |
|----------------------------|----------------------------------------------------------------------------|
| opportunities.see          | everybody signed in: the openings                                          |
| opportunities.put_forward  | everybody signed in, and only themselves                                   |
| opportunities.run          | HR, academy staff and administrators: open and close posts                 |
| opportunities.see_list     | HR, academy staff; the head of the opening's unit or of one above          |
| opportunities.see_pool     | HR, academy staff, leaders                                                 |
"""

import rules

from trellis.domains.opportunities.models import Opening
from trellis.domains.people.access import acting, is_signed_in
from trellis.domains.people.models import Person, RoleGrant

Role = RoleGrant.Role


@rules.predicate
def heads_unit(user: Person, opening: Opening | None) -> bool:
    return opening is not None and any(opening.unit.path.startswith(path) for path in user.headed_paths)


rules.add_perm("opportunities.see", is_signed_in)
rules.add_perm("opportunities.put_forward", is_signed_in)
rules.add_perm("opportunities.run", acting(Role.HR, Role.ACADEMY, Role.ADMINISTRATOR))
rules.add_perm("opportunities.see_list", acting(Role.HR, Role.ACADEMY) | heads_unit)
rules.add_perm("opportunities.see_pool", acting(Role.HR, Role.ACADEMY, Role.LEADER))
