"""What a file would do, found without writing anything."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.surfaces.exchange.people_import.snapshot import guarded_from, take_snapshot
from trellis.surfaces.exchange.people_rules.checking import Checked, check
from trellis.surfaces.exchange.people_rules.columns import map_columns, missing_columns
from trellis.surfaces.exchange.people_rules.comparing import Plan, Wishes, compare
from trellis.surfaces.exchange.people_rules.faults import Fault
from trellis.surfaces.exchange.people_rules.reading import Table

FAULTS_KEPT = 20_000
CHANGES_KEPT = 5_000
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """The plan with what a page shows of it."""

    plan: Plan
    checked: Checked
    table: Table

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong, in the order of the file."""
        return self.plan.faults

    @property
    def may_apply(self) -> bool:
        """Nothing is wrong, or what is wrong has been left out."""
        return not self.plan.faults or "rows_left_out" in self.plan.counts

    def digest(self) -> str:
        """The same for the same changes: tells whether the company moved on since somebody looked."""
        plan = self.plan
        return hashlib.sha256(
            repr((plan.changes, plan.new_units, plan.new_positions, plan.write.heads)).encode()
        ).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """What is kept with the run, for its pages."""
        plan = self.plan
        return {
            "faults": [asdict(fault) for fault in plan.faults[:FAULTS_KEPT]],
            "fault_count": len(plan.faults),
            "changes": [[c.employee_id, c.name, c.row, c.kinds, c.differences] for c in plan.changes[:CHANGES_KEPT]],
            "change_count": len(plan.changes),
            "units": plan.new_units[:CHANGES_KEPT],
            "positions": plan.new_positions[:CHANGES_KEPT],
            "orders": self.checked.orders,
            "may_apply": self.may_apply,
            "digest": self.digest(),
            "encoding": self.table.encoding,
            "delimiter": self.table.delimiter,
        }


def find(
    table: Table,
    *,
    columns: dict[str, str],
    order: str,
    partial: bool,
    missing_left: bool,
    by: Person | None,
    tell: Tell | None = None,
) -> Found:
    """Read the table with the columns (field to heading) and compare it with the company of today.

    `by`: for whom; None is the operator, at the machine itself.
    """
    today = clock.today()
    tell = tell or (lambda done, total: None)
    mapping = map_columns(table.headings, columns)
    tell(1, 4)
    if absent := missing_columns(mapping):
        checked = Checked(faults=[Fault(1, name, "", "column_missing") for name in absent])
    else:
        checked = check(table, mapping, today=today, order=order)
    tell(2, 4)
    company = take_snapshot()
    tell(3, 4)
    plan = compare(checked, company, mapping, Wishes(today, partial, missing_left, guarded_from(by)))
    if absent:
        plan.counts.pop("rows_left_out", None)
    tell(4, 4)
    return Found(plan, checked, table)
