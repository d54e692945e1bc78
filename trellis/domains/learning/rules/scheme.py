"""How a course is assessed: its parts, their weights and rubrics, and how often somebody may try.

The written form is the same in a definition, in the database and in the form of a course:

    attempts: {allowed: 3, wait_days: 7, counts: best}    # best or last; allowed 0: as often as one likes
    assessments:
      - code: talk
        name: {en: A talk, zh-hans: 演讲}
        kind: oral                        # written, practical or oral
        weight: 60                        # optional, default 1: its share of the course's score
        pass_mark: 60                     # optional: to be reached in this very part, whatever the others bring
        rubric:                           # optional: criteria with described levels; their points make the score
          - code: structure
            name: {en: Structure}
            levels:
              - {points: 0, text: {en: Jumps from one thing to the next}}
              - {points: 4, text: {en: One thought leads to the next}}

Without `assessments` a course has one score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

KINDS = ("written", "practical", "oral")
BEST, LAST = "best", "last"
WHOLE = "result"  # the part of a course that has no parts
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Text = Mapping[str, str]  # language code to text


@dataclass(frozen=True)
class Level:
    """What it looks like at this level, and what it is worth."""

    points: int
    text: Text


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at, with its levels from few points to many."""

    code: str
    name: Text
    levels: tuple[Level, ...]

    @property
    def most(self) -> int:
        """The points of the best level."""
        return max(level.points for level in self.levels)


@dataclass(frozen=True)
class Part:
    """One assessment. `pass_mark` None: only the score of the whole course decides."""

    code: str
    name: Text
    kind: str
    weight: int = 1
    pass_mark: int | None = None
    rubric: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """All parts of a course and its policy on further attempts. `allowed` 0: no limit."""

    parts: tuple[Part, ...] = (Part(WHOLE, {}, "written"),)
    allowed: int = 3
    wait_days: int = 7
    counts: str = BEST

    def part(self, code: str) -> Part | None:
        """The part with that code."""
        return next((part for part in self.parts if part.code == code), None)

    @property
    def is_plain(self) -> bool:
        """Whether the course has one score and no parts of its own."""
        return [part.code for part in self.parts] == [WHOLE]


@dataclass(frozen=True)
class SchemeFault:
    """What is wrong where: `place` as in `assessments 2, rubric 1, levels`, and what as a code with its values."""

    place: str
    code: str
    about: Mapping[str, Any] = field(default_factory=dict)


def rubric_score(part: Part, chosen: Mapping[str, int]) -> Decimal | None:
    """Points reached of points possible, of 100 in tenths; None when a criterion has none of its levels chosen."""
    for criterion in part.rubric:
        if chosen.get(criterion.code) not in [level.points for level in criterion.levels]:
            return None
    most = sum(criterion.most for criterion in part.rubric)
    reached = sum(chosen[criterion.code] for criterion in part.rubric)
    return in_tenths(Decimal(100 * reached) / most) if most else None


def in_tenths(score: Decimal) -> Decimal:
    """Rounded as people round: a half goes up."""
    return score.quantize(Decimal("0.1"), ROUND_HALF_UP)


def write_scheme(scheme: Scheme) -> dict[str, Any]:
    """The written form, which `read_scheme` reads back to the same; what is as by default is left out."""
    written: dict[str, Any] = {}
    plain = Scheme()
    if (scheme.allowed, scheme.wait_days, scheme.counts) != (plain.allowed, plain.wait_days, plain.counts):
        written["attempts"] = {"allowed": scheme.allowed, "wait_days": scheme.wait_days, "counts": scheme.counts}
    if not scheme.is_plain:
        written["assessments"] = [_write_part(part) for part in scheme.parts]
    return written


def _write_part(part: Part) -> dict[str, Any]:
    row: dict[str, Any] = {"code": part.code, "name": _plain(part.name), "kind": part.kind, "weight": part.weight}
    if part.pass_mark is not None:
        row["pass_mark"] = part.pass_mark
    if part.rubric:
        row["rubric"] = [
            {
                "code": criterion.code,
                "name": _plain(criterion.name),
                "levels": [{"points": level.points, "text": _plain(level.text)} for level in criterion.levels],
            }
            for criterion in part.rubric
        ]
    return row


def _plain(text: Text) -> Any:
    return text["en"] if list(text) == ["en"] else dict(text)


