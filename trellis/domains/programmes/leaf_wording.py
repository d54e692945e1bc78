"""What a leaf of a gate asks for, in a line: for pages of a journey, the editor, the dry run and notices alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.programmes.rules import (
    AgreementSigned,
    Approval,
    AttendanceOf,
    CasePublished,
    CoursePassed,
    DaysBeside,
    Leaf,
    LevelShown,
    PointsHeld,
    SurveyAnswered,
)
from trellis.kit.ui.icons import icon

NOT_AVAILABLE: Any = gettext_lazy("Not available yet")
INSTRUMENTS: dict[str, Any] = {
    "agreements": gettext_lazy("agreements"),
    "ledger": gettext_lazy("the points bank"),
    "surveys": gettext_lazy("surveys"),
    "casebook": gettext_lazy("the casebook"),
}
CURRENCIES: dict[str, Any] = {"points": gettext_lazy("points"), "flowers": gettext_lazy("little red flowers")}
# What can come of a gate for somebody in a dry run: icon, word, look of the pill.
OUTCOMES: dict[str, tuple[str, Any, str]] = {
    "open": (icon("check"), gettext_lazy("Would pass"), "pill--ok"),
    "approval": (icon("hourglass"), gettext_lazy("Lacks only the approval"), "pill--wait"),
    "before": (icon("lock-keyhole"), gettext_lazy("Would pass, but not the gate before"), "pill--wait"),
    "unavailable": (icon("circle-dashed"), gettext_lazy("Lacks only what is not available yet"), "pill--wait"),
    "lacks": (icon("circle-dot"), gettext_lazy("Lacks something"), ""),
    "lost": (icon("circle-x"), gettext_lazy("Out of reach"), "pill--bad"),
}


@dataclass(frozen=True)
class Names:
    """Everything a requirement may speak of, loaded in bulk: courses and competencies by code, people by id."""

    courses: Mapping[str, Any] = field(default_factory=dict)
    competencies: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    gates: Mapping[str, str] = field(default_factory=dict)
    position: Any = ""

    def course(self, code: str) -> str:
        return str(self.courses.get(code, code))

    def person(self, pk: int | None) -> str:
        return self.people.get(pk or 0, "")


def title_of(leaf: Leaf, names: Names) -> str:
    """What is asked, in a line."""
    return _TITLES[type(leaf)](leaf, names)


def _attendance(leaf: AttendanceOf, names: Names) -> str:
    course = names.course(leaf.course)
    if leaf.percent == 100:
        return _("%(course)s: every session attended") % {"course": course}
    return _("%(course)s: %(percent)s %% of the sessions attended") % {"course": course, "percent": leaf.percent}


def _days(leaf: DaysBeside, names: Names) -> str:
    return _("%(days)s whole days of %(hours)g hours beside a holder of %(position)s") % {
        "days": leaf.days,
        "hours": leaf.hours,
        "position": names.position,
    }


def _level(leaf: LevelShown, names: Names) -> str:
    return _("%(competency)s: level %(level)s shown") % {
        "competency": names.competencies.get(leaf.competency, leaf.competency),
        "level": leaf.level,
    }


def _points(leaf: PointsHeld, names: Names) -> str:
    said = _("%(n)s held: %(currency)s")
    return said % {"n": leaf.points, "currency": CURRENCIES.get(leaf.currency, leaf.currency)}


_TITLES: dict[type, Callable[[Any, Names], str]] = {
    AttendanceOf: _attendance,
    CoursePassed: lambda leaf, names: _("%(course)s: passed") % {"course": names.course(leaf.course)},
    DaysBeside: _days,
    LevelShown: _level,
    Approval: lambda leaf, names: _("Reviewed and approved by the academy"),
    AgreementSigned: lambda leaf, names: _("Agreement signed: %(what)s") % {"what": leaf.agreement},
    PointsHeld: _points,
    SurveyAnswered: lambda leaf, names: _("Survey answered: %(what)s") % {"what": leaf.survey},
    CasePublished: lambda leaf, names: (
        ngettext("%(n)s own case published in the casebook", "%(n)s own cases published in the casebook", leaf.cases)
        % {"n": leaf.cases}
    ),
}
