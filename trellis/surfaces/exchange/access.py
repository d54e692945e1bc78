"""Who may, about bringing in and taking out.

| permission             | who                                          |
|------------------------|----------------------------------------------|
| exchange.import_people | HR and administrators of the whole company   |

Who works when is brought in by whoever may say so by hand (`sessions.plan_shifts`).
"""

import rules

from trellis.domains.people.access import everywhere
from trellis.domains.people.models import RoleGrant

rules.add_perm("exchange.import_people", everywhere(RoleGrant.Role.HR, RoleGrant.Role.ADMINISTRATOR))
