"""Who may, about openings.

| permission                 | who                                                                        |
|----------------------------|----------------------------------------------------------------------------|
| opportunities.see          | everybody signed in: the openings                                          |
| opportunities.put_forward  | everybody signed in, and only themselves                                   |
| opportunities.run          | HR, academy staff and administrators: open and close posts                 |
| opportunities.see_list     | HR, academy staff; the head of the opening's unit or of one above          |
| opportunities.see_pool     | HR, academy staff, leaders, of the whole company                           |

HR, academy staff and administrators of a branch: posts of its units.
"""

import rules

from trellis.domains.opportunities.models import Opening
from trellis.domains.people.access import Role, acting_for, everywhere, is_signed_in
from trellis.domains.people.models import Person, Unit


@rules.predicate
def heads_unit(user: Person, opening: Opening | None) -> bool:
    return opening is not None and opening.unit.path.startswith(tuple(user.headed_paths))


def _unit_of(about: Opening | Unit) -> Unit:
    """Where the post is, or is to be opened."""
    return about if isinstance(about, Unit) else about.unit


rules.add_perm("opportunities.see", is_signed_in)
rules.add_perm("opportunities.put_forward", is_signed_in)
rules.add_perm("opportunities.run", acting_for(Role.HR, Role.ACADEMY, Role.ADMINISTRATOR, of=_unit_of))
rules.add_perm("opportunities.see_list", acting_for(Role.HR, Role.ACADEMY, of=_unit_of) | heads_unit)
rules.add_perm("opportunities.see_pool", everywhere(Role.HR, Role.ACADEMY, Role.LEADER))
