"""One person's rows against what is known of that person: which steps of a working life are new."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from trellis.domains.people.rules.bulk import Ref, Step, StepKind
from trellis.surfaces.exchange.people_rules.checking import Record
from trellis.surfaces.exchange.people_rules.company import KnownPerson
from trellis.surfaces.exchange.people_rules.faults import Fault

Placed = tuple[Record, Ref | None, Ref | None]  # a row with its position and unit


@dataclass(slots=True)
class Timeline:
    """Where the person stands while the rows are read one after the other."""

    known: KnownPerson | None
    today: date
    asks_hired: bool  # the file has a column of hire dates
    asks_place: tuple[str, ...]  # of position and department those that have a column
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    is_employed: bool = False
    employed_from: date | None = None
    last_day: date | None = None
    position: Ref | None = None
    unit: Ref | None = None
    held_from: date | None = None

    def __post_init__(self) -> None:
        if self.known and self.known.employments:
            self.employed_from, self.last_day = self.known.employments[-1]
            self.is_employed = self.last_day is None
            if self.known.holdings:
                self.held_from, _ended, self.position, self.unit = self.known.holdings[-1]

    def read(self, rows: Sequence[Placed]) -> None:
        """Take the rows in the order of their days; those without a day speak of the present."""
        ordered = sorted(rows, key=lambda row: row[0].day or (row[0].hired_on if len(rows) > 1 else None) or date.max)
        for index, row in enumerate(ordered):
            before = len(self.faults)
            self._take(row, is_last=index == len(ordered) - 1)
            if len(self.faults) > before:
                return  # what follows would be judged from a wrong state

    def _take(self, row: Placed, *, is_last: bool) -> None:
        record, position, unit = row
        day = record.day
        if day and self._is_past(record, day) and not self._is_correction(record, day, is_last=is_last):
            self._compare_past(record, day, position, unit)
        elif self.is_employed:
            self._while_here(record, position, unit, is_last=is_last)
        else:
            self._while_away(record, position, unit, is_last=is_last)

    # -- what has been written down before

    def _is_past(self, record: Record, day: date) -> bool:
        if self.known is None or not self.known.employments:
            return False
        reached = self.last_day or max(self.held_from or date.min, self.employed_from or date.min)
        return day <= reached and not self.steps

    def _is_correction(self, record: Record, day: date, *, is_last: bool) -> bool:
        """The present holding's own first day, or another last day of who has left: may still be put right."""
        if not is_last:
            return False
        if self.is_employed:
            return day == self.held_from and record.change != "left"
        return record.change == "left"

    def _compare_past(self, record: Record, day: date, position: Ref | None, unit: Ref | None) -> None:
        assert self.known is not None  # noqa: S101, asked before
        if record.change == "left":
            agrees = any(ended == day for _began, ended in self.known.employments)
        else:
            held = [h for h in self.known.holdings if h[0] <= day and (h[1] is None or day <= h[1])]
            agrees = any(position in (None, h[2]) and unit in (None, h[3]) for h in held) or (
                not held and any(began == day for began, _ended in self.known.employments)
            )
        if not agrees:
            self._say(record, "effective_on", day, "contradicts_known", since=self.last_day or self.held_from)

    # -- while employed

    def _while_here(self, r: Record, position: Ref | None, unit: Ref | None, *, is_last: bool) -> None:
        if r.change in ("hired", "rehired") and r.effective_on not in (None, self.employed_from, self.held_from):
            return self._say(r, "change", r.effective_on, "already_here", since=self.employed_from)
        self._hire_date(r)
        last_day = self._last_day(r, is_last=is_last)
        if last_day is None or (r.effective_on and r.change != "left"):
            self._place(r, position, unit)
        if last_day is not None:
            self._leave(r, last_day)
        return None

    def _last_day(self, r: Record, *, is_last: bool) -> date | None:
        if r.change == "left":
            return r.left_on or r.effective_on
        return r.left_on if is_last else None

    def _hire_date(self, r: Record) -> None:
        if r.hired_on is None or r.hired_on == self.employed_from or self.employed_from is None:
            return None
        employments = self.known.employments if self.known else []
        if any(began == r.hired_on for began, _ended in employments) or r.change == "rehired":
            return None
        if any(step.kind == StepKind.JOIN for step in self.steps):
            return self._say(r, "hired_on", r.hired_on, "two_hire_dates", day=self.employed_from)
        mine = [h for h in self.known.holdings if h[0] >= self.employed_from] if self.known else []
        earlier_end = employments[-2][1] if len(employments) > 1 else None
        latest = date.max
        if mine:
            latest = mine[0][0] if mine[0][0] != self.employed_from else (mine[0][1] or date.max)
        if r.hired_on > latest or (earlier_end and r.hired_on <= earlier_end):
            return self._say(r, "hired_on", r.hired_on, "hire_date_contradicts", day=self.employed_from)
        self.steps.append(Step(StepKind.REDATE_JOINING, r.hired_on))
        if self.held_from == self.employed_from:
            self.held_from = r.hired_on
        self.employed_from = r.hired_on
        return None

    def _place(self, r: Record, position: Ref | None, unit: Ref | None) -> None:
        position, unit = position or self.position, unit or self.unit
        if (position, unit) == (self.position, self.unit):
            if r.change == "promoted" and r.effective_on and self.held_from and r.effective_on > self.held_from:
                self._say(r, "position", r.effective_on, "promoted_to_the_same")
            return None
        if position is None or unit is None:
            return self._say(r, "department" if unit is None else "position", "", "missing")
        day = r.effective_on or max(self.today, self.held_from or self.today)
        if self.held_from and day < self.held_from:
            return self._say(r, "effective_on", day, "before_present", since=self.held_from)
        if day == self.held_from:
            kind = StepKind.CORRECT
        else:
            kind = StepKind.PROMOTE if r.change == "promoted" else StepKind.MOVE
        self.steps.append(Step(kind, day, position, unit, reason=r.reason))
        self.position, self.unit, self.held_from = position, unit, day
        return None

    def _leave(self, r: Record, last_day: date) -> None:
        if self.employed_from and last_day < self.employed_from:
            return self._say(r, "left_on", last_day, "left_before_hired", day=self.employed_from)
        if self.held_from and last_day < self.held_from:
            return self._say(r, "left_on", last_day, "before_present", since=self.held_from)
        self.steps.append(Step(StepKind.LEAVE, last_day, leaving=r.leaving or "other", reason=r.reason))
        self.is_employed, self.last_day = False, last_day
        return None

    # -- while not employed

    def _while_away(self, r: Record, position: Ref | None, unit: Ref | None, *, is_last: bool) -> None:
        if self.last_day is None:
            return self._join_first(r, position, unit, is_last=is_last)
        begins = r.effective_on if r.change in ("hired", "rehired") and r.effective_on else r.hired_on
        if begins and begins > self.last_day and r.change != "left":
            return self._join(r, begins, position, unit, is_last=is_last)
        last_day = self._last_day(r, is_last=is_last)
        if last_day is None:
            return self._say(r, "employee_id", r.employee_id, "has_left", day=self.last_day)
        if last_day == self.last_day:
            return None
        began = max(self.employed_from or date.min, self.held_from or date.min)
        if last_day < began or not is_last or self.steps:
            return self._say(r, "left_on", last_day, "contradicts_known", since=self.last_day)
        self.steps.append(Step(StepKind.REDATE_LEAVING, last_day))
        self.last_day = last_day
        return None

    def _join_first(self, r: Record, position: Ref | None, unit: Ref | None, *, is_last: bool) -> None:
        begins = r.hired_on or (r.effective_on if r.change != "left" else None)
        if begins is None and r.change == "left":
            return self._say(r, "hired_on", "", "leaver_unknown")
        if begins is None and self.asks_hired:
            return self._say(r, "hired_on", "", "missing")
        return self._join(r, begins or self.today, position, unit, is_last=is_last)

    def _join(self, r: Record, begins: date, position: Ref | None, unit: Ref | None, *, is_last: bool) -> None:
        for name, ref in (("position", position), ("department", unit)):
            if ref is None and name in self.asks_place:
                self._say(r, name, "", "missing")
        has_place = position is not None and unit is not None
        later = r.effective_on if r.change != "left" and r.effective_on and r.effective_on > begins else None
        if not has_place:
            position = unit = None
        self.steps.append(Step(StepKind.JOIN, begins, position, unit, held_from=later if has_place else None))
        self.is_employed, self.employed_from, self.last_day = True, begins, None
        self.position, self.unit, self.held_from = position, unit, (later or begins) if has_place else None
        if (last_day := self._last_day(r, is_last=is_last)) is not None:
            self._leave(r, last_day)

    def _say(self, record: Record, name: str, value: object, code: str, **details: date | None) -> None:
        plain = {key: day.isoformat() if day else "" for key, day in details.items()}
        self.faults.append(Fault(record.row, name, str(value), code, dict(plain)))
