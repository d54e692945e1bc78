"""Who may, about openings.

| permission                 | who                                                                        |
|----------------------------|----------------------------------------------------------------------------|
| opportunities.see          | everybody signed in: the openings                                          |
| opportunities.put_forward  | everybody signed in, and only themselves                                   |
| opportunities.run          | HR, academy staff and administrators: open and close posts                 |
| opportunities.see_list     | HR, academy staff; the head of the opening's unit or of one above          |
| opportunities.fill         | HR, academy staff: invite to interviews, note what came of them            |
| opportunities.choose       | HR: who gets the post, and is promoted by it; never oneself                |
| opportunities.see_pool     | HR, academy staff, leaders, of the whole company: the pool, what is        |
|                            | expected, who was passed over                                              |
| opportunities.plan         | HR, academy staff, of the whole company: terms of the pool, renewals, what |
|                            | openings are expected                                                      |
| opportunities.read_stories | everybody signed in: those published                                       |
| opportunities.tell         | oneself: the story of one's own promotion                                  |
| opportunities.set_pay      | HR, of people of theirs: the line on pay                                   |

HR, academy staff and administrators of a branch: posts of its units.
"""

from operator import attrgetter

import rules

from trellis.domains.opportunities.models import Opening
from trellis.domains.people.access import Role, acting_for, everywhere, is_ones_own, is_signed_in
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
rules.add_perm("opportunities.fill", acting_for(Role.HR, Role.ACADEMY, of=_unit_of))
rules.add_perm("opportunities.choose", acting_for(Role.HR, of=_unit_of))
rules.add_perm("opportunities.see_pool", everywhere(Role.HR, Role.ACADEMY, Role.LEADER))
rules.add_perm("opportunities.plan", everywhere(Role.HR, Role.ACADEMY))
rules.add_perm("opportunities.read_stories", is_signed_in)
rules.add_perm("opportunities.tell", is_ones_own)
rules.add_perm("opportunities.set_pay", acting_for(Role.HR, of=attrgetter("person")) & ~is_ones_own)
