"""A published framework as its publisher gives it: two CSV files in the form of the UK Government's Digital and Data
Profession Capability Framework, one row for each skill of each level of each role, and one row for each skill.

Roles become pathways, role levels become positions, skills become competencies of four levels. Three things about the
files are not as one expects:
- Levels of a role stand in the order of the alphabet. Their order as steps is found from what they ask (see `_rank`).
- The words NOT IN USE stand where the publisher sets no level: such a role is one position, and its skills have a
  single level whose behaviour is the skill's own description.
- Some rows are there two or three times, and some names have spaces behind them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from trellis.domains.careers.definitions import (
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

LEVELS = ("Awareness", "Working", "Practitioner", "Expert")
UNUSED = "NOT IN USE"
ROLE_COLUMNS = (
    *("Role Family", "Role", "Role Description", "Role Level", "Role Level Description"),
    *("Skill Name", "Skill Level"),
)
SKILL_COLUMNS = ("Skill Name", "Skill Description", *LEVELS)
CODE = "uk-digital-and-data"
NAME = "UK Government Digital and Data Profession Capability Framework"
SOURCE = "UK Government, Crown copyright, Open Government Licence v3.0"


@dataclass(frozen=True)
class Row:
    """One record and the line of the file on which it begins."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_published(roles: bytes, skills: bytes, known: Known) -> tuple[Definitions | None, list[Fault]]:
    """The framework in the two files, or every fault found; codes that another framework owns are made different."""
    role_rows, faults = _rows(roles, _("role file"), ROLE_COLUMNS)
    skill_rows, more = _rows(skills, _("skill file"), SKILL_COLUMNS)
    faults += more
    if faults:
        return None, faults
    reading = _Reading(role_rows, skill_rows, known)
    faults = reading.faults()
    return (None, faults) if faults else (reading.definitions(), [])


def _rows(content: bytes, where: str, columns: Iterable[str]) -> tuple[list[Row], list[Fault]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Fault(1, where, _("The file is not UTF-8 text. Save it as “CSV UTF-8”."))]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        lacking = [column for column in columns if column not in heading]
        if lacking:
            told = _("Columns are missing: %s. Take the file as its publisher gives it.") % ", ".join(lacking)
            return [], [Fault(1, where, told)]
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begins, dict(zip(heading, map(_clean, cells), strict=False))))
            begins = reader.line_num + 1
    except csv.Error as error:
        return [], [Fault(reader.line_num, where, _("The file breaks off or is damaged here: %s.") % error)]
    return rows, [] if rows else [Fault(1, where, _("There is no row below the headings."))]


def _clean(cell: str) -> str:
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in cell.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip().replace("\x00", "")