def read_scheme(written: Mapping[str, Any]) -> tuple[Scheme, list[SchemeFault]]:
    """The scheme in `attempts` and `assessments` of a course as written, and all faults; with faults it is no use."""
    faults: list[SchemeFault] = []
    plain = Scheme()
    policy = written.get("attempts") or {}
    if not isinstance(policy, dict):
        faults.append(SchemeFault("attempts", "not_a_mapping"))
        policy = {}
    faults += [SchemeFault(f"attempts, {key}", "no_such_key") for key in policy if key not in _POLICY_KEYS]
    allowed, wait = policy.get("allowed", plain.allowed), policy.get("wait_days", plain.wait_days)
    if not _is_whole(allowed, 0, 50):
        faults.append(SchemeFault("attempts, allowed", "whole", {"least": 0, "most": 50}))
    if not _is_whole(wait, 0, 365):
        faults.append(SchemeFault("attempts, wait_days", "whole", {"least": 0, "most": 365}))
    counts = policy.get("counts", plain.counts)
    if counts not in (BEST, LAST):
        faults.append(SchemeFault("attempts, counts", "one_of", {"choices": f"{BEST}, {LAST}"}))
    rows = written.get("assessments") or []
    if not isinstance(rows, list):
        faults.append(SchemeFault("assessments", "not_a_list"))
        rows = []
    if len(rows) > 12:
        faults.append(SchemeFault("assessments", "too_many", {"most": 12}))
    parts: list[Part] = []
    for where, row in _rows(rows, "assessments", faults):
        parts.append(_read_part(where, row, faults))
    faults += [SchemeFault("assessments", "twice", {"code": code}) for code in _twice(part.code for part in parts)]
    if faults:
        return plain, faults
    return Scheme(tuple(parts) or plain.parts, allowed, wait, counts), []


_POLICY_KEYS = {"allowed", "wait_days", "counts"}
_PART_KEYS = {"code", "name", "kind", "weight", "pass_mark", "rubric"}
_CRITERION_KEYS = {"code", "name", "levels"}
_LEVEL_KEYS = {"points", "text"}


def _read_part(where: str, row: dict[str, Any], faults: list[SchemeFault]) -> Part:
    _keys(where, row, _PART_KEYS, faults)
    kind, weight, mark = row.get("kind"), row.get("weight", 1), row.get("pass_mark")
    if kind not in KINDS:
        faults.append(SchemeFault(f"{where}, kind", "one_of", {"choices": ", ".join(KINDS)}))
    if not _is_whole(weight, 1, 1000):
        faults.append(SchemeFault(f"{where}, weight", "whole", {"least": 1, "most": 1000}))
    if mark is not None and not _is_whole(mark, 0, 100):
        faults.append(SchemeFault(f"{where}, pass_mark", "whole", {"least": 0, "most": 100}))
    rubric = row.get("rubric") or []
    if not isinstance(rubric, list):
        faults.append(SchemeFault(f"{where}, rubric", "not_a_list"))
        rubric = []
    criteria = tuple(_read_criterion(place, one, faults) for place, one in _rows(rubric, f"{where}, rubric", faults))
    for code in _twice(criterion.code for criterion in criteria):
        faults.append(SchemeFault(f"{where}, rubric", "twice", {"code": code}))
    return Part(_code(where, row, faults), _text(where, "name", row, faults), str(kind), weight, mark, criteria)


def _read_criterion(where: str, row: dict[str, Any], faults: list[SchemeFault]) -> Criterion:
    _keys(where, row, _CRITERION_KEYS, faults)
    written = row.get("levels")
    levels: list[Level] = []
    if not isinstance(written, list) or not 2 <= len(written) <= 10:
        faults.append(SchemeFault(f"{where}, levels", "levels"))
    else:
        for place, level in _rows(written, f"{where}, levels", faults):
            _keys(place, level, _LEVEL_KEYS, faults)
            points: Any = level.get("points")
            if not _is_whole(points, 0, 1000):
                faults.append(SchemeFault(f"{place}, points", "whole", {"least": 0, "most": 1000}))
            levels.append(Level(points, _text(place, "text", level, faults)))
        points_written = [level.points for level in levels if isinstance(level.points, int)]
        if points_written != sorted(set(points_written)):
            faults.append(SchemeFault(f"{where}, levels", "rising"))
    return Criterion(_code(where, row, faults), _text(where, "name", row, faults), tuple(levels))


def _rows(rows: list[Any], where: str, faults: list[SchemeFault]) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield f"{where} {place}", row
        else:
            faults.append(SchemeFault(f"{where} {place}", "not_a_mapping"))


def _keys(where: str, row: dict[str, Any], known: set[str], faults: list[SchemeFault]) -> None:
    faults += [SchemeFault(f"{where}, {key}", "no_such_key") for key in row if key not in known]


def _code(where: str, row: dict[str, Any], faults: list[SchemeFault]) -> str:
    code = row.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code) or len(code) > 60:
        faults.append(SchemeFault(f"{where}, code", "code"))
    return str(code)


def _text(where: str, key: str, row: dict[str, Any], faults: list[SchemeFault]) -> Text:
    value = row.get(key)
    texts: dict[Any, Any] = value if isinstance(value, dict) else {"en": value}
    if not texts or not all(isinstance(text, str) and text.strip() and len(text) <= 300 for text in texts.values()):
        faults.append(SchemeFault(f"{where}, {key}", "text"))
        return {}
    found = {str(language): text for language, text in texts.items()}
    return found if "en" in found else {"en": next(iter(found.values())), **found}


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _twice(codes: Iterator[str]) -> list[str]:
    seen: set[str] = set()
    return [code for code in codes if code in seen or seen.add(code)]  # type: ignore[func-returns-value]
