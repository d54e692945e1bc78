"""Dates, waiting lists and changes of time in words, for pages and notices alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from trellis.domains.programmes.rules import IntakeState, NodeStanding, NodeState
from trellis.domains.programmes.wording import day
from trellis.kit.text import in_language, take_text
from trellis.kit.ui.icons import icon

MOST_ITEMS = 6

# State of a cohort to an icon, a word and a tone: never colour alone.
INTAKES: dict[IntakeState, tuple[str, Any, str]] = {
    IntakeState.ANNOUNCED: (icon("calendar-clock"), gettext_lazy("Announced"), ""),
    IntakeState.OPEN: (icon("door-open"), gettext_lazy("Open to join"), "pill--ok"),
    IntakeState.FULL: (icon("users-round"), gettext_lazy("Full, with a waiting list"), "pill--wait"),
    IntakeState.CLOSED: (icon("door-closed"), gettext_lazy("Closed"), ""),
    IntakeState.RUNNING: (icon("route"), gettext_lazy("Under way"), "pill--warn"),
    IntakeState.FINISHED: (icon("flag"), gettext_lazy("Over"), ""),
}
NODE_LOOKS: dict[NodeState, tuple[str, Any, str]] = {
    NodeState.DONE: (icon("check"), gettext_lazy("Done"), "pill--ok"),
    NodeState.LATE: (icon("clock-alert"), pgettext_lazy("node", "Late"), "pill--bad"),
    NodeState.NEXT: (icon("circle-dot"), pgettext_lazy("node", "Next"), "pill--warn"),
    NodeState.LATER: (icon("circle-dashed"), pgettext_lazy("node", "Later"), ""),
    NodeState.UNDATED: (icon("circle-dashed"), gettext_lazy("No date"), ""),
}
OWNERS: dict[str, Any] = {
    "person": gettext_lazy("the person themselves"),
    "academy": gettext_lazy("the academy"),
    "teacher": gettext_lazy("the teacher"),
    "holder": gettext_lazy("the holder"),
    "manager": gettext_lazy("the manager"),
}
CHANGES: dict[str, tuple[str, Any, str]] = {
    "asked": (icon("hourglass"), gettext_lazy("Waiting for the academy"), "pill--wait"),
    "granted": (icon("check"), gettext_lazy("Granted"), "pill--ok"),
    "refused": (icon("x"), gettext_lazy("Refused"), "pill--warn"),
    "withdrawn": (icon("undo-2"), gettext_lazy("Taken back"), ""),
}
KINDS: dict[str, Any] = {"pause": gettext_lazy("Pause"), "extension": gettext_lazy("Later end")}

TIME_REFUSALS: dict[str, Any] = {
    "not_yours": gettext_lazy("This is for the person whose journey it is, or for its owner."),
    "oneself": gettext_lazy("Nobody decides on themselves. Ask a colleague of the academy."),
    "reason_needed": gettext_lazy("Write down the reason: it goes to the person and is kept."),
    "ended": gettext_lazy("This journey has ended."),
    "asked_already": gettext_lazy("You have asked for this already; the academy has not decided yet."),
    "already_decided": gettext_lazy("This has been decided or taken back in the meantime. Look at it again."),
    "ends_before": gettext_lazy("The last day has to lie after the first one, and a new end after the present one."),
    "too_long": gettext_lazy("More than a year is too long for one journey: leave it and join again later."),
    "too_old": gettext_lazy("A pause can be entered for at most 90 days back. Choose a later first day."),
    "overlaps": gettext_lazy("There is a pause on some of these days already. Choose other days."),
    "unknown": gettext_lazy("The programme has no such node any more. Look at the page again."),
    "too_few": gettext_lazy("That is fewer places than are taken or offered now."),
    "under_way": gettext_lazy("You are on a journey in this programme already."),
    "cohort_over": gettext_lazy("This cohort is over. Join a later one: what you passed still counts."),
    "full": gettext_lazy("This cohort has no place left. Put yourself on its waiting list, or join another one."),
    "not_employed": gettext_lazy("Only who works here can join."),
    "only_oneself": gettext_lazy("Only the person themselves can do this: the programme is voluntary."),
    "places_left": gettext_lazy("There is a free place now: you can join at once."),
}


@dataclass(frozen=True)
class Item:
    """One thing a reminder speaks of: its name, its day, and whose it is besides one's own."""

    name: str
    due: date
    people: tuple[str, ...] = ()


def reminder(items: Sequence[Item]) -> str:
    """What is due, in a line."""
    said = [_item(item) for item in items[:MOST_ITEMS]]
    if len(items) > MOST_ITEMS:
        said.append(_("%(n)s further ones") % {"n": len(items) - MOST_ITEMS})
    return _("; ").join(said)


def _item(item: Item) -> str:
    words = {"what": item.name, "day": day(item.due), "n": len(item.people), "who": "".join(item.people[:1])}
    if not item.people:
        return _("%(what)s (due %(day)s)") % words
    if len(item.people) == 1:
        return _("%(what)s for %(who)s (due %(day)s)") % words
    return _("%(what)s for %(n)s people (due %(day)s)") % words


def node_word(standing: NodeStanding) -> str:
    """Done, late by how many days, next, later."""
    if standing.state is NodeState.LATE:
        return ngettext("Late by %(n)s day", "Late by %(n)s days", standing.late) % {"n": standing.late}
    return str(NODE_LOOKS[standing.state][1])


def shown_due(due: Any) -> tuple[str, str, str, str]:
    """A node that waits for somebody: its name, the icon, the word and the tone of its state."""
    sign, _word, tone = NODE_LOOKS[due.standing.state]
    return in_language(*take_text(due.standing.node.name)), sign, node_word(due.standing), tone
