"""Who may, about recognition.

| permission              | who                                         |
|-------------------------|---------------------------------------------|
| recognition.see_bonuses | HR and administrators: the list for payroll |
| recognition.see_account | oneself, HR                                 |
| recognition.reverse     | HR                                          |
"""

import rules

from trellis.domains.people.access import acting
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.recognition.models import Account

Role = RoleGrant.Role


@rules.predicate
def is_own(user: Person, account: Account | None) -> bool:
    return account is not None and account.person_id == user.pk


rules.add_perm("recognition.see_bonuses", acting(Role.HR, Role.ADMINISTRATOR))
rules.add_perm("recognition.see_account", is_own | acting(Role.HR))
rules.add_perm("recognition.reverse", acting(Role.HR))
