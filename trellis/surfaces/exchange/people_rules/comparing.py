"""Records against the company: what would change, and what cannot."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from trellis.domains.people.rules.bulk import BulkWrite, PersonWrite, Ref, Step, StepKind
from trellis.surfaces.exchange.people_rules.checking import Checked, Record
from trellis.surfaces.exchange.people_rules.company import Company, KnownPerson
from trellis.surfaces.exchange.people_rules.faults import Fault
from trellis.surfaces.exchange.people_rules.likeness import ids_written_otherwise
from trellis.surfaces.exchange.people_rules.managers import circles, find_managers
from trellis.surfaces.exchange.people_rules.structure import Structure, two_heads
from trellis.surfaces.exchange.people_rules.timeline import Placed, Timeline

_KINDS = {
    StepKind.MOVE: "moved",
    StepKind.CORRECT: "moved",
    StepKind.PROMOTE: "promoted",
    StepKind.LEAVE: "left",
    StepKind.REDATE_JOINING: "changed",
    StepKind.REDATE_LEAVING: "changed",
}
_TIMELINE_FIELDS = {"hired_on", "effective_on", "left_on", "change", "department", "position", "employee_id", ""}


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a reader is shown of one person: kinds (new, changed, moved, promoted, left, came_back), from and to.

    `differences` are (field, from, to); a moved place has the field `department` or `position`; days are ISO texts.
    """

    employee_id: str
    name: str
    row: int
    kinds: tuple[str, ...]
    differences: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Plan:
    """All that an import would do. With faults and without `partial`, it does nothing."""

    write: BulkWrite
    changes: list[PersonChange] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    new_units: list[str] = field(default_factory=list)
    new_positions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the file is to be taken: `today` is the day of changes without one; who is missing may count as left.

    `guarded`: employee ids of those whose address stays as it is, as whoever brings the file has less to say than they.
    """

    today: date
    partial: bool = False
    missing_left: bool = False
    guarded: frozenset[str] = frozenset()


def compare(checked: Checked, company: Company, mapped: Collection[str], wishes: Wishes) -> Plan:
    """What the records would change. Rows with faults are left out, when that is wished for, with the whole person."""
    comparison = _Comparison(checked.records, checked.faults, company, mapped, wishes)
    plan = comparison.plan()
    if not (wishes.partial and plan.faults):
        return plan
    faults = plan.faults
    for _round in range(20):  # leaving somebody out can leave others without a manager
        bad_rows = {fault.row for fault in faults}
        bad = {r.employee_id for r in checked.records if r.row in bad_rows}
        good = [r for r in checked.records if r.row not in bad_rows and r.employee_id not in bad]
        plan = _Comparison(good, [], company, mapped, wishes, spared=frozenset(bad)).plan()
        if not plan.faults:
            break
        faults = [*faults, *plan.faults]
    plan.faults = sorted(faults, key=_by_place)
    plan.counts["rows_left_out"] = len({fault.row for fault in faults})
    return plan


def _by_place(fault: Fault) -> tuple[int, str, str]:
    return fault.row, fault.field, fault.code


class _Comparison:
    def __init__(
        self,
        records: Sequence[Record],
        faults: Sequence[Fault],
        company: Company,
        mapped: Collection[str],
        wishes: Wishes,
        spared: frozenset[str] = frozenset(),
    ) -> None:
        self.records, self.faults, self.company, self.wishes = records, list(faults), company, wishes
        self.mapped, self.spared = set(mapped), spared
        self.structure = Structure(company, records)
        self.spoilt = {fault.row for fault in faults if fault.field in _TIMELINE_FIELDS}
        self.heads: list[tuple[Ref, str, Record]] = []

    def plan(self) -> Plan:
        managers, faults = find_managers(self.records, self.company)
        self.faults += faults
        said = {r.employee_id: (managers[r.row], r) for r in self._latest_first_last() if r.row in managers}
        self.faults += circles(said, self.company)
        by_person: dict[str, list[Placed]] = {}
        for record in self.records:
            position, unit, place_faults = self.structure.place(record)
            if place_faults:
                self.faults += place_faults
                self.spoilt.add(record.row)
            if record.employee_id:
                by_person.setdefault(record.employee_id, []).append((record, position, unit))
        writes: list[PersonWrite] = []
        changes: list[PersonChange] = []
        self.faults += ids_written_otherwise(self.records, self.company)
        self.faults += self._addresses_taken()
        self.faults += self._addresses_guarded()
        for employee_id, rows in by_person.items():
            manager = said[employee_id][0] if employee_id in said else ""
            write, change = self._person(employee_id, rows, manager)
            if write:
                writes.append(write)
            if change:
                changes.append(change)
        if self.wishes.missing_left:
            for write, change in self._missing(by_person):
                writes.append(write)
                changes.append(change)
        self.faults += two_heads(self.heads)
        return self._assemble(writes, changes, len(by_person))

    def _latest_first_last(self) -> list[Record]:
        """So that of a person's rows the latest one has the last word."""
        return sorted(self.records, key=lambda r: (r.day or date.max, r.row))

    def _addresses_taken(self) -> list[Fault]:
        given = {r.employee_id: r.email for r in self.records if r.email}
        owners = {p.email: who for who, p in self.company.persons.items() if p.email and who not in given}
        return [
            Fault(r.row, "email", r.email, "email_taken", {"employee_id": owners[r.email]})
            for r in self.records
            if r.email and owners.get(r.email, r.employee_id) != r.employee_id
        ]

    def _addresses_guarded(self) -> list[Fault]:
        """A new address opens the account to who reads it; so it is not for everybody to give one to everybody."""
        return [
            Fault(r.row, "email", r.email, "email_guarded")
            for r in self.records
            if r.email and r.employee_id in self.wishes.guarded and r.email != self.company.persons[r.employee_id].email
        ]

    def _person(
        self, employee_id: str, rows: list[Placed], manager: str
    ) -> tuple[PersonWrite | None, PersonChange | None]:
        known = self.company.persons.get(employee_id)
        asks_place = tuple(name for name in ("position", "department") if name in self.mapped)
        timeline = Timeline(known, self.wishes.today, "hired_on" in self.mapped, asks_place)
        if not any(record.row in self.spoilt for record, _p, _u in rows):
            timeline.read(rows)
            self.faults += timeline.faults
        last = max((record for record, _p, _u in rows), key=lambda r: (r.day or date.max, r.row))
        if last.head == "yes" and timeline.unit is not None and timeline.is_employed:
            self.heads.append((timeline.unit, employee_id, last))
        details = self._details(rows, known)
        new_manager = manager if manager and manager != (known.manager if known else "") else None
        if not (details or timeline.steps or new_manager):
            return None, None
        write = PersonWrite(employee_id, known.pk if known else None, details, new_manager, tuple(timeline.steps))
        name = details.get("name") or (known.name if known else "")
        return write, self._shown(write, known, name, last.row)

    def _details(self, rows: list[Placed], known: KnownPerson | None) -> dict[str, str]:
        details: dict[str, str] = {}
        for record, _p, _u in sorted(rows, key=lambda row: (row[0].day or date.max, row[0].row)):
            details |= {name: text for name in ("name", "email") if (text := getattr(record, name))}
        return {name: text for name, text in details.items() if known is None or getattr(known, name) != text}

    def _missing(self, present: Collection[str]) -> list[tuple[PersonWrite, PersonChange]]:
        found = []
        for employee_id, known in self.company.persons.items():
            if employee_id in present or employee_id in self.spared or not known.is_employed:
                continue
            if known.holdings and known.holdings[-1][0] > self.wishes.today:
                continue
            step = Step(StepKind.LEAVE, self.wishes.today, leaving="other")
            write = PersonWrite(employee_id, known.pk, {}, None, (step,))
            found.append((write, self._shown(write, known, known.name, 0)))
        return found

    def _shown(self, write: PersonWrite, known: KnownPerson | None, name: str, row: int) -> PersonChange:
        kinds: list[str] = [] if known else ["new"]
        differences: list[tuple[str, str, str]] = []
        for field_name, text in write.details.items():
            if known:
                kinds.append("changed")
                differences.append((field_name, getattr(known, field_name), text))
        if write.manager is not None and known:
            kinds.append("changed")
            differences.append(("manager", known.manager, write.manager))
        position: Ref | None = known.holdings[-1][2] if known and known.holdings else None
        unit: Ref | None = known.holdings[-1][3] if known and known.holdings else None
        for step in write.steps:
            if step.kind == StepKind.JOIN:
                kinds += ["came_back"] if known and known.employments else []
                differences.append(("hired_on", "", step.on.isoformat()))
            else:
                kinds.append(_KINDS[step.kind])
                if step.kind in (StepKind.LEAVE, StepKind.REDATE_LEAVING):
                    differences.append(("left_on", "", step.on.isoformat()))
                elif step.kind == StepKind.REDATE_JOINING and known:
                    differences.append(("hired_on", known.employments[-1][0].isoformat(), step.on.isoformat()))
            if step.position is not None:
                differences += self._places(position, unit, step)
                position, unit = step.position, step.unit
        return PersonChange(write.employee_id, name, row, tuple(dict.fromkeys(kinds)), tuple(differences))

    def _places(self, position: Ref | None, unit: Ref | None, step: Step) -> list[tuple[str, str, str]]:
        labels, positions = self.structure.labels, self.structure.position_labels
        found = []
        if step.position is not None and step.position != position:
            before = positions[position] if position is not None else ""
            found.append(("position", before, positions[step.position]))
        if step.unit is not None and step.unit != unit:
            found.append(("department", labels[unit] if unit is not None else "", labels[step.unit]))
        return found

    def _assemble(self, writes: list[PersonWrite], changes: list[PersonChange], people: int) -> Plan:
        known_heads: dict[Ref, str] = {unit.pk: unit.head for unit in self.company.units}
        heads = tuple((ref, who) for ref, who, _r in self.heads if known_heads.get(ref) != who)
        steps = [step for write in writes for step in write.steps]
        used_units = {step.unit for step in steps if step.unit is not None} | {ref for ref, _who in heads}
        used_positions = {step.position for step in steps}
        units = self.structure.opened(used_units)
        positions = tuple(p for key, p in self.structure.new_positions.items() if key in used_positions)
        counted = Counter(kind for change in changes for kind in change.kinds)
        counts = {kind: counted[kind] for kind in ("new", "changed", "moved", "promoted", "left", "came_back")}
        in_file = sum(1 for change in changes if change.row)
        counts |= {"rows": len(self.records), "people": people, "unchanged": people - in_file}
        counts |= {"units": len(units), "positions": len(positions), "heads": len(heads)}
        faults = sorted(self.faults, key=_by_place)
        return Plan(
            BulkWrite(units, positions, tuple(writes), heads),
            changes,
            faults,
            counts,
            [self.structure.labels[unit.key] for unit in units],
            [position.name for position in positions],
        )
