"""Who may, about what somebody offers to another.

| permission            | on     | who                                               |
|-----------------------|--------|---------------------------------------------------|
| growth.offer          | person | who leads them: their manager, the heads above    |
| growth.see_offer      | offer  | whom it was made to, and who made it              |
| growth.take_offer     | offer  | whom it was made to                               |
| growth.withdraw_offer | offer  | who made it                                       |
"""

import rules

from trellis.domains.growth.models import DevelopmentOffer
from trellis.domains.people.access import leads
from trellis.domains.people.models import Person


@rules.predicate
def is_offered_to(user: Person, offer: DevelopmentOffer | None) -> bool:
    return offer is not None and offer.person_id == user.pk


@rules.predicate
def is_offered_by(user: Person, offer: DevelopmentOffer | None) -> bool:
    return offer is not None and offer.offered_by_id == user.pk


rules.add_perm("growth.offer", leads)
rules.add_perm("growth.see_offer", is_offered_to | is_offered_by)
rules.add_perm("growth.take_offer", is_offered_to)
rules.add_perm("growth.withdraw_offer", is_offered_by)
