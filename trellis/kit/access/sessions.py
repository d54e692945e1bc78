"""Django's sessions in the database, looked up by SQL written once: every request begins with it."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from trellis.kit import clock
from trellis.kit.prepared import prepared


class SessionStore(DatabaseStore):
    """The engine of SESSION_ENGINE."""

    def _get_session_from_db(self) -> Any:
        key = (self.session_key or "").replace("\x00", "")  # a cookie may hold what PostgreSQL does not compare
        found = next(iter(_in_force(key, clock.machine_now())), None)
        if found is None:
            self._session_key = None
        return found


@prepared
def _in_force(key: str, now: datetime) -> QuerySet[Any, Any]:
    sessions: QuerySet[Any] = DatabaseStore.get_model_class()._default_manager.all()
    return sessions.filter(session_key=key, expire_date__gt=now)
