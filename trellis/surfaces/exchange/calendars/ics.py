"""Sessions as iCalendar (RFC 5545, with the names and refreshing of RFC 7986)."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Session
from trellis.domains.sessions.queries import sessions_of, the_two
from trellis.domains.sessions.wording import where
from trellis.kit import clock
from trellis.surfaces.exchange.calendars.zones import described, zone_of

# What is over stays a while, so that a calendar learns of a late change or a cancellation.
SHOWN_AFTER, SHOWN_AHEAD = timedelta(days=60), timedelta(days=400)
EVERY = timedelta(hours=1)


def coming_and_recent(person: Person) -> list[Session]:
    """What the feed of a person holds, cancelled sessions too. Three statements."""
    now = clock.now()
    mine = sessions_of(person).filter(ends_at__gt=now - SHOWN_AFTER, starts_at__lt=now + SHOWN_AHEAD)
    return list(loaded(mine).order_by("starts_at", "id"))


def loaded(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With what an event says; of a meeting of mentor and mentee, the two."""
    return sessions.select_related("series", "room", "makes_up").prefetch_related("hosts", the_two())


def fingerprint(sessions: Sequence[Session], language: str) -> str:
    """The same as long as a calendar of these sessions would be: an ETag without writing it."""
    told = [
        (s.pk, s.revision, s.changed_at, str(s), str(s.series), str(s.room), s.place, s.link, _hosts(s), _with(s))
        for s in sessions
    ]
    return hashlib.sha256(f"{language}{settings.SITE_URL}{settings.TIME_ZONE}{told}".encode()).hexdigest()[:32]


def written(sessions: Collection[Session], *, name: str = "") -> bytes:
    """The calendar; with a name it is one that is read again and again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Trellis//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        for known in ("NAME", "X-WR-CALNAME"):
            calendar.add(known, name)
        calendar.add("X-WR-TIMEZONE", settings.TIME_ZONE)
        calendar.add("REFRESH-INTERVAL", EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", "PT1H")
    if sessions and settings.TIME_ZONE != "UTC":
        years = [session.starts_at.year for session in sessions]
        calendar.add_component(described(settings.TIME_ZONE, min(years) - 1, max(years) + 1))
    for session in sessions:
        calendar.add_component(_event(session))
    return calendar.to_ical()


def _event(session: Session) -> Event:
    event = Event()
    event.add("uid", f"session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", session.revision)
    for name in ("dtstamp", "last-modified"):
        event.add(name, session.changed_at)
    event.add("dtstart", _local(session.starts_at))
    event.add("dtend", _local(session.ends_at))
    event.add("summary", _summary(session))
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if session.cancelled_at else "OPAQUE")
    if at := where(session.room, session.place) or session.link:
        event.add("location", at)
    page = f"{settings.SITE_URL}/sessions/{session.pk}/"
    event.add("url", page)
    event.add("description", "\n".join(filter(None, [*_said(session), page])))
    return event


def _local(moment: datetime) -> datetime:
    return moment.astimezone(zone_of(settings.TIME_ZONE)).replace(microsecond=0)


def _summary(session: Session) -> str:
    title = f"{session.series}: {session.title}" if session.title else str(session)
    if session.cancelled_at:
        return _("Cancelled: %(session)s") % {"session": title}
    return _("Make-up: %(session)s") % {"session": title} if session.makes_up_id else title


def _said(session: Session) -> list[str]:
    return [
        _("Reason: %(reason)s") % {"reason": session.cancelled_because} if session.cancelled_because else "",
        _("Hosts: %(names)s") % {"names": _(", ").join(_hosts(session))} if _hosts(session) else "",
        _("With: %(names)s") % {"names": _(", ").join(_with(session))} if _with(session) else "",
        _("Link: %(link)s") % {"link": session.link} if session.link else "",
    ]


def _with(session: Session) -> list[str]:
    return [str(member.person) for member in session.series.met]  # type: ignore[attr-defined]


def _hosts(session: Session) -> list[str]:
    return [str(host) for host in session.hosts.all()]
