"""Who may, about recognition.

| permission              | who                                         |
|-------------------------|---------------------------------------------|
| recognition.see_bonuses | HR and administrators: the list for payroll |
| recognition.reverse     | HR                                          |

HR and administrators of a branch: bonuses of its people; the list and the files hold no others.
"""

from operator import attrgetter

import rules

from trellis.domains.people.access import Role, acting_for

rules.add_perm("recognition.see_bonuses", acting_for(Role.HR, Role.ADMINISTRATOR))
rules.add_perm("recognition.reverse", acting_for(Role.HR, of=attrgetter("credit.person")))
