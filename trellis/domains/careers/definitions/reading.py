"""A framework out of text, with every fault by its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from django.utils.translation import gettext as _

from trellis.domains.careers.definitions.references import broken_references
from trellis.domains.careers.definitions.shape import (
    Ask,
    CompetencyDefinition,
    Definitions,
    Fault,
    Known,
    LevelDefinition,
    PathwayDefinition,
    PositionDefinition,
    Text,
)
from trellis.domains.careers.models import SkillKind
from trellis.kit.files.plain_yaml import PlainLoader
from trellis.kit.text import take_text

MOST_CHARACTERS = 8_000_000
LANGUAGES = ("en", "zh-hans", "vi")
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def read(text: str, known: Callable[[str], Known] | None = None) -> tuple[Definitions | None, list[Fault]]:
    """The framework in the text, or every fault found (then no framework).

    `known`, asked with the framework's code, gives what the file may refer to without defining it.
    """
    if len(text) > MOST_CHARACTERS:
        return None, [Fault(1, _("file"), _("The file is too large; split it into several frameworks."))]
    try:
        documents = [node for node in yaml.compose_all(text, Loader=PlainLoader) if node is not None]
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
    faults = reader.faults + list(
        broken_references(definitions, reader.lines, known(definitions.code) if known else Known())
    )
    return (None, sorted(faults, key=lambda f: f.line)) if faults else (definitions, [])


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
        kind = self.text(values.get("kind"), where).default or str(SkillKind.TECHNICAL)
        if kind not in SkillKind.values:
            self.fault(values["kind"], where, _("The kind is “soft” or “technical”, not “%s”.") % kind)
        levels: list[LevelDefinition] = []
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
            self.lines.setdefault(("ask", code, asked), item.start_mark.line + 1)
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
            self.lines.setdefault(("step", code, step), item.start_mark.line + 1)
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
