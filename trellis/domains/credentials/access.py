"""Who may, about certificates.

| permission           | who                                                                    |
|----------------------|------------------------------------------------------------------------|
| (no sign-in)         | whoever has the number: whether it is valid, for whom and for what     |
| credentials.see      | oneself, one's managers, academy staff and HR: the certificate, its PDF |
| credentials.see_all  | academy staff and HR: the list of all                                  |
| credentials.issue    | academy staff; never to oneself                                        |
| credentials.withdraw | academy staff; never one's own                                         |
| credentials.see_ceremonies  | everybody signed in: when, where, who graduated                 |
| credentials.hold_ceremony   | academy staff of the whole company                              |

Academy staff and HR of a branch: about its people; the lists hold no others.
"""

from operator import attrgetter

import rules

from trellis.domains.people.access import Role, acting_for, everywhere, is_ones_own, is_signed_in, leads_its_person

sees_all = acting_for(Role.ACADEMY, Role.HR, of=attrgetter("person"))
is_academy = acting_for(Role.ACADEMY, of=attrgetter("person"))

rules.add_perm("credentials.see", is_ones_own | sees_all | leads_its_person)
rules.add_perm("credentials.see_all", sees_all)
rules.add_perm("credentials.issue", is_academy & ~is_ones_own)
rules.add_perm("credentials.withdraw", is_academy & ~is_ones_own)
rules.add_perm("credentials.see_ceremonies", is_signed_in)
rules.add_perm("credentials.hold_ceremony", everywhere(Role.ACADEMY))
