"""Telling those concerned. Of days beside a holder and meetings of mentors the room tells that knows them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from trellis.domains.sessions import notices, queries
from trellis.domains.sessions.models import Change, Mark, Series, Session
from trellis.domains.sessions.rules import ABSENT, ATTENDED, Plan, Standing
from trellis.domains.sessions.wording import described
from trellis.kit import clock
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


def tell_moved(session: Session, change: Change, before: Plan, after: Plan) -> None:
    """What it was and what it is now, once for each change; not to who made it, and not when it is over."""
    if session.series.is_private:
        return
    if "title" in before.differs_in(after) and len(before.differs_in(after)) == 1:
        return
    if max(before.ends_at, after.ends_at) < clock.now():
        return
    names = queries.names_of({*before.hosts, *after.hosts})
    _tell_concerned(
        session,
        notices.CHANGED.code,
        change,
        {
            "was": _each(lambda: described(before, after, names)),
            "now": _each(lambda: described(after, before, names)),
        },
        also=before.hosts,
    )


def tell_cancelled(session: Session, change: Change) -> None:
    """It will not take place."""
    if session.series.kind != Series.Kind.MENTORSHIP and not session.series.is_private:
        _tell_concerned(session, notices.CANCELLED.code, change, {})


def _tell_concerned(
    session: Session, kind: str, change: Change, more: dict[str, Any], also: Collection[int] = ()
) -> None:
    people = queries.concerned(session, also=also) - {change.changed_by_id}
    because = gettext_lazy("Reason: %(reason)s")
    reason = _each(lambda: " " + str(because) % {"reason": change.reason}) if change.reason else ""
    params = {**_about(session), **more, "reason": reason}
    key = f"{change.kind}:{session.pk}:{change.revision}"
    notify(person_ids=sorted(people), kind=kind, key=key, params=params, link=_link(session))


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
    return _each(lambda: str(label))


def _each(say: Callable[[], str]) -> dict[str, str]:
    """What is said in each language of the product."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found
