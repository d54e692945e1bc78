"""A definition in words: when, whose, what a gate asks for, and what changed from one definition to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from trellis.domains.programmes.definitions import sentence as tell_fault
from trellis.domains.programmes.leaf_wording import NOT_AVAILABLE, Names, title_of
from trellis.domains.programmes.rules import (
    CERTIFICATE,
    START,
    AtLeast,
    Courses,
    Definition,
    Due,
    Fault,
    Node,
    Stage,
    Tree,
    is_available,
)
from trellis.domains.programmes.rules.changes import Change
from trellis.domains.programmes.rules.definition import Bonus, Path
from trellis.domains.recognition.rules import in_units
from trellis.kit.text import in_language, take_text

NODE_KINDS: dict[str, Any] = {
    "event": gettext_lazy("event"),
    "courses": gettext_lazy("courses"),
    "days": gettext_lazy("days beside a holder"),
    "review": gettext_lazy("review"),
    "task": gettext_lazy("task"),
}
OWNERS: dict[str, Any] = {
    "person": gettext_lazy("who takes part"),
    "academy": gettext_lazy("the academy"),
    "teacher": gettext_lazy("the teacher"),
    "holder": gettext_lazy("the holder of the position"),
    "manager": gettext_lazy("the line manager"),
}


CHOSEN: Any = gettext_lazy("the position chosen")


@dataclass(frozen=True)
class Words:
    """The names a definition's codes stand for."""

    names: Names = field(default_factory=Names)
    positions: dict[str, Any] = field(default_factory=dict)
    pathways: dict[str, Any] = field(default_factory=dict)

    def position(self, code: str) -> str:
        return str(self.positions.get(code, code))


def said(text: Any) -> str:
    """A text of a definition in the reader's language; one that is missing is said to be."""
    return in_language(*take_text(text)) or _("(no name yet)")


def weeks(stage: Stage) -> str:
    """From when to when a stage goes: `Weeks 1 to 17`; what comes before the start is said so."""
    if stage.from_week == stage.to_week:
        return _week(stage.from_week)
    if stage.from_week < 1:
        return _("%(first)s – %(last)s") % {"first": _week(stage.from_week), "last": _week(stage.to_week)}
    return _("Weeks %(a)s to %(b)s") % {"a": stage.from_week, "b": stage.to_week}


def _week(week: int) -> str:
    if week >= 1:
        return _("Week %(n)s") % {"n": week}
    before = 1 - week
    return ngettext("%(n)s week before the start", "%(n)s weeks before the start", before) % {"n": before}


def when(node: Node) -> str:
    """When a node takes place or is due, or nothing."""
    if node.due:
        return until(node.due)
    return "" if node.week is None else _week(node.week)


def until(due: Due) -> str:
    """`2 weeks before the start`, `10 days after joining`."""
    n, at_start = abs(due.number), due.counts_from == START
    if n == 0:
        return _("at the start") if at_start else _("on joining")
    if at_start and due.unit == "weeks":
        if due.number < 0:
            return ngettext("%(n)s week before the start", "%(n)s weeks before the start", n) % {"n": n}
        return ngettext("%(n)s week after the start", "%(n)s weeks after the start", n) % {"n": n}
    if at_start:
        if due.number < 0:
            return ngettext("%(n)s day before the start", "%(n)s days before the start", n) % {"n": n}
        return ngettext("%(n)s day after the start", "%(n)s days after the start", n) % {"n": n}
    if due.number < 0:
        return _("before joining")
    if due.unit == "weeks":
        return ngettext("%(n)s week after joining", "%(n)s weeks after joining", n) % {"n": n}
    return ngettext("%(n)s day after joining", "%(n)s days after joining", n) % {"n": n}


def leaf(part: Any, names: Names) -> str:
    """What is asked, in a line; with a word on it when nothing can look at it yet."""
    text = _courses(part) if isinstance(part, Courses) else title_of(part, names)
    return text if is_available(part) else f"{text} ({str(NOT_AVAILABLE).lower()})"


def _courses(part: Courses) -> str:
    if part.percent is None:
        return _("every course of the track passed")
    attended = _("%(percent)s %% of the sessions of every course of the track attended") % {"percent": part.percent}
    return _("%(attended)s, and every course passed") % {"attended": attended} if part.passed else attended


def group(n: int | None, of: int) -> str:
    """How a group begins."""
    if n is None:
        return _("All of:")
    return _("Any of:") if n == 1 else _("%(n)s of these %(of)s:") % {"n": n, "of": of}


