"""Who may, about sessions.

| permission              | on       | who                                                              |
|-------------------------|----------|------------------------------------------------------------------|
| sessions.see            | session  | its members, its hosts, the academy; everybody where one can book |
| sessions.mark           | session  | who hosts it or another session of its series, the academy       |
| sessions.schedule       | series   | who hosts a session of the series, the academy                   |
| sessions.plan           |          | the academy: rooms, events, substitutes                          |
| sessions.plan_shifts    |          | the academy and HR: who works when                               |
| sessions.see_attendance | person   | oneself, one's manager and heads above, the academy, HR          |

Sessions are run by the academy of the whole company; the academy and HR of a branch see the attendance of its people.
What belongs to mentor and mentee alone (`Series.is_private`) is seen by the two; here nobody marks or schedules it.
Nobody marks themselves: the action refuses it and the database does.
"""

import rules
from django.db.models import QuerySet

from trellis.domains.people.access import Role, acting_for, everywhere, is_oneself, leads
from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Member, Series, Session
from trellis.kit.prepared import prepared

is_academy = everywhere(Role.ACADEMY)


@rules.predicate
def hosts_in_series(user: Person, target: Session | Series | None) -> bool:
    if target is None:
        return False
    series_id = target.series_id if isinstance(target, Session) else target.pk
    return bool(_hosted_by(series_id, user.pk))


@prepared
def _hosted_by(series: int, person: int) -> QuerySet[Session, int]:
    return Session.objects.filter(series=series, hosts=person).order_by().values_list("pk", flat=True)[:1]


@rules.predicate
def is_member(user: Person, session: Session | None) -> bool:
    return session is not None and Member.objects.filter(series_id=session.series_id, person=user).exists()


@rules.predicate
def is_open(user: Person, session: Session | None) -> bool:
    return session is not None and session.places is not None


@rules.predicate
def is_private(user: Person, target: Session | Series | None) -> bool:
    series = target.series if isinstance(target, Session) else target
    return series is not None and series.is_private


rules.add_perm("sessions.see", is_member | (~is_private & (is_open | is_academy | hosts_in_series)))
rules.add_perm("sessions.mark", ~is_private & (is_academy | hosts_in_series))
rules.add_perm("sessions.schedule", ~is_private & (is_academy | hosts_in_series))
rules.add_perm("sessions.plan", is_academy)
rules.add_perm("sessions.plan_shifts", everywhere(Role.ACADEMY, Role.HR))
rules.add_perm("sessions.see_attendance", is_oneself | acting_for(Role.ACADEMY, Role.HR) | leads)
