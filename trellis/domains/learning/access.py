"""Who may, about courses.

| permission          | on       | who                                                   |
|---------------------|----------|-------------------------------------------------------|
| learning.run        |          | the academy: courses, offerings, enrolling people     |
| learning.see_people | offering | its teachers, the academy, HR                         |
| learning.grade      | offering | its teachers, the academy; never on oneself           |

Courses and offerings are read by everybody signed in; one's own standing is one's own. The academy
and HR are those of the whole company here, for a course run is for everybody.
"""

import rules

from trellis.domains.learning.models import Offering
from trellis.domains.people.access import Role, everywhere
from trellis.domains.people.models import Person

is_academy = everywhere(Role.ACADEMY)


@rules.predicate
def teaches(user: Person, offering: Offering | None) -> bool:
    return offering is not None and user in offering.teachers.all()


rules.add_perm("learning.run", is_academy)
rules.add_perm("learning.see_people", is_academy | everywhere(Role.HR) | teaches)
rules.add_perm("learning.grade", is_academy | teaches)
