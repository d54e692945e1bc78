"""Rows to records: each cell on its own, then the cells of a row together, then rows that contradict each other.

What needs to know the company (is there such a manager, has she left) is judged later, in comparing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from trellis.surfaces.exchange.people_rules import values
from trellis.surfaces.exchange.people_rules.columns import DATES, FIELDS, LONGEST
from trellis.surfaces.exchange.people_rules.faults import Fault
from trellis.surfaces.exchange.people_rules.reading import Table

OLDEST = date(1940, 1, 1)
AHEAD = timedelta(days=366)
Say = Callable[..., None]


@dataclass(slots=True)
class Record:
    """One row as it was understood. Empty text or None: the file does not say."""

    row: int
    employee_id: str = ""
    name: str = ""
    email: str = ""
    department: str = ""
    department_code: str = ""
    parent_department: str = ""
    head: str = ""
    position: str = ""
    manager: str = ""
    hired_on: date | None = None
    effective_on: date | None = None
    change: str = ""
    left_on: date | None = None
    leaving: str = ""
    reason: str = ""

    @property
    def day(self) -> date | None:
        """From when the row holds."""
        return self.effective_on or (self.left_on if self.change == "left" else None)


@dataclass(slots=True)
class Checked:
    """Records by row, every fault, and per date column the order taken with whether it was beyond doubt."""

    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    orders: dict[str, tuple[str, bool]] = field(default_factory=dict)


def check(table: Table, mapping: Mapping[str, int], *, today: date, order: str = "") -> Checked:
    """Understand every row of the table. `order` (dmy, mdy) overrules what the date columns seem to say."""
    checked = Checked()
    for name in DATES:
        if name in mapping:
            column = (row[mapping[name]] for _n, row in table.rows if mapping[name] < len(row))
            checked.orders[name] = (order, True) if order else values.date_order(map(values.clean, column))
    if doubtful := [name for name, (_order, sure) in checked.orders.items() if not sure]:
        # A column in doubt follows one of the same file that is not.
        sure_orders = [o for o, sure in checked.orders.values() if sure and o != values.DAY_FIRST]
        for name in doubtful if sure_orders else ():
            checked.orders[name] = (sure_orders[0], True)
    reader = _Reader(table, mapping, today, {name: found for name, (found, _sure) in checked.orders.items()})
    checked.records = list(reader.records())
    checked.faults = reader.faults
    checked.faults.extend(_between_rows(checked.records, "effective_on" in mapping or "change" in mapping))
    return checked


class _Reader:
    """Goes through the cells once; keeps what dates it has met, since a column repeats them."""

    def __init__(self, table: Table, mapping: Mapping[str, int], today: date, orders: dict[str, str]) -> None:
        self.table, self.today, self.orders = table, today, orders
        self.columns = [(name, mapping[name]) for name in FIELDS if name in mapping]
        self.faults: list[Fault] = []
        self.dates: dict[tuple[str, str], tuple[date | None, str]] = {}

    def records(self) -> Iterator[Record]:
        width = len(self.table.headings)
        for number, row in self.table.rows:
            if any(cell.strip() for cell in row[width:]):
                self.say(number, "", "", "too_many_cells", headings=width, cells=len(row))
                continue
            if any(values.is_totals(values.clean(cell)) for cell in row[:2]):
                self.say(number, "", "", "totals")
                continue
            record = Record(number)
            for name, index in self.columns:
                raw = row[index] if index < len(row) else ""
                if raw and (text := self.text(number, name, raw)):
                    self.take(record, name, text)
            self.row_as_whole(record)
            yield record

    def say(self, row: int, name: str, value: str, code: str, **details: object) -> None:
        self.faults.append(Fault(row, name, value[:200], code, details))

    def text(self, row: int, name: str, raw: str) -> str:
        text = values.clean(raw)
        if not text or (name not in ("name", "reason") and values.is_nothing(text)):
            return ""
        code = ""
        if values.is_error(text):
            code = "formula_error"
        elif values.has_control(text):
            code = "unprintable"
        elif len(text) > LONGEST[name]:
            self.say(row, name, text, "too_long", longest=LONGEST[name], length=len(text))
            return ""
        if code:
            self.say(row, name, text, code)
            return ""
        return text

    def take(self, record: Record, name: str, text: str) -> None:
        if name in DATES:
            setattr(record, name, self.date(record.row, name, text))
        elif name == "email":
            record.email = self.email(record.row, text)
        elif name == "employee_id":
            record.employee_id = values.half_width(text)
            if values.is_scientific(record.employee_id):
                self.say(record.row, name, text, "rounded_id")
        elif name in ("change", "leaving", "head"):
            words = {"change": values.CHANGE_WORDS, "leaving": values.LEAVING_WORDS, "head": values.YES_NO_WORDS}[name]
            setattr(record, name, code := values.word(text, words))
            if not code:
                self.say(record.row, name, text, f"{name}_unknown")
        elif name == "name" and not any(map(str.isalpha, text)):
            self.say(record.row, name, text, "not_a_name")
        else:
            setattr(record, name, text)

    def date(self, row: int, name: str, text: str) -> date | None:
        found = self.dates.get((name, text))
        if found is None:
            found = self.dates[name, text] = values.read_date(text, self.orders[name])
        day, code = found
        if day is None:
            self.say(row, name, text, code, order=self.orders[name])
            return None
        if day < OLDEST:
            self.say(row, name, text, "too_long_ago", oldest=OLDEST.isoformat())
        elif day > self.today + AHEAD:
            self.say(row, name, text, "too_far_ahead", day=day.isoformat())
        else:
            return day
        return None

    def email(self, row: int, text: str) -> str:
        address = values.half_width(text).lower()
        if values.is_email(address):
            return address
        self.say(row, "email", text, "bad_email")
        return ""

    def row_as_whole(self, r: Record) -> None:
        mapped = {name for name, _index in self.columns}
        is_faulty = bool(self.faults) and self.faults[-1].row == r.row
        spoilt = {f.field for f in self.faults[-len(self.columns) :] if f.row == r.row} if is_faulty else set()
        for name in ("employee_id", "name"):
            if not getattr(r, name) and name in mapped and name not in spoilt:
                self.say(r.row, name, "", "missing")
        if r.manager and values.half_width(r.manager) == r.employee_id:
            self.say(r.row, "manager", r.manager, "own_manager")
        if r.hired_on or r.effective_on or r.left_on or r.change or r.leaving:
            self.days_together(r, spoilt, asks_effective="effective_on" in mapped)

    def days_together(self, r: Record, spoilt: set[str], *, asks_effective: bool) -> None:
        hired, effective, left = r.hired_on, r.effective_on, r.left_on
        if left and hired and left < hired and r.change != "rehired":
            self.say(r.row, "left_on", left.isoformat(), "left_before_hired", day=hired.isoformat())
        if effective and hired and effective < hired:
            self.say(r.row, "effective_on", effective.isoformat(), "effective_before_hired", day=hired.isoformat())
        if r.change == "left":
            if not (left or effective) and not spoilt & {"left_on", "effective_on"}:
                self.say(r.row, "left_on", "", "left_without_day")
            if left and effective and left != effective:
                self.say(r.row, "left_on", left.isoformat(), "two_last_days", day=effective.isoformat())
        elif r.leaving and not left and "left_on" not in spoilt:
            self.say(r.row, "leaving", r.leaving, "leaving_without_day")
        is_change = r.change in ("moved", "promoted")
        if is_change and not effective and asks_effective and "effective_on" not in spoilt:
            self.say(r.row, "effective_on", "", "change_without_day")


def _between_rows(records: list[Record], is_history: bool) -> Iterator[Fault]:
    """The same person twice on a day (in a list of the present: twice at all), an address used by two."""
    seen: dict[tuple[str, date | None], int] = {}
    addresses: dict[str, tuple[str, int]] = {}
    for r in records:
        if r.employee_id:
            first = seen.setdefault((r.employee_id, r.day if is_history else None), r.row)
            if first != r.row:
                same_day = is_history and r.day is not None
                code = "same_day_twice" if same_day else "id_twice"
                details = {"row": first, "day": r.day.isoformat() if same_day and r.day else ""}
                yield Fault(r.row, "employee_id", r.employee_id, code, details)
        if r.email and r.employee_id:
            owner, row = addresses.setdefault(r.email, (r.employee_id, r.row))
            if owner != r.employee_id:
                yield Fault(r.row, "email", r.email, "email_twice", {"row": row, "employee_id": owner})