class _Reading:
    def __init__(self, roles: list[Row], skills: list[Row], known: Known) -> None:
        self.roles, self.skills, self.known = roles, skills, known
        self.skill = {row["Skill Name"]: row for row in skills}
        self.graded = {name: any(_given(row[level]) for level in LEVELS) for name, row in self.skill.items()}

    def faults(self) -> list[Fault]:
        """Rows that cannot be understood, each with its line."""
        found = []
        asked: dict[tuple[str, str, str], str] = {}
        for row in self.roles:
            where = _("role file")
            found += [
                Fault(row.line, where, _("The cell “%s” is empty.") % column)
                for column in ("Role", "Role Level", "Skill Name", "Skill Level")
                if not row[column]
            ]
            if row["Skill Name"] and row["Skill Name"] not in self.skill:
                found.append(Fault(row.line, where, _("The skill file has no skill “%s”.") % row["Skill Name"]))
            if row["Skill Level"] and row["Skill Level"] not in (*LEVELS, UNUSED):
                told = _("The skill level “%(level)s” is not one of %(levels)s.")
                found.append(
                    Fault(row.line, where, told % {"level": row["Skill Level"][:60], "levels": ", ".join(LEVELS)})
                )
            key = (row["Role"], row["Role Level"], row["Skill Name"])
            if asked.setdefault(key, row["Skill Level"]) != row["Skill Level"]:
                told = _("“%(skill)s” is asked at two different levels of “%(role)s”.")
                found.append(Fault(row.line, where, told % {"skill": row["Skill Name"], "role": row["Role Level"]}))
            if max(len(row[c]) for c in ("Role Family", "Role", "Role Level", "Skill Name")) > 200:
                found.append(Fault(row.line, where, _("A name is longer than %s characters.") % 200))
        seen: set[str] = set()
        for row in self.skills:
            name = row["Skill Name"]
            if not name or name in seen:
                told = _("The skill has no name.") if not name else _("The skill “%s” is there twice.") % name
                found.append(Fault(row.line, _("skill file"), told))
            seen.add(name)
        return found

    def definitions(self) -> Definitions:
        pathways: dict[str, dict[str, list[Row]]] = {}
        for row in self.roles:
            pathways.setdefault(row["Role"], {}).setdefault(row["Role Level"], []).append(row)
        codes = {name: self.free("competency", name) for name in self.skill}
        positions: list[PositionDefinition] = []
        ways: list[PathwayDefinition] = []
        for role, levels in pathways.items():
            first = next(iter(levels.values()))[0]
            steps = [self.position(rows, codes) for rows in sorted(levels.values(), key=self._rank)]
            positions += steps
            ways.append(
                PathwayDefinition(
                    code=self.free("pathway", role),
                    name=Text(role),
                    family=first["Role Family"],
                    description=Text(first["Role Description"]),
                    positions=tuple(step.code for step in steps),
                )
            )
        competencies = tuple(self.competency(row, codes) for row in self.skills)
        ways.sort(key=lambda way: (way.family, way.name.default))
        return Definitions(CODE, Text(NAME), SOURCE, competencies, tuple(positions), tuple(ways))

    def competency(self, row: Row, codes: dict[str, str]) -> CompetencyDefinition:
        name, about = row["Skill Name"], row["Skill Description"]
        if self.graded[name]:
            levels = [LevelDefinition(n, Text(level), Text(row[level])) for n, level in enumerate(LEVELS, 1)]
        else:
            levels = [LevelDefinition(1, Text("Shown"), Text(about))]
        return CompetencyDefinition(codes[name], Text(name), "technical", Text(about), tuple(levels))

    def position(self, rows: list[Row], codes: dict[str, str]) -> PositionDefinition:
        first = rows[0]
        unused = first["Role Level"] == UNUSED
        name = first["Role"] if unused else first["Role Level"]
        about = first["Role Description"] if unused else first["Role Level Description"]
        asked = {row["Skill Name"]: self.level(row) for row in rows}
        asks = tuple(Ask(codes[skill], level) for skill, level in sorted(asked.items()))
        return PositionDefinition(self.free("position", name), Text(name), Text(about), asks)

    def level(self, row: Row) -> int:
        return LEVELS.index(row["Skill Level"]) + 1 if row["Skill Level"] in LEVELS else 1

    def _rank(self, rows: list[Row]) -> tuple[int, int, str]:
        """Trainees first and heads last; between them by how much is asked: the sum of the levels of all skills."""
        title = rows[0]["Role Level"].lower()
        band = 0 if title.startswith(("trainee", "apprentice")) else 2 if title.startswith(("head of", "chief")) else 1
        asked = {row["Skill Name"]: self.level(row) for row in rows}
        return band, sum(asked.values()), title

    def free(self, what: str, name: str) -> str:
        """A code made of the name; when it belongs to another framework, with this one's code behind."""
        code = slugify(name)[:90] or "x"
        owners = self.known.described_elsewhere if what == "position" else self.known.owned_elsewhere
        return f"{code}-{CODE}" if (code if what == "position" else f"{what} {code}") in owners else code


def _given(cell: str) -> bool:
    return bool(cell) and cell != UNUSED
