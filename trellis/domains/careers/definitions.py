"""The form in which a framework is written down, read and written again.

One YAML document holds one framework: what one can be good at, what each position asks, and the pathways through
positions. A file may hold more documents, separated by `---`; this room takes those with the key `framework` and
leaves the others (courses, programmes) to the rooms they belong to.

    framework:
      code: pixel-house                # lower case letters, digits, hyphens; codes are what a second loading goes by
      name: Pixel House                # a text, or {en: ..., zh-hans: ...}; so are all names and descriptions
      source: ""                       # optional: where it comes from, and under which licence
    competencies:
      - code: giving-feedback
        name: {en: Giving feedback, zh-hans: 反馈}
        kind: soft                     # soft or technical (when left out: technical)
        description: ...               # optional
        levels:                        # from 1 upwards without a hole; a level includes those below it
          - level: 1
            name: {en: Basic, zh-hans: 入门}
            behaviour: {en: What somebody at this level does., zh-hans: ...}
    positions:
      - code: team-leader
        name: {en: Team leader, zh-hans: 组长}
        description: ...               # optional
        asks:                          # the profile; may be left out
          - competency: giving-feedback   # of this file, or loaded before
            level: 2
            weight: 3                  # optional: how much it matters beside the others (when left out: 1)
            fresh_for_days: 365        # optional: evidence older than this no longer counts
    pathways:
      - code: production
        name: {en: Production, zh-hans: 生产}
        family: Studio                 # optional: groups pathways on a large map
        description: ...               # optional
        positions: [photo-editor, team-leader, shift-manager]   # in the order of steps; codes of this file or of the company

A file replaces what the same framework held before: profiles and pathways become exactly those of the file. A competency
that is no longer in it disappears, unless somebody has evidence for it or another framework asks for it. Positions
are the company's: they are renamed and described by the file but never removed.

All faults are found at once, each with its line; with a fault nothing is loaded. What `write` gives, read again, is the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.kit.text import give_text, take_text

MOST_CHARACTERS = 8_000_000
LANGUAGES = ("en", "zh-hans", "vi")
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Text:
    """A text in the default language, and its translations."""

    default: str = ""
    others: dict[str, str] = field(default_factory=dict)

    def give(self) -> Any:
        return give_text(self.default, self.others)


@dataclass(frozen=True)
class LevelDefinition:
    level: int
    name: Text
    behaviour: Text


@dataclass(frozen=True)
class CompetencyDefinition:
    code: str
    name: Text
    kind: str
    description: Text
    levels: tuple[LevelDefinition, ...]


@dataclass(frozen=True)
class Ask:
    competency: str
    level: int
    weight: int = 1
    fresh_for_days: int | None = None


@dataclass(frozen=True)
class PositionDefinition:
    code: str
    name: Text
    description: Text
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class PathwayDefinition:
    code: str
    name: Text
    family: str
    description: Text
    positions: tuple[str, ...]


@dataclass(frozen=True)
class Definitions:
    """One framework, whole."""

    code: str
    name: Text
    source: str
    competencies: tuple[CompetencyDefinition, ...]
    positions: tuple[PositionDefinition, ...]
    pathways: tuple[PathwayDefinition, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which line (from 1), in which part, and what to do."""

    line: int
    where: str
    text: str

    def __str__(self) -> str:
        return _("Line %(line)s, %(where)s: %(text)s") % {"line": self.line, "where": self.where, "text": self.text}


@dataclass(frozen=True)
class Known:
    """What the company has already, for references out of the file: levels by competency code, and position codes."""

    levels: dict[str, frozenset[int]] = field(default_factory=dict)
    positions: frozenset[str] = frozenset()
    described_elsewhere: dict[str, str] = field(default_factory=dict)  # position code → the framework that describes it
    owned_elsewhere: dict[str, str] = field(default_factory=dict)  # "competency x" / "pathway y" → its framework