def sentence(tree: Tree, names: Names, *, inner: bool = False) -> str:
    """A whole tree as one sentence: `All of: …; any of (…)`."""
    if not isinstance(tree, AtLeast):
        return leaf(tree, names)
    if not tree.of:
        return _("nothing yet")
    if len(tree.of) == 1:
        return sentence(tree.of[0], names, inner=inner)
    text = f"{group(tree.n, len(tree.of))} {'; '.join(sentence(part, names, inner=True) for part in tree.of)}"
    return f"({text})" if inner else text


# --- what changed ---
FIELDS: dict[str, Any] = {
    "name": gettext_lazy("name"),
    "description": gettext_lazy("description"),
    "months": gettext_lazy("months"),
    "voluntary": gettext_lazy("voluntary"),
    "open_to": gettext_lazy("open to"),
    "bonus": gettext_lazy("bonus"),
    "weeks": gettext_lazy("time"),
    "kind": gettext_lazy("kind"),
    "owner": gettext_lazy("who sees to it"),
    "when": gettext_lazy("date"),
    "deliverable": gettext_lazy("what it delivers"),
    "after": gettext_lazy("what comes before it"),
    "pathway": gettext_lazy("pathway"),
    "opens": gettext_lazy("what it opens"),
}
# Values short enough to be told before and after; of the others it is said that they changed.
VALUES: dict[str, Callable[[Any, Words], str]] = {
    "name": lambda value, words: f"“{said(value)}”",
    "months": lambda value, words: str(value),
    "voluntary": lambda value, words: _("yes") if value else _("no"),
    "weeks": lambda value, words: weeks(value),
    "kind": lambda value, words: str(NODE_KINDS.get(value, value)),
    "owner": lambda value, words: str(OWNERS.get(value, value)),
    "when": lambda value, words: when(value) or _("no date"),
    "pathway": lambda value, words: str(words.pathways.get(value, value)) or "–",
    "opens": lambda value, words: _("the certificate") if value == CERTIFICATE else str(value),
}
SENTENCES: dict[tuple[str, str], Any] = {
    ("stage", "added"): gettext_lazy("Stage “%(name)s” added"),
    ("stage", "removed"): gettext_lazy("Stage “%(name)s” removed"),
    ("stage", "changed"): gettext_lazy("Stage “%(name)s” changed: %(fields)s"),
    ("stage", "ordered"): gettext_lazy("The stages are in another order"),
    ("node", "added"): gettext_lazy("Node “%(name)s” added to the stage “%(inside)s”"),
    ("node", "removed"): gettext_lazy("Node “%(name)s” removed from the stage “%(inside)s”"),
    ("node", "moved"): gettext_lazy("Node “%(name)s” moved to the stage “%(inside)s”"),
    ("node", "changed"): gettext_lazy("Node “%(name)s” changed: %(fields)s"),
    ("node", "ordered"): gettext_lazy("The nodes of the stage “%(inside)s” are in another order"),
    ("track", "added"): gettext_lazy("Track to “%(position)s” added"),
    ("track", "removed"): gettext_lazy("Track to “%(position)s” removed"),
    ("track", "changed"): gettext_lazy("Track to “%(position)s” changed: %(fields)s"),
    ("gate", "added"): gettext_lazy("Gate “%(name)s” added"),
    ("gate", "removed"): gettext_lazy("Gate “%(name)s” removed"),
    ("gate", "changed"): gettext_lazy("Gate “%(name)s” changed: %(fields)s"),
    ("gate", "ordered"): gettext_lazy("The gates are in another order"),
    ("requirement", "added"): gettext_lazy("Gate “%(inside)s” newly asks: %(leaf)s"),
    ("requirement", "removed"): gettext_lazy("Gate “%(inside)s” no longer asks: %(leaf)s"),
    ("requirement", "changed"): gettext_lazy("Gate “%(inside)s” asks otherwise: %(fields)s"),
    ("requirement", "ordered"): gettext_lazy("Gate “%(inside)s” puts its requirements together anew: %(leaf)s"),
    ("general", "changed"): gettext_lazy("The programme changed: %(fields)s"),
}


def change(what: Change, words: Words) -> str:
    """One difference as a sentence."""
    about = {
        "name": said(what.name) if what.what != "requirement" else "",
        "inside": said(what.inside),
        "position": words.position(what.name) if what.what == "track" else "",
        "leaf": sentence(what.name, words.names) if what.what == "requirement" else "",
        "fields": "; ".join(_field(*field, words) for field in what.fields),
    }
    return str(SENTENCES[what.what, what.code]) % about


