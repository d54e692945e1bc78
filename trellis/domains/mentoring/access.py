"""Who may, about mentorship days.

| permission        | on     | who                                                           |
|-------------------|--------|---------------------------------------------------------------|
| mentoring.plan    | person | the learner, the academy                                      |
| mentoring.see     | day    | its learner, its holder, the academy                          |
| mentoring.confirm | day    | its holder, the academy; never the learner                    |
| mentoring.cancel  | day    | its learner, its holder, the academy                          |
| mentoring.see_all |        | the academy                                                   |

The academy of a branch: days whose learner is of that branch.
"""

from operator import attrgetter

import rules

from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.people.access import Role, acting_for, is_oneself
from trellis.domains.people.models import Person

is_academy = acting_for(Role.ACADEMY, of=attrgetter("learner"))


@rules.predicate
def is_holder(user: Person, day: MentorshipDay | None) -> bool:
    return day is not None and day.holder_id == user.pk


@rules.predicate
def is_learner(user: Person, day: MentorshipDay | None) -> bool:
    return day is not None and day.learner_id == user.pk


rules.add_perm("mentoring.plan", is_oneself | acting_for(Role.ACADEMY))
rules.add_perm("mentoring.see", is_learner | is_holder | is_academy)
rules.add_perm("mentoring.confirm", (is_holder | is_academy) & ~is_learner)
rules.add_perm("mentoring.cancel", is_learner | is_holder | is_academy)
rules.add_perm("mentoring.see_all", is_academy)
