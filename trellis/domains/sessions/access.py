"""Who may, about sessions.

| permission              | on       | who                                                              |
|-------------------------|----------|------------------------------------------------------------------|
| sessions.see            | session  | its members, its hosts, the academy                              |
| sessions.mark           | session  | who hosts it or another session of its series, the academy       |
| sessions.schedule       | series   | who hosts a session of the series, the academy                   |
| sessions.run            |          | the academy                                                      |
| sessions.see_attendance | person   | oneself, one's manager and heads above, the academy, HR          |

Nobody marks themselves: the action refuses it and the database does.
"""

import rules

from trellis.domains.people.access import acting
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.people.queries import manages
from trellis.domains.sessions.models import Member, Series, Session

Role = RoleGrant.Role
is_academy = acting(Role.ACADEMY)


@rules.predicate
def hosts_in_series(user: Person, target: Session | Series | None) -> bool:
    if target is None:
        return False
    series_id = target.series_id if isinstance(target, Session) else target.pk
    return Session.objects.filter(series_id=series_id, hosts=user).exists()


@rules.predicate
def is_member(user: Person, session: Session | None) -> bool:
    return session is not None and Member.objects.filter(series_id=session.series_id, person=user).exists()


@rules.predicate
def is_oneself(user: Person, person: Person | None) -> bool:
    return person is not None and user.pk == person.pk


@rules.predicate
def manages_person(user: Person, person: Person | None) -> bool:
    return person is not None and manages(user, person)


rules.add_perm("sessions.see", is_academy | is_member | hosts_in_series)
rules.add_perm("sessions.mark", is_academy | hosts_in_series)
rules.add_perm("sessions.schedule", is_academy | hosts_in_series)
rules.add_perm("sessions.run", is_academy)
rules.add_perm("sessions.see_attendance", is_oneself | is_academy | acting(Role.HR) | manages_person)
