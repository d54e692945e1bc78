"""Who may, about careers.

| permission         | on a person | who                                                                         |
|--------------------|-------------|-----------------------------------------------------------------------------|
| careers.see_map    |             | everybody signed in: pathways, positions, what they ask, who holds them     |
| careers.define     |             | academy staff and administrators of the whole company                       |
| careers.see_levels | yes         | oneself, one's manager and the heads above, academy staff, HR               |
| careers.assess     | yes         | one's manager and the heads above, academy staff; never oneself             |

Academy staff and HR of a branch: about its people.
"""

import rules

from trellis.domains.people.access import Role, acting_for, everywhere, is_oneself, is_signed_in, leads

rules.add_perm("careers.see_map", is_signed_in)
rules.add_perm("careers.define", everywhere(Role.ACADEMY, Role.ADMINISTRATOR))
rules.add_perm("careers.see_levels", is_oneself | acting_for(Role.ACADEMY, Role.HR) | leads)
rules.add_perm("careers.assess", ~is_oneself & (acting_for(Role.ACADEMY) | leads))
