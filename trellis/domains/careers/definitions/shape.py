"""What a framework consists of, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from trellis.kit.text import give_text


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
