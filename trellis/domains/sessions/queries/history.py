"""What became of a session since it was scheduled, and of a mark since it was made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Change, Mark, Session
from trellis.domains.sessions.rules import Plan


@dataclass(frozen=True)
class ChangeLine:
    """One change with the session before and after it; `names` are those of the hosts in both."""

    change: Change
    before: Plan
    after: Plan
    names: dict[int, str]


def history_of(session: Session) -> list[ChangeLine]:
    """The changes of a session, the last one first; without any no statement, else one, and one if hosts changed."""
    if not session.revision:
        return []
    changes = list(Change.objects.filter(session=session).select_related("changed_by"))
    plans = [(change, plan_from(change.before), plan_from(change.after)) for change in changes]
    hosts = {pk for _change, before, after in plans if before.hosts != after.hosts for pk in before.hosts + after.hosts}
    names = names_of(hosts) if hosts else {}
    return [ChangeLine(change, before, after, names) for change, before, after in plans]


def plan_from(kept: dict[str, Any]) -> Plan:
    """A plan as it was kept with a change."""
    times = {name: datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
    return Plan(place=kept["place"], link=kept["link"], title=kept["title"], hosts=tuple(kept["hosts"]), **times)


def corrections_of(session: Session) -> QuerySet[Mark]:
    """Marks of a session that replaced another one, the last first, with who made which."""
    corrections = Mark.objects.filter(session=session, replaces__isnull=False)
    return corrections.select_related("person", "marked_by", "replaces__marked_by").order_by("-id")


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """Ids to names."""
    return dict(Person.objects.get_queryset().filter(pk__in=person_ids).values_list("pk", "name"))
