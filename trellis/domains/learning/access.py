"""Who may, about courses.

| permission          | on       | who                                                   |
|---------------------|----------|-------------------------------------------------------|
| learning.run        |          | the academy: courses, offerings, enrolling people     |
| learning.see_people | offering | its teachers, the academy, HR                         |
| learning.grade      | offering | its teachers, the academy; never on oneself           |
| learning.see_credit | credit   | oneself, academy staff of one's branch                |
| learning.credit     | credit   | academy staff of one's branch; never one's own        |
| learning.credit_person | person | the same, without having been asked                |
| learning.see_transcript | person | oneself, academy staff and HR of one's branch, those who lead one |
| learning.see_attempts | person | the same without those who lead: each single attempt |
| learning.see_evidence | file   | the same: what somebody brought to show earlier learning |
| learning.see_mandatory |      | academy staff and HR: where the people of their branch stand in what is required |
| learning.settle_mandatory | person | the same, for their branch: record that it was done, exempt; never oneself |

Courses and offerings are read by everybody signed in; one's own standing is one's own. The academy
and HR are those of the whole company here, for a course run is for everybody.
"""

from operator import attrgetter

import rules

from trellis.domains.learning.models import Offering
from trellis.domains.people.access import Role, acting_for, everywhere, is_ones_own, is_oneself, leads
from trellis.domains.people.models import Person

is_academy = everywhere(Role.ACADEMY)
is_academy_of = acting_for(Role.ACADEMY, of=attrgetter("person"))


@rules.predicate
def teaches(user: Person, offering: Offering | None) -> bool:
    return offering is not None and user in offering.teachers.all()


rules.add_perm("learning.run", is_academy)
rules.add_perm("learning.see_people", is_academy | everywhere(Role.HR) | teaches)
rules.add_perm("learning.grade", is_academy | teaches)
rules.add_perm("learning.see_credit", is_ones_own | is_academy_of)
rules.add_perm("learning.credit", is_academy_of & ~is_ones_own)
rules.add_perm("learning.credit_person", acting_for(Role.ACADEMY) & ~is_oneself)
rules.add_perm("learning.see_evidence", acting_for(Role.ACADEMY, of=attrgetter("owner")))
rules.add_perm("learning.see_attempts", is_oneself | acting_for(Role.ACADEMY, Role.HR))
rules.add_perm("learning.see_transcript", is_oneself | acting_for(Role.ACADEMY, Role.HR) | leads)
rules.add_perm("learning.see_mandatory", acting_for(Role.ACADEMY, Role.HR))
rules.add_perm("learning.settle_mandatory", acting_for(Role.ACADEMY, Role.HR) & ~is_oneself)
