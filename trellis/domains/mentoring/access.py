"""Who may, about mentorship days and mentors.

| permission            | on     | who                                                           |
|-----------------------|--------|---------------------------------------------------------------|
| mentoring.see         | day    | its learner, its holder, the academy                          |
| mentoring.confirm     | day    | its holder, the academy; never the learner                    |
| mentoring.sign        | day    | its learner                                                   |
| mentoring.cancel      | day    | its learner, its holder, the academy                          |
| mentoring.see_all     |        | the academy                                                   |
| mentoring.withdraw    | offer  | its holder, the academy                                       |
| mentoring.say_away    | person | oneself, one's manager and heads above, the academy, HR       |
| mentoring.plan_groups |        | the academy of the whole company: offers, plans, replacements |

| of a mentorship           | who                                 |
|---------------------------|-------------------------------------|
| mentoring.read_mentorship | its mentee and its mentor; no role  |
| mentoring.answer          | its mentor                          |
| mentoring.take_back       | its mentee                          |
| mentoring.end             | its mentee, its mentor              |
| mentoring.meet            | its mentee, its mentor              |

| of a meeting and what is in it | who                                                 |
|--------------------------------|-----------------------------------------------------|
| mentoring.read_meeting         | the mentee and the mentor it was held by; no role   |
| mentoring.tick                 | both: what is done they see together                |
| mentoring.drop                 | of a topic its author, of an action whose it is     |

The academy of a branch: days whose learner, and offers whose holder, is of that branch.
"""

from operator import attrgetter

import rules

from trellis.domains.mentoring.models import Meeting, MeetingAction, MeetingTopic, Mentorship, MentorshipDay, Offer
from trellis.domains.people.access import Role, acting_for, everywhere, is_oneself, leads
from trellis.domains.people.models import Person

is_academy = acting_for(Role.ACADEMY, of=attrgetter("learner"))


@rules.predicate
def is_holder(user: Person, day: MentorshipDay | None) -> bool:
    return day is not None and day.holder_id == user.pk


@rules.predicate
def is_learner(user: Person, day: MentorshipDay | None) -> bool:
    return day is not None and day.learner_id == user.pk


@rules.predicate
def is_ones_offer(user: Person, offer: Offer | None) -> bool:
    return offer is not None and offer.holder_id == user.pk


rules.add_perm("mentoring.see", is_learner | is_holder | is_academy)
rules.add_perm("mentoring.confirm", (is_holder | is_academy) & ~is_learner)
rules.add_perm("mentoring.cancel", is_learner | is_holder | is_academy)
rules.add_perm("mentoring.see_all", is_academy)
rules.add_perm("mentoring.sign", is_learner)
rules.add_perm("mentoring.withdraw", is_ones_offer | acting_for(Role.ACADEMY, of=attrgetter("holder")))
rules.add_perm("mentoring.say_away", is_oneself | leads | acting_for(Role.ACADEMY, Role.HR))
rules.add_perm("mentoring.plan_groups", everywhere(Role.ACADEMY))


@rules.predicate
def is_mentee(user: Person, mentorship: Mentorship | None) -> bool:
    return mentorship is not None and mentorship.mentee_id == user.pk


@rules.predicate
def is_mentor(user: Person, mentorship: Mentorship | None) -> bool:
    return mentorship is not None and mentorship.mentor_id == user.pk


rules.add_perm("mentoring.read_mentorship", is_mentee | is_mentor)
rules.add_perm("mentoring.answer", is_mentor)
rules.add_perm("mentoring.take_back", is_mentee)
rules.add_perm("mentoring.end", is_mentee | is_mentor)
rules.add_perm("mentoring.meet", is_mentee | is_mentor)


@rules.predicate
def is_one_of_the_two(user: Person, thing: Meeting | MeetingAction | None) -> bool:
    meeting = thing.meeting if isinstance(thing, MeetingAction) else thing
    return meeting is not None and user.pk in (meeting.mentorship.mentee_id, meeting.mentorship.mentor_id)


@rules.predicate
def is_ones_line(user: Person, line: MeetingTopic | MeetingAction | None) -> bool:
    return line is not None and user.pk == (line.whose_id if isinstance(line, MeetingAction) else line.author_id)


rules.add_perm("mentoring.read_meeting", is_one_of_the_two)
rules.add_perm("mentoring.tick", is_one_of_the_two)
rules.add_perm("mentoring.drop", is_ones_line)