def _field(name: str, old: Any, new: Any, words: Words) -> str:
    if name == "courses":
        parts = (_("with %(courses)s"), new), (_("without %(courses)s"), old)
        return "; ".join(text % {"courses": _listed(map(words.names.course, codes))} for text, codes in parts if codes)
    if name == "leaf":
        return f"{leaf(old, words.names)} → {leaf(new, words.names)}"
    value = VALUES.get(name)
    if value is None:
        return str(FIELDS[name])
    return f"{FIELDS[name]} {value(old, words)} → {value(new, words)}"


def _listed(names: Iterable[str]) -> str:
    return pgettext("between names", ", ").join(names)


# --- what is wrong, for somebody who sees forms and no keys ---
IN_FORMS: dict[str, Any] = {
    "missing": gettext_lazy("Something is still missing here: %(what)s."),
    "empty_word": gettext_lazy("Nothing is chosen here yet."),
    "empty": gettext_lazy("This asks for nothing yet. Add at least one requirement."),
    "not_among": gettext_lazy("“%(value)s” is not there any more. Choose anew."),
    "more_than_there_are": gettext_lazy("%(n)s are asked, but there are only %(of)s. Add some, or ask for fewer."),
    "last_gate_opens_certificate": gettext_lazy("The last gate has to open the certificate."),
    "ends_before_it_starts": gettext_lazy("The stage ends before it starts."),
    "unknown_position": gettext_lazy("There is no position “%(code)s” in the company. Choose another one."),
    "unknown_pathway": gettext_lazy("There is no pathway “%(code)s” in the company. Choose another one."),
    "unknown_course": gettext_lazy("There is no course “%(code)s”. Choose another one, or set it up first."),
    "unknown_competency": gettext_lazy("There is no competency “%(code)s”. Choose another one, or load it first."),
}
KEYS: dict[str, Any] = {
    "stages": gettext_lazy("at least one stage"),
    "gates": gettext_lazy("at least one gate"),
    "requires": gettext_lazy("what the gate asks"),
    "opens": gettext_lazy("what the gate opens"),
    "position": gettext_lazy("a position"),
    "course": gettext_lazy("a course"),
    "competency": gettext_lazy("a competency"),
    "of": gettext_lazy("at least one requirement"),
    "amount": gettext_lazy("an amount"),
    "currency": gettext_lazy("a currency"),
}


def trouble(fault: Fault) -> str:
    """A fault or a warning as a sentence for the editor."""
    if fault.code not in IN_FORMS:
        return tell_fault(fault)
    key = str(fault.about.get("key", ""))
    return str(IN_FORMS[fault.code]) % {**fault.about, "what": KEYS.get(key) or FIELDS.get(key, key)}


def where(definition: Definition, path: Path, words: Words) -> str:
    """Where in the programme a place is: `Stage “Courses” · node “Kick-off”`; empty for the programme itself."""
    match path:
        case ("stages", int(i), "nodes", int(n), *_rest) if n < len(definition.stages[i].nodes):
            stage = definition.stages[i]
            return _("Stage “%(stage)s”, node “%(node)s”") % {
                "stage": said(stage.name),
                "node": said(stage.nodes[n].name),
            }
        case ("stages", int(i), *_rest) if i < len(definition.stages):
            return _("Stage “%(stage)s”") % {"stage": said(definition.stages[i].name)}
        case ("tracks", int(i), *_rest) if i < len(definition.tracks):
            return _("Track to “%(position)s”") % {"position": words.position(definition.tracks[i].position)}
        case ("gates", int(i), *_rest) if i < len(definition.gates):
            return _("Gate “%(gate)s”") % {"gate": said(definition.gates[i].name)}
    return ""


def delivers(text: Any) -> str:
    """What a node delivers."""
    return _("delivers: %(what)s") % {"what": said(text)}


def comes_after(names: Iterable[str]) -> str:
    """What a node comes after."""
    return _("after %(nodes)s") % {"nodes": _listed(f"“{name}”" for name in names)}


def opens(stage: str) -> str:
    """What a gate opens: a stage."""
    return _("opens the stage “%(stage)s”") % {"stage": stage}


def opens_certificate() -> str:
    """What the last gate opens."""
    return _("opens the certificate")


def money(bonus: Bonus) -> str:
    """An amount as people write it: `3,000,000 VND`."""
    whole, hundredths = in_units(bonus.amount, bonus.currency)
    return f"{whole:,}.{hundredths:02d} {bonus.currency}" if hundredths else f"{whole:,} {bonus.currency}"


def in_general() -> str:
    """The place of what concerns the whole programme."""
    return _("In general")
