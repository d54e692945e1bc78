"""When, where and with whom a session is, in words."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from trellis.domains.sessions.models import Room
from trellis.domains.sessions.rules import Plan
from trellis.kit.ui.templatetags.ui import day, time_of


def day_with_times(starts_at: datetime, ends_at: datetime) -> str:
    """The day, from when to when, in the reader's language and the academy's time zone."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    until = time_of(ends) if ends.date() == starts.date() else f"{day(ends)}, {time_of(ends)}"
    return f"{day(starts)}, {time_of(starts)}–{until}"


def where(room: Room | None, place: str) -> str:
    """The room and what is said of the place beside it."""
    return ", ".join(filter(None, [str(room) if room else "", place]))


def described(plan: Plan, other: Plan, names: Mapping[int, str]) -> str:
    """The time and the place; title, link and hosts only when they are not the same as in the other plan."""
    differs = plan.differs_in(other)
    parts = [day_with_times(plan.starts_at, plan.ends_at), plan.place]
    if "title" in differs:
        parts.insert(0, f"“{plan.title}”" if plan.title else "")
    if "link" in differs:
        parts.append(plan.link or gettext("no link"))
    if "hosts" in differs:
        who = gettext(", ").join(names[pk] for pk in plan.hosts if pk in names)
        parts.append(gettext("with %(names)s") % {"names": who} if who else gettext("without a host"))
    return gettext(", ").join(filter(None, parts))
