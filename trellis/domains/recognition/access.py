"""Who may, about recognition.

| permission              | who                                         |
|-------------------------|---------------------------------------------|
| recognition.see_bonuses | HR and administrators: the list for payroll |
| recognition.reverse     | HR                                          |
| recognition.make_list   | HR: a list for payroll                      |
| recognition.see_list    | HR and administrators of the whole company; |
|                         | in a branch: HR who made it                 |
| recognition.settle      | HR who may see the list: paid or returned   |

HR and administrators of a branch: bonuses of its people; the list and the files hold no others.
"""

from operator import attrgetter

import rules

from trellis.domains.people.access import Role, acting, acting_for, everywhere
from trellis.domains.people.models import Person
from trellis.domains.recognition.models import PayrollRun

rules.add_perm("recognition.see_bonuses", acting_for(Role.HR, Role.ADMINISTRATOR))
rules.add_perm("recognition.reverse", acting_for(Role.HR, of=attrgetter("credit.person")))


@rules.predicate
def made_it(user: Person, run: PayrollRun | None) -> bool:
    return run is not None and run.made_by_id == user.pk


sees_list = everywhere(Role.HR, Role.ADMINISTRATOR) | (acting(Role.HR) & made_it)
rules.add_perm("recognition.make_list", acting_for(Role.HR))
rules.add_perm("recognition.see_list", sees_list)
rules.add_perm("recognition.settle", acting(Role.HR) & sees_list)
