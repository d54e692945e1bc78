"""Telling those concerned. Days beside a holder are told about by the room that knows them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from trellis.domains.sessions import notices, queries
from trellis.domains.sessions.models import Mark, Series, Session
from trellis.domains.sessions.rules import ABSENT, ATTENDED, Standing
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


def tell_marks(session: Session, marks: list[Mark], there: Mapping[int, Standing], *, closed: bool) -> None:
    """Absent: what it means. Corrected: only when the person may have known the mark before."""
    if session.series.kind == Series.Kind.MENTORSHIP:
        return
    for mark in marks:
        before = there.get(mark.person_id)
        if mark.value == ABSENT:
            _tell_absent(session, mark)
        elif before and (closed or before.value not in ATTENDED):
            notify(
                person_ids=[mark.person_id],
                kind=notices.CORRECTED.code,
                key=f"mark:{mark.pk}",
                params={**_about(session), "value": _in_all(Mark.Value(mark.value).label)},
                link=_link(session),
            )


def _tell_absent(session: Session, mark: Mark) -> None:
    original = session.makes_up or session
    offered = [m for m in queries.make_ups_offered([original.pk]).get(original.pk, []) if m.starts_at > session.ends_at]
    kind, more = notices.ABSENT, {}
    if offered:
        kind, more = notices.REPAIRABLE, {"make_up": timezone.localdate(offered[0].starts_at)}
    notify(
        person_ids=[mark.person_id],
        kind=kind.code,
        key=f"mark:{mark.pk}",
        params={**_about(session), **more},
        link=_link(offered[0] if offered else session),
    )


def tell_make_up(session: Session) -> None:
    """Those who missed the original can make it up."""
    _tell_expected(session, notices.MAKE_UP.code, f"make-up:{session.pk}", {})


def tell_moved(session: Session) -> None:
    """The new day and time; once for each change."""
    if session.series.kind != Series.Kind.MENTORSHIP:
        start = timezone.localtime(session.starts_at)
        more = {"time": f"{start:%H:%M}"}
        _tell_expected(session, notices.MOVED.code, f"moved:{session.pk}:{start:%Y%m%d%H%M}", more)


def tell_cancelled(session: Session) -> None:
    """It will not take place."""
    if session.series.kind != Series.Kind.MENTORSHIP:
        _tell_expected(session, notices.CANCELLED.code, f"cancelled:{session.pk}", {})


def _tell_expected(session: Session, kind: str, key: str, more: dict[str, Any]) -> None:
    people = list(queries.expected(session).values_list("pk", flat=True))
    notify(person_ids=people, kind=kind, key=key, params={**_about(session), **more}, link=_link(session))


def _about(session: Session) -> dict[str, Any]:
    return {"series": _name(session), "day": timezone.localdate(session.starts_at)}


def _name(session: Session) -> dict[str, str]:
    """The series, and which session of it when that has a title of its own."""
    names = name_in_all(session.series)
    return {code: f"{name}: {session.title}" for code, name in names.items()} if session.title else names


def _link(session: Session) -> str:
    return f"/sessions/{session.pk}/"


def _in_all(label: Any) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(label)
    return found
