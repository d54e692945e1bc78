"""The units and positions that rows speak of: found among the known ones, or to be opened."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable

from trellis.domains.people.rules.bulk import NewPosition, NewUnit, Ref
from trellis.surfaces.exchange.people_rules.checking import Record
from trellis.surfaces.exchange.people_rules.columns import fold
from trellis.surfaces.exchange.people_rules.company import Company
from trellis.surfaces.exchange.people_rules.faults import Fault

DEEPEST = 12
LONGEST_NAME = 200
_PARTS = re.compile(r"\s*[/／>\\]\s*")

Place = tuple[Ref | None, str, dict[str, object]]  # where it is; or None with the code of the fault and its details


class Structure:
    """Finds units and positions by what a row says; what is missing becomes new, under a key that names it."""

    def __init__(self, company: Company, records: Collection[Record]) -> None:
        self.labels: dict[Ref, str] = {}
        self.parents: dict[Ref, Ref | None] = {}
        self.children: dict[tuple[Ref | None, str], Ref] = {}
        self.named: dict[str, set[Ref]] = {}
        self.by_code: dict[str, Ref] = {}
        self.new_units: dict[str, NewUnit] = {}
        self.new_positions: dict[str, NewPosition] = {}
        self.codes: set[str] = set()
        for unit in company.units:
            self._remember(unit.pk, unit.names, unit.parent, unit.code)
        self.positions: dict[str, set[Ref]] = {}
        self.position_labels: dict[Ref, str] = {}
        for position in company.positions:
            self.position_labels[position.pk] = position.names[0]
            for text in {fold(position.code), *map(fold, position.names)}:
                self.positions.setdefault(text, set()).add(position.pk)
        self.position_codes = {position.code for position in company.positions}
        self.said_parents = _said_parents(records)
        self.said_codes: dict[str, set[str]] = {}
        for record in records:
            if record.department and record.department_code:
                self.said_codes.setdefault(fold(record.department), set()).add(record.department_code)
        self._met: dict[tuple[str, str, str], Place] = {}

    def place(self, record: Record) -> tuple[Ref | None, Ref | None, list[Fault]]:
        """The row's position and unit (None: it names none, or wrongly) and what is wrong with them."""
        faults: list[Fault] = []
        unit = position = None
        if record.department or record.department_code:
            asked = (record.department, record.department_code, record.parent_department)
            if asked not in self._met:
                self._met[asked] = self._unit(*asked)
            unit, code, details = self._met[asked]
            if code:
                faults.append(Fault(record.row, "department", asked[0] or asked[1], code, details))
        if record.position:
            position = self._position(record.position)
            if position is None:
                faults.append(Fault(record.row, "position", record.position, "position_ambiguous"))
        return position, unit, faults

    def opened(self, used: Iterable[Ref]) -> tuple[NewUnit, ...]:
        """Of the new units those that are used, and what is above them, parents first."""
        wanted: set[Ref] = set()
        for ref in used:
            at: Ref | None = ref
            while at is not None and at not in wanted:
                wanted.add(at)
                at = self.parents.get(at)
        return tuple(unit for key, unit in self.new_units.items() if key in wanted)

    # -- units

    def _unit(self, department: str, code: str, parent: str) -> Place:
        if code and fold(code) in self.by_code:
            return self.by_code[fold(code)], "", {}
        names = _PARTS.split(department.strip()) if department else [code]
        if len(names) > 1 and not names[0]:
            names = names[1:]  # "/Company/Team"
        if problem := _path_problem(names):
            return problem
        if parent:
            above = self._parent_of(parent, ())
            return above if above[1] else (self._walk(above[0], names, code), "", {})
        if (None, fold(names[0])) not in self.children:  # no path from the top: a code, a name, the end of a path
            if len(names) == 1 and (by_code := self.by_code.get(fold(names[0]))):
                return by_code, "", {}
            ends = [ref for ref in self.named.get(fold(names[-1]), ()) if self._ends_with(ref, names)]
            if len(ends) == 1:
                return ends[0], "", {}
            if ends:
                return None, "department_ambiguous", {"paths": "; ".join(sorted(self.labels[ref] for ref in ends)[:4])}
        return self._walk(None, names, code), "", {}

    def _parent_of(self, text: str, seen: tuple[str, ...]) -> Place:
        """The unit a *parent department* cell means: a code, a path, or a name whose own parent other rows say."""
        key = fold(text)
        if key in seen:
            return None, "parent_cycle", {"chain": " → ".join([*seen, key])}
        if key in self.by_code:
            return self.by_code[key], "", {}
        above = self.said_parents.get(key, set())
        if len(above) > 1:
            return None, "parent_ambiguous", {"parents": "; ".join(sorted(above)[:4])}
        if above:
            higher = self._parent_of(next(iter(above)), (*seen, key))
            return higher if higher[1] else (self._walk(higher[0], [text], ""), "", {})
        return self._unit(text, "", "")

    def _walk(self, start: Ref | None, names: list[str], code: str) -> Ref:
        at = start
        for depth, name in enumerate(names):
            below = self.children.get((at, fold(name)))
            if below is None:
                below = self._open(at, name, code if depth == len(names) - 1 else "")
            at = below
        assert at is not None  # noqa: S101, a path has at least one part
        return at

    def _open(self, parent: Ref | None, name: str, code: str) -> Ref:
        path = f"{self.labels[parent]}/{name}" if parent is not None else name
        key = f"{path}#{len(self.new_units)}"
        said = self.said_codes.get(fold(name), set()) - self.codes
        code = code or (said.pop() if len(said) == 1 else self._free_code(path))
        self.new_units[key] = NewUnit(key, code, name, parent)
        self._remember(key, (name,), parent, code)
        return key

    def _remember(self, ref: Ref, names: tuple[str, ...], parent: Ref | None, code: str) -> None:
        self.labels[ref] = f"{self.labels[parent]}/{names[0]}" if parent is not None else names[0]
        self.parents[ref] = parent
        self.codes.add(code)
        self.by_code.setdefault(fold(code), ref)
        for name in set(map(fold, names)):
            self.children.setdefault((parent, name), ref)
            self.named.setdefault(name, set()).add(ref)

    def _ends_with(self, ref: Ref, names: list[str]) -> bool:
        at: Ref | None = ref
        for name in reversed(names):
            if at is None or at not in self.named.get(fold(name), ()):
                return False
            at = self.parents[at]
        return True

    def _free_code(self, path: str) -> str:
        slug = re.sub(r"[^\w/]+", "-", path.casefold()).strip("-/")
        code = slug if len(slug) <= 80 else f"{slug[:70]}-{_digest(slug)}"
        number = 2
        while code in self.codes:
            code = f"{slug[:70]}-{number}"
            number += 1
        return code

    # -- positions

    def _position(self, text: str) -> Ref | None:
        key = fold(text)
        found = self.positions.get(key)
        if found:
            return next(iter(found)) if len(found) == 1 else None
        new = NewPosition(key, self._position_code(text), text)
        self.new_positions[key] = new
        self.positions[key] = {key}
        self.position_labels[key] = text
        self.position_codes.add(new.code)
        return key

    def _position_code(self, name: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        code = slug[:110] if slug and name.isascii() else f"position-{_digest(fold(name))}"
        return code if code not in self.position_codes else f"{code}-{_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _path_problem(names: list[str]) -> Place | None:
    if not all(names):
        return None, "department_part_empty", {}
    if len(names) > DEEPEST:
        return None, "department_too_deep", {"deepest": DEEPEST}
    longest = max(names, key=len)
    if len(longest) > LONGEST_NAME:
        return None, "too_long", {"longest": LONGEST_NAME, "length": len(longest)}
    return None


def _said_parents(records: Collection[Record]) -> dict[str, set[str]]:
    """Department name or code to the parents that rows give it."""
    said: dict[str, set[str]] = {}
    for r in records:
        if r.parent_department:
            for text in {fold(r.department), fold(r.department_code)} - {""}:
                said.setdefault(text, set()).add(r.parent_department)
    return said


def two_heads(claims: Iterable[tuple[Ref, str, Record]]) -> list[Fault]:
    """A unit with two heads in one file: told at the second one."""
    claims = list(claims)
    counted = Counter(ref for ref, _who, _r in claims)
    first: dict[Ref, Record] = {}
    faults = []
    for ref, _who, record in claims:
        if counted[ref] > 1 and first.setdefault(ref, record) is not record:
            faults.append(Fault(record.row, "head", "yes", "two_heads", {"row": first[ref].row}))
    return faults
