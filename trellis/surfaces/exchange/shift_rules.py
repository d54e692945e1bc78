"""How a file of work shifts is read, checked and compared; pure Python, no Django, no text for readers.

A row says: this person works this shift from a day on, perhaps until a day. A shift nobody knows yet is opened with the
weekdays and hours of its rows. From the first day of a person's rows on, the file says who works when.
"""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from trellis.surfaces.exchange.people_rules import values
from trellis.surfaces.exchange.people_rules.columns import fold
from trellis.surfaces.exchange.people_rules.faults import Fault
from trellis.surfaces.exchange.people_rules.reading import Table
from trellis.surfaces.exchange.shift_cells import DATES, FIELDS, REQUIRED, read_time, read_weekdays

LONGEST_NAME = 200
WITHIN = timedelta(days=366)


@dataclass(frozen=True)
class Hours:
    """When a shift is worked."""

    weekdays: tuple[int, ...]
    begins: time
    ends: time


@dataclass(frozen=True)
class KnownShift:
    """A shift that is there: its id, the name it is kept under, and its hours."""

    pk: int
    name: str
    hours: Hours


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who works here, with the shifts worked: id, first day, last day (None: still), the earliest first."""

    pk: int
    name: str
    stints: tuple[tuple[int, date, date | None], ...] = ()


@dataclass(slots=True)
class Row:
    """One row as it was understood."""

    row: int
    employee_id: str = ""
    shift: str = ""
    began_on: date | None = None
    ended_on: date | None = None
    weekdays: tuple[int, ...] = ()
    from_time: time | None = None
    to_time: time | None = None

    @property
    def hours(self) -> Hours | None:
        """When the shift is worked, where the row says all of it."""
        if self.weekdays and self.from_time is not None and self.to_time is not None:
            return Hours(self.weekdays, self.from_time, self.to_time)
        return None

    @property
    def says_hours(self) -> bool:
        """Whether the row says anything about when the shift is worked."""
        return bool(self.weekdays) or self.from_time is not None or self.to_time is not None


@dataclass(frozen=True)
class Planned:
    """What one person works: name of the shift, first day, last day."""

    shift: str
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Change:
    """Somebody whose shifts change: the shift before (empty: none is known), and what the file says."""

    person: int
    employee_id: str
    name: str
    row: int
    before: str
    planned: tuple[Planned, ...]


@dataclass
class Roster:
    """What a file would do."""

    faults: list[Fault] = field(default_factory=list)
    opened: dict[str, Hours] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    rows_left_out: int = 0
    people: int = 0
    order_sure: bool = True


def compare(
    table: Table,
    columns: Mapping[str, str],
    *,
    today: date,
    people: Mapping[str, KnownPerson],
    shifts: Mapping[str, KnownShift],
    order: str = "",
    partial: bool = False,
) -> Roster:
    """What the table would change. `people` by employee id, `shifts` by every folded name they are known by.

    With `partial`, people none of whose rows has a fault are taken, the others left out with all their rows.
    """
    found = Roster()
    at = {heading: n for n, heading in reversed(list(enumerate(table.headings)))}
    mapping = {name: at[heading] for name, heading in columns.items() if heading in at and name in FIELDS}
    if absent := [name for name in REQUIRED if name not in mapping]:
        found.faults = [Fault(1, name, "", "column_missing") for name in absent]
        return found
    reader = _Reader(table, mapping, today, order)
    rows = reader.rows()
    found.faults, found.order_sure = reader.faults, reader.order_sure
    found.faults += _against(rows, people, shifts, today)
    found.faults.sort(key=lambda fault: (fault.row, FIELDS.index(fault.field) if fault.field else -1))
    faulty_rows = {fault.row for fault in found.faults}
    if partial and found.faults:
        spoilt = {row.employee_id for row in rows if row.row in faulty_rows}
        kept = _with_shifts([row for row in rows if row.employee_id not in spoilt], shifts)
        found.rows_left_out, rows = len(rows) - len(kept), kept
    elif found.faults:
        rows = [row for row in rows if row.row not in faulty_rows]
    _plan(found, rows, people, shifts, today)
    return found


def _with_shifts(rows: Sequence[Row], shifts: Mapping[str, KnownShift]) -> list[Row]:
    """The rows without people who work a shift whose hours only rows said that are left out."""
    while True:
        hours = {fold(row.shift) for row in rows if row.hours}
        spoilt = {row.employee_id for row in rows if fold(row.shift) not in hours and fold(row.shift) not in shifts}
        if not spoilt:
            return list(rows)
        rows = [row for row in rows if row.employee_id not in spoilt]


class _Reader:
    def __init__(self, table: Table, mapping: Mapping[str, int], today: date, order: str) -> None:
        self.table, self.mapping, self.today = table, mapping, today
        self.faults: list[Fault] = []
        cells = (
            values.clean(row[mapping[name]])
            for name in DATES
            if name in mapping
            for _n, row in table.rows
            if mapping[name] < len(row)
        )
        self.order, self.order_sure = (order, True) if order else values.date_order(cells)

    def rows(self) -> list[Row]:
        return [self._row(number, cells) for number, cells in self.table.rows]

    def _say(self, row: int, name: str, value: str, code: str, **details: object) -> None:
        self.faults.append(Fault(row, name, value[:200], code, details))

    def _row(self, number: int, cells: Sequence[str]) -> Row:
        row, said = Row(number), len(self.faults)
        for name, index in self.mapping.items():
            text = values.clean(cells[index]) if index < len(cells) else ""
            if text and not values.is_nothing(text):
                self._take(row, name, text)
        spoilt = {fault.field for fault in self.faults[said:]}
        for name in REQUIRED:
            if not getattr(row, name) and name not in spoilt:
                self._say(number, name, "", "missing")
        if row.began_on and row.ended_on and row.ended_on < row.began_on:
            self._say(number, "ended_on", row.ended_on.isoformat(), "ends_before", day=row.began_on.isoformat())
        if row.from_time is not None and row.from_time == row.to_time:
            self._say(number, "to_time", row.from_time.isoformat("minutes"), "no_hours")
        return row

    def _take(self, row: Row, name: str, text: str) -> None:
        if values.is_error(text):
            self._say(row.row, name, text, "formula_error")
        elif values.has_control(text):
            self._say(row.row, name, text, "unprintable")
        elif name in DATES:
            self._take_day(row, name, text)
        elif name == "weekdays":
            row.weekdays = read_weekdays(text)
            if not row.weekdays:
                self._say(row.row, name, text, "weekdays_unreadable")
        elif name in ("from_time", "to_time"):
            setattr(row, name, at := read_time(text))
            if at is None:
                self._say(row.row, name, text, "time_unreadable")
        elif len(text) > LONGEST_NAME:
            self._say(row.row, name, text, "too_long", longest=LONGEST_NAME, length=len(text))
        else:
            setattr(row, name, values.half_width(text) if name == "employee_id" else text)

    def _take_day(self, row: Row, name: str, text: str) -> None:
        day, code = values.read_date(text, self.order)
        if day is None:
            self._say(row.row, name, text, code)
        elif not self.today - WITHIN <= day <= self.today + WITHIN:
            self._say(row.row, name, text, "far_away", day=day.isoformat())
        else:
            setattr(row, name, day)


def _against(
    rows: Sequence[Row], people: Mapping[str, KnownPerson], shifts: Mapping[str, KnownShift], today: date
) -> list[Fault]:
    """What contradicts the company, or another row."""
    own: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.employee_id:
            own[row.employee_id].append(row)
    found = [
        Fault(row.row, "employee_id", employee_id, "nobody_here")
        for employee_id, theirs in own.items()
        if employee_id not in people
        for row in theirs
    ]
    for theirs in own.values():
        found += _overlaps(theirs, today)
    return found + _against_shifts([row for row in rows if row.shift], shifts)


def _against_shifts(rows: Sequence[Row], shifts: Mapping[str, KnownShift]) -> list[Fault]:
    found: list[Fault] = []
    opened: dict[str, Row] = {}
    for row in rows:
        key = fold(row.shift)
        if key in shifts:
            if row.says_hours and row.hours != shifts[key].hours:
                found.append(Fault(row.row, "shift", row.shift, "hours_differ"))
        elif row.hours and opened.setdefault(key, row).hours != row.hours:
            found.append(Fault(row.row, "shift", row.shift, "hours_differ_in_file", {"row": opened[key].row}))
    for row in rows:
        if fold(row.shift) not in shifts and fold(row.shift) not in opened:
            found.append(Fault(row.row, "shift", row.shift, "shift_unknown"))
    return found


def _overlaps(own: Sequence[Row], today: date) -> list[Fault]:
    """Of rows of one person those that begin on the same day, or before the one before them has ended."""
    found = []
    ordered = sorted(own, key=lambda row: (row.began_on or today, row.row))
    for before, row in itertools.pairwise(ordered):
        began, value = row.began_on or today, row.began_on.isoformat() if row.began_on else ""
        if began == (before.began_on or today):
            found.append(Fault(row.row, "began_on", value, "same_day_twice", {"row": before.row}))
        elif before.ended_on and began <= before.ended_on:
            found.append(Fault(row.row, "began_on", value, "overlaps", {"row": before.row}))
    return found


def _plan(
    found: Roster,
    rows: Sequence[Row],
    people: Mapping[str, KnownPerson],
    shifts: Mapping[str, KnownShift],
    today: date,
) -> None:
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_person[row.employee_id].append(row)
        key = fold(row.shift)
        if key not in shifts and row.hours:
            found.opened.setdefault(_name(row.shift, shifts, found.opened), row.hours)
    names = {shift.pk: shift.name for shift in shifts.values()}
    found.people = len(by_person)
    for employee_id, own in by_person.items():
        person = people[employee_id]
        planned = _stints(own, shifts, found.opened, today)
        if _is_so(person, planned, names):
            found.unchanged += 1
            continue
        now = [shift for shift, began, ended in person.stints if began <= today and (ended is None or today <= ended)]
        before = names.get(now[-1], "") if now else ""
        found.changes.append(Change(person.pk, employee_id, person.name, own[0].row, before, planned))
    used = {one.shift for change in found.changes for one in change.planned}
    found.opened = {name: hours for name, hours in found.opened.items() if name in used}


def _name(written: str, shifts: Mapping[str, KnownShift], opened: Mapping[str, Hours]) -> str:
    """The name a shift is kept under: as it is known, or as the file first writes it."""
    key = fold(written)
    if key in shifts:
        return shifts[key].name
    return next((name for name in opened if fold(name) == key), written)


def _stints(
    own: Sequence[Row], shifts: Mapping[str, KnownShift], opened: Mapping[str, Hours], today: date
) -> tuple[Planned, ...]:
    """One after the other; each lasts until its last day, or the day before the next one."""
    ordered = sorted(own, key=lambda row: row.began_on or today)
    stints = []
    for row, after in zip(ordered, [*ordered[1:], None], strict=True):
        ended = row.ended_on
        if ended is None and after is not None:
            ended = (after.began_on or today) - timedelta(days=1)
        stints.append(Planned(_name(row.shift, shifts, opened), row.began_on or today, ended))
    return tuple(stints)


def _is_so(person: KnownPerson, planned: Sequence[Planned], names: Mapping[int, str]) -> bool:
    """Whether what the file says from its first day on is what is known already."""
    first = planned[0].began_on
    known = [
        (names.get(shift, ""), max(began, first), ended)
        for shift, began, ended in person.stints
        if ended is None or ended >= first
    ]
    return known == [(one.shift, one.began_on, one.ended_on) for one in planned]