def read(text: str, known: Known | None = None) -> tuple[Definitions | None, list[Fault]]:
    """The framework in the text, or every fault found (then no framework). `known`: what may be referred to from outside."""
    if len(text) > MOST_CHARACTERS:
        return None, [Fault(1, _("file"), _("The file is too large; split it into several frameworks."))]
    try:
        documents = [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return None, [
            Fault(mark.line + 1 if mark else 1, _("file"), _("This is not YAML: %s.") % (error.problem or ""))
        ]
    except (yaml.YAMLError, RecursionError):
        return None, [Fault(1, _("file"), _("This is not YAML that can be read."))]
    ours = [node for node in documents if isinstance(node, yaml.MappingNode) and _has(node, "framework")]
    if len(ours) != 1:
        found = _("There is no document with the key “framework”.") if not ours else _("There are several frameworks.")
        return None, [Fault(1, _("file"), found + " " + _("Put exactly one into a file."))]
    reader = _Reader()
    definitions = reader.framework(ours[0])
    faults = reader.faults + list(_broken_references(definitions, reader.lines, known or Known()))
    return (None, sorted(faults, key=lambda f: f.line)) if faults else (definitions, [])


def write(definitions: Definitions) -> str:
    """The framework as text, in the one form that reading and writing keeps."""
    data: dict[str, Any] = {
        "framework": _without_empty(code=definitions.code, name=definitions.name.give(), source=definitions.source),
        "competencies": [
            _without_empty(
                code=c.code,
                name=c.name.give(),
                kind=c.kind,
                description=c.description.give(),
                levels=[
                    _without_empty(level=lv.level, name=lv.name.give(), behaviour=lv.behaviour.give())
                    for lv in c.levels
                ],
            )
            for c in definitions.competencies
        ],
        "positions": [
            _without_empty(
                code=p.code,
                name=p.name.give(),
                description=p.description.give(),
                asks=[
                    _without_empty(
                        competency=a.competency,
                        level=a.level,
                        weight=a.weight if a.weight != 1 else None,
                        fresh_for_days=a.fresh_for_days,
                    )
                    for a in p.asks
                ],
            )
            for p in definitions.positions
        ],
        "pathways": [
            _without_empty(
                code=w.code,
                name=w.name.give(),
                family=w.family,
                description=w.description.give(),
                positions=list(w.positions),
            )
            for w in definitions.pathways
        ],
    }
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, so that a person can read and edit them; items of a list indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def _without_empty(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}


def _has(node: yaml.MappingNode, key: str) -> bool:
    return any(k.value == key for k, _value in node.value)


class _Reader:
    """Walks the nodes of one document, keeps the line of each thing, and goes on after a fault to find the next."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[tuple[str, ...], int] = {}

    def fault(self, node: yaml.Node, where: str, text: str) -> None:
        self.faults.append(Fault(node.start_mark.line + 1, where, text))

    def framework(self, root: yaml.MappingNode) -> Definitions:
        parts = self.mapping(root, _("document"), {"framework", "competencies", "positions", "pathways"}, {"framework"})
        head_node = parts["framework"]
        head = self.mapping(head_node, _("framework"), {"code", "name", "source"}, {"code", "name"})
        return Definitions(
            code=self.code(head, head_node, "framework", set()),
            name=self.text(head.get("name"), _("framework")),
            source=self.text(head.get("source"), _("framework"), most=300).default,
            competencies=tuple(self.each(parts.get("competencies"), "competencies", self.competency)),
            positions=tuple(self.each(parts.get("positions"), "positions", self.position)),
            pathways=tuple(self.each(parts.get("pathways"), "pathways", self.pathway)),
        )

    def each(self, node: yaml.Node | None, name: str, one: Any) -> Iterator[Any]:
        seen: set[str] = set()
        for item in self.sequence(node, name):
            made = one(item, seen)
            if made is not None:
                yield made

    def competency(self, node: yaml.Node, seen: set[str]) -> CompetencyDefinition:
        values = self.mapping(
            node, "competency", {"code", "name", "kind", "description", "levels"}, {"code", "name", "levels"}
        )
        code = self.code(values, node, "competency", seen)
        where = f"competency {code}"
        kind = self.text(values.get("kind"), where).default or "technical"
        if kind not in ("soft", "technical"):
            self.fault(values["kind"], where, _("The kind is “soft” or “technical”, not “%s”.") % kind)
        levels = []
        for item in self.sequence(values.get("levels"), where):
            parts = self.mapping(item, where, {"level", "name", "behaviour"}, {"level", "name"})
            level = self.number(parts.get("level"), where, most=20)
            if level is not None and level != len(levels) + 1:
                self.fault(item, where, _("Levels count from 1 upwards: here %s is expected.") % (len(levels) + 1))
            levels.append(
                LevelDefinition(
                    level or 0, self.text(parts.get("name"), where), self.text(parts.get("behaviour"), where, most=None)
                )
            )
        if not levels and "levels" in values:
            self.fault(values["levels"], where, _("It needs at least one level."))
        name, about = self.text(values.get("name"), where), self.text(values.get("description"), where, most=None)
        return CompetencyDefinition(code, name, kind, about, tuple(levels))

    def position(self, node: yaml.Node, seen: set[str]) -> PositionDefinition:
        values = self.mapping(node, "position", {"code", "name", "description", "asks"}, {"code", "name"})
        code = self.code(values, node, "position", seen)
        where = f"position {code}"
        asks: list[Ask] = []
        for item in self.sequence(values.get("asks"), where):
            parts = self.mapping(
                item, where, {"competency", "level", "weight", "fresh_for_days"}, {"competency", "level"}
            )
            asked = self.text(parts.get("competency"), where).default
            if asked and asked in {ask.competency for ask in asks}:
                self.fault(item, where, _("It asks for “%s” twice; keep one.") % asked)
            self.lines["ask", code, asked] = item.start_mark.line + 1
            asks.append(
                Ask(
                    competency=asked,
                    level=self.number(parts.get("level"), where, most=20) or 0,
                    weight=self.number(parts.get("weight"), where, most=100) or 1,
                    fresh_for_days=self.number(parts.get("fresh_for_days"), where, most=36_500),
                )
            )
        name, about = self.text(values.get("name"), where), self.text(values.get("description"), where, most=None)
        return PositionDefinition(code, name, about, tuple(asks))

    def pathway(self, node: yaml.Node, seen: set[str]) -> PathwayDefinition:
        allowed = {"code", "name", "family", "description", "positions"}
        values = self.mapping(node, "pathway", allowed, {"code", "name", "positions"})
        code = self.code(values, node, "pathway", seen)
        where = f"pathway {code}"
        steps: list[str] = []
        for item in self.sequence(values.get("positions"), where):
            step = self.text(item, where).default
            if step in steps:
                self.fault(item, where, _("The position “%s” is on it twice; keep one.") % step)
            self.lines["step", code, step] = item.start_mark.line + 1
            steps.append(step)
        name, about = self.text(values.get("name"), where), self.text(values.get("description"), where, most=None)
        return PathwayDefinition(code, name, self.text(values.get("family"), where).default, about, tuple(steps))

    def code(self, values: dict[str, yaml.Node], node: yaml.Node, what: str, seen: set[str]) -> str:
        at = values.get("code", node)
        code = self.text(values.get("code"), what).default
        if code and (not CODE.match(code) or len(code) > 120):
            self.fault(
                at, what, _("The code “%s” may hold lower case letters, digits and single hyphens.") % code[:120]
            )
        if code in seen:
            self.fault(at, what, _("The code “%s” is there twice; codes are unique.") % code)
        if code:
            seen.add(code)
            self.lines[what, code] = at.start_mark.line + 1
        return code

    def mapping(self, node: yaml.Node, where: str, allowed: set[str], needed: set[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, where, _("Here a list of “key: value” is expected."))
            return {}
        values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in values:
                self.fault(key, where, _("The key “%s” is there twice.") % key.value)
            elif key.value not in allowed:
                known = ", ".join(sorted(allowed))
                self.fault(
                    key,
                    where,
                    _("The key “%(key)s” is not known; known are %(known)s.") % {"key": key.value, "known": known},
                )
            else:
                values[key.value] = value
        for key in sorted(needed - values.keys()):
            self.fault(node, where, _("The key “%s” is missing.") % key)
        return values

    def sequence(self, node: yaml.Node | None, where: str) -> list[yaml.Node]:
        if node is None or (isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null")):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, where, _("Here a list is expected, each line beginning with “- ”."))
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None, where: str, most: int | None = 200) -> Text:
        if node is None:
            return Text()
        if isinstance(node, yaml.MappingNode):
            given: dict[str, str] = {}
            for key, value in node.value:
                if key.value not in LANGUAGES:
                    self.fault(key, where, _("“%s” is not a language known here.") % key.value)
                given[str(key.value)] = self.text(value, where, most).default
            return Text(*take_text(given))
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, where, _("Here a text is expected."))
            return Text()
        value = str(node.value).strip()
        if most and len(value) > most:
            self.fault(node, where, _("The text is longer than %s characters.") % most)
        if "\x00" in value:
            self.fault(node, where, _("The text holds a character that cannot be kept."))
        return Text(value)

    def number(self, node: yaml.Node | None, where: str, most: int) -> int | None:
        if node is None:
            return None
        value = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
        if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= most:
            self.fault(node, where, _("Here a whole number from 1 to %s is expected.") % most)
            return None
        return int(value)


def _broken_references(definitions: Definitions, lines: dict[tuple[str, ...], int], known: Known) -> Iterator[Fault]:
    """Codes that lead nowhere, levels that do not exist, and things that another framework owns."""
    levels = known.levels | {c.code: frozenset(lv.level for lv in c.levels) for c in definitions.competencies}
    positions = known.positions | {p.code for p in definitions.positions}
    for what, items in (("competency", definitions.competencies), ("pathway", definitions.pathways)):
        for item in items:  # type: ignore[attr-defined]
            owner = known.owned_elsewhere.get(f"{what} {item.code}")
            if owner:
                yield Fault(
                    lines.get((what, item.code), 1),
                    f"{what} {item.code}",
                    _("The code belongs to the framework “%s” already; choose another.") % owner,
                )
    for position in definitions.positions:
        where = f"position {position.code}"
        owner = known.described_elsewhere.get(position.code)
        if owner:
            found = _("The framework “%s” describes this position already; choose another code.") % owner
            yield Fault(lines.get(("position", position.code), 1), where, found)
        for ask in position.asks:
            line = lines.get(("ask", position.code, ask.competency), 1)
            if not ask.competency or not ask.level:
                continue
            if ask.competency not in levels:
                yield Fault(line, where, _("There is no competency with the code “%s”.") % ask.competency)
            elif ask.level not in levels[ask.competency]:
                count = len(levels[ask.competency])
                found = ngettext(
                    "“%(code)s” has only %(count)s level, not a level %(level)s.",
                    "“%(code)s” has only %(count)s levels, not a level %(level)s.",
                    count,
                )
                yield Fault(line, where, found % {"code": ask.competency, "count": count, "level": ask.level})
    for pathway in definitions.pathways:
        for step in pathway.positions:
            if step and step not in positions:
                found = _("There is no position with the code “%s”.") % step
                yield Fault(lines.get(("step", pathway.code, step), 1), f"pathway {pathway.code}", found)
