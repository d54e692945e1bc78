"""What is asked while people check in."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from trellis.domains.sessions.models import CheckIn, Mark, Session

# For how long after its end a code that is no longer shown is told apart from a wrong one.
REMEMBERED = timedelta(hours=1)


def check_ins_around(now: datetime) -> QuerySet[CheckIn]:
    """Those whose code somebody may enter at that time, or just missed."""
    around = CheckIn.objects.filter(session__ends_at__gt=now - REMEMBERED, session__cancelled_at=None)
    return around.select_related("session__series", "session__makes_up", "opened_by")


def came_by_code(session: Session) -> QuerySet[Mark]:
    """The current marks of a session that came by the code, the latest first, with their people."""
    marks = Mark.objects.filter(session=session, is_current=True, way=Mark.Way.CODE)
    return marks.select_related("person").order_by("-id")
