"""Clashes as sentences: what is taken, by what, and who it concerns."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.people.models import Person
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Session
from trellis.domains.sessions.rules import Clash
from trellis.kit.ui.templatetags.ui import time_of

NAMED = 3


@dataclass(frozen=True)
class Remark:
    """A sentence about a planned session. Refused: it stands in the way unless somebody insists."""

    is_refused: bool
    text: str


def remarks(
    clashes: Collection[Clash], planned: Sequence[PlannedSession], numbers: Sequence[int]
) -> dict[int, list[Remark]]:
    """For each planned session (-1, -2...) its clashes as sentences. `numbers`: as the page counts."""
    others = Session.objects.filter(pk__in={c.other for c in clashes if c.other > 0}).select_related("series")
    sessions = {session.pk: session for session in others}
    names = dict(
        Person.objects.get_queryset()
        .filter(pk__in={person for c in clashes for person in c.who})
        .values_list("pk", "name")
    )

    def beside(clash: Clash) -> str:
        """What it clashes with, and when that is."""
        if clash.other in sessions:
            session = sessions[clash.other]
            told = {"session": session, "from": time_of(session.starts_at), "to": time_of(session.ends_at)}
            return _("“%(session)s”, %(from)s–%(to)s") % told
        plan = planned[-clash.other - 1]
        told = {"title": plan.title, "n": numbers[-clash.other - 1]}
        return _("“%(title)s”, number %(n)s of this plan") % told

    found: dict[int, list[Remark]] = defaultdict(list)
    away: dict[int, set[int]] = defaultdict(set)
    for clash in clashes:
        plan = planned[-clash.planned - 1]
        if clash.kind == "room":
            text = _("%(room)s is taken: %(other)s.") % {"room": plan.room, "other": beside(clash)}
        elif clash.kind == "host":
            text = _("%(names)s cannot host both: %(other)s.") % {
                "names": _named(clash.who, names),
                "other": beside(clash),
            }
        elif clash.kind == "overbooked":
            text = ngettext(
                "%(room)s is too small: 1 person more is expected than it holds.",
                "%(room)s is too small: %(n)s people more are expected than it holds.",
                clash.over,
            ) % {"room": plan.room, "n": clash.over}
        elif clash.kind == "hours":
            text = ngettext(
                "Outside the working hours of 1 person: %(names)s.",
                "Outside the working hours of %(n)s people: %(names)s.",
                len(clash.who),
            ) % {"n": len(clash.who), "names": _named(clash.who, names)}
        else:
            away[clash.planned] |= set(clash.who)
            continue
        found[clash.planned].append(Remark(clash.is_refused, text))
    for number, who in away.items():
        text = ngettext(
            "1 person is expected elsewhere then: %(names)s.",
            "%(n)s people are expected elsewhere then: %(names)s.",
            len(who),
        ) % {"n": len(who), "names": _named(sorted(who), names)}
        found[number].append(Remark(False, text))
    return dict(found)


def refusals(clashes: Collection[Clash], planned: Sequence[PlannedSession]) -> list[str]:
    """The sentences of what stands in the way, once each."""
    said = remarks(clashes, planned, range(1, len(planned) + 1))
    return list(dict.fromkeys(r.text for found in said.values() for r in found if r.is_refused))


def _named(who: Sequence[int], names: dict[int, str]) -> str:
    """The first three by name, and how many more there are."""
    first = ", ".join(names.get(person, "?") for person in who[:NAMED])
    more = len(who) - NAMED
    return (
        first
        if more <= 0
        else ngettext("%(names)s and 1 more", "%(names)s and %(n)s more", more)
        % {
            "names": first,
            "n": more,
        }
    )
