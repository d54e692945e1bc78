"""Courses as a text that people write: one YAML document with the key `courses:`, read with its faults, written again.

    courses:
      - code: written-communication      # lower case letters, digits, hyphens
        name: {en: Written communication, zh-hans: 书面沟通}
        description: {en: ..., zh-hans: ...}    # optional
        kind: soft                       # soft or technical
        hours: 16                        # optional, default 0; in all, tenths allowed
        sessions: 8                      # optional, default 1: how many meetings a run has
        pass_mark: 70                    # optional, default 70: of 100
        teaches:                         # optional: what passing shows
          - {competency: written-communication, level: 2}
        attempts: ...                    # optional, with assessments: as rules/scheme.py says
        assessments: ...

`read` takes the list under `courses:` (already parsed) and finds all faults at once; `write` gives the same list back.
Courses that are not in the list stay as they are. `actions.load_courses(rows, actor)` loads, and nothing when there is
a fault; twice the same changes nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.careers.models import SkillKind
from trellis.domains.learning.models import Course
from trellis.domains.learning.rules import read_scheme, write_scheme
from trellis.kit.files.plain_yaml import PlainDumper
from trellis.kit.text import give_text, take_text

KEYS = {"code", "name", "description", "kind", "hours", "sessions", "pass_mark", "teaches", "attempts", "assessments"}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which course (its code, or its place from 1), under which key, and what to do.

    `place` is the course's place in the list, from 1; 0: the list itself. A key far inside is written as people count:
    `assessments 2, rubric 1, levels`.
    """

    where: str
    key: str
    text: str
    place: int = 0

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where it stands in the document, for its line."""
        found: list[str | int] = ["courses", self.place - 1]
        for step in self.key.split(", "):
            name, _space, number = step.partition(" ")
            found += [name, int(number) - 1] if number.isdecimal() else [step]
        return tuple(found)

    def __str__(self) -> str:
        return _("Course %(where)s, %(key)s: %(text)s") % {"where": self.where, "key": self.key, "text": self.text}


@dataclass(frozen=True)
class CourseDefinition:
    """One course as written; `teaches` is competency code to level."""

    code: str
    name: str
    names: Mapping[str, str]
    description: str
    descriptions: Mapping[str, str]
    kind: str
    hours: Decimal
    sessions: int
    pass_mark: int
    teaches: Mapping[str, int] = field(default_factory=dict)
    assessed: Mapping[str, Any] = field(default_factory=dict)


def read(rows: Any, *, competencies: Mapping[str, Iterable[int]]) -> tuple[list[CourseDefinition], list[Fault]]:
    """The courses written, and all faults. `competencies`: the codes that exist, each with its levels."""
    if not isinstance(rows, list):
        return [], [Fault("1", "courses", _("This has to be a list of courses, each beginning with a hyphen."))]
    faults: list[Fault] = []
    courses: list[CourseDefinition] = []
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            faults.append(Fault(str(place), "courses", _("This has to be a course with code, name and kind."), place))
            continue
        course, found = _read_one(str(row.get("code") or place), row, competencies)
        if course.code in seen:
            found.append(Fault(course.code, "code", _("This code is used twice; give each course its own.")))
        seen.add(course.code)
        courses.append(course)
        faults += [replace(fault, place=place) for fault in found]
    return courses, faults


def _read_one(
    where: str, row: dict[str, Any], competencies: Mapping[str, Iterable[int]]
) -> tuple[CourseDefinition, list[Fault]]:
    faults = [
        Fault(where, str(key), _("No such key; remove it or mend its spelling.")) for key in row if key not in KEYS
    ]
    code = str(row.get("code") or "")
    if not CODE.fullmatch(code):
        faults.append(Fault(where, "code", _("Write a code of lower case letters, digits and hyphens.")))
    name, names = take_text(row.get("name"))
    if not name:
        faults.append(Fault(where, "name", _("Give the course a name.")))
    kind = row.get("kind")
    if kind not in SkillKind.values:
        faults.append(Fault(where, "kind", _("Write soft or technical.")))
    description, descriptions = take_text(row.get("description"))
    hours = _number(row.get("hours", 0), Decimal("999.9"))
    if hours is None:
        faults.append(Fault(where, "hours", _("Write a number of hours from 0 to 999.9.")))
    sessions, pass_mark = _whole(row.get("sessions", 1), 1, 200), _whole(row.get("pass_mark", 70), 0, 100)
    if sessions is None:
        faults.append(Fault(where, "sessions", _("Write a whole number from 1 to 200.")))
    if pass_mark is None:
        faults.append(Fault(where, "pass_mark", _("Write a whole number from 0 to 100.")))
    teaches, more = _teaches(where, row.get("teaches") or [], competencies)
    assessed, wrong = read_assessed(row)
    more += [Fault(where, place, text) for place, text in wrong]
    definition = CourseDefinition(
        code,
        name,
        names,
        description,
        descriptions,
        str(kind),
        hours or Decimal(0),
        sessions or 1,
        pass_mark or 0,
        teaches,
        assessed,
    )
    return definition, faults + more


def _teaches(where: str, rows: Any, competencies: Mapping[str, Iterable[int]]) -> tuple[dict[str, int], list[Fault]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return {}, [Fault(where, "teaches", _("This has to be a list of {competency: ..., level: ...}."))]
    taught: dict[str, int] = {}
    faults = []
    for row in rows:
        competency, level = str(row.get("competency") or ""), row.get("level")
        if competency not in competencies:
            faults.append(Fault(where, "teaches", _("There is no competency %(code)s.") % {"code": competency or "?"}))
        elif level not in set(competencies[competency]):
            text = _("The competency %(code)s has no level %(level)s.") % {"code": competency, "level": level}
            faults.append(Fault(where, "teaches", text))
        elif competency in taught:
            faults.append(Fault(where, "teaches", _("%(code)s is named twice.") % {"code": competency}))
        else:
            taught[competency] = level
    return taught, faults


def read_assessed(row: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """`attempts` and `assessments` of a course as they are kept, and each fault as its place and a sentence."""
    scheme, faults = read_scheme(row)
    return write_scheme(scheme), [(fault.place, str(SCHEME_FAULTS[fault.code] % fault.about)) for fault in faults]


def write_assessed(course: Course) -> str:
    """The same as the text that `read_assessed` reads once it is parsed; empty for a course with one score."""
    if not course.assessed:
        return ""
    return yaml.dump(course.assessed, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=110)


SCHEME_FAULTS: dict[str, Any] = {
    "no_such_key": gettext_lazy("No such key; remove it or mend its spelling."),
    "not_a_mapping": gettext_lazy("Write this as keys with values, such as code: talk."),
    "not_a_list": gettext_lazy("This has to be a list, each entry beginning with a hyphen."),
    "whole": gettext_lazy("Write a whole number from %(least)s to %(most)s."),
    "one_of": gettext_lazy("Write one of: %(choices)s."),
    "too_many": gettext_lazy("At most %(most)s are possible; put some together."),
    "twice": gettext_lazy("The code %(code)s is used twice; give each its own."),
    "code": gettext_lazy("Write a code of lower case letters, digits and hyphens."),
    "text": gettext_lazy("Write a text of at most 300 characters, in one language or as {en: ..., zh-hans: ...}."),
    "levels": gettext_lazy("Describe 2 to 10 levels, each as {points: ..., text: ...}."),
    "rising": gettext_lazy("Write the levels from few points to many, each with points of its own."),
}


def _number(value: Any, most: Decimal) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= most and number == round(number, 1) else None


def _whole(value: Any, least: int, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else None


def write(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """The list for `courses:`; ask for the courses with `teaches__competency` prefetched."""
    rows = []
    for course in courses:
        row: dict[str, Any] = {"code": course.code, "name": give_text(course.name, course.names)}
        if course.description:
            row["description"] = give_text(course.description, course.descriptions)
        hours = course.hours.normalize()
        row |= {
            "kind": course.kind,
            "hours": int(hours) if hours == hours.to_integral_value() else float(hours),
            "sessions": course.sessions_planned,
            "pass_mark": course.pass_mark,
        }
        taught = sorted(course.teaches.all(), key=lambda t: t.competency.code)
        if taught:
            row["teaches"] = [{"competency": t.competency.code, "level": t.level} for t in taught]
        row |= course.assessed
        rows.append(row)
    return rows
