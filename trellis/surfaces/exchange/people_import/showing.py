"""What the preview shows of the findings kept with a run."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator

from trellis.kit.ui.templatetags.ui import day
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import import texts

PAGE = 50
DAYS = {"hired_on", "left_on"}


def preview_of(run: ImportRun, query: Mapping[str, str]) -> dict[str, Any]:
    """Faults of one field or all, changes of one kind or all, each in pages of 50; and the counts above them."""
    findings = run.findings
    faults = texts.kept_faults(run)
    field, kind = query.get("field", ""), query.get("kind", "")
    shown = [fault for fault in faults if field in ("", fault.field or "row")]
    changes = [change for change in findings["changes"] if kind in ("", *change[3])]
    fault_page = Paginator(shown, PAGE).get_page(query.get("page"))
    change_page = Paginator(changes, PAGE).get_page(query.get("page"))
    return {
        "counts": texts.counts_of(run),
        "may_apply": findings["may_apply"] and findings["change_count"] > 0,
        "fault_count": findings["fault_count"],
        "fault_page": fault_page,
        "faults": [(fault, texts.FIELD_NAMES[fault.field], texts.of_fault(fault)) for fault in fault_page],
        "fields": [
            (name or "row", texts.FIELD_NAMES[name], count) for name, count in Counter(f.field for f in faults).items()
        ],
        "field": field,
        "kind": kind,
        "shows_changes": "kind" in query or not faults,
        "change_page": change_page,
        "changes": [_change(change) for change in change_page],
        "change_count": findings["change_count"],
        "changes_kept": len(findings["changes"]),
        "doubtful": [texts.FIELD_NAMES[name] for name, (_order, sure) in findings["orders"].items() if not sure],
        "units": findings["units"][:PAGE],
        "more_units": max(0, run.counts.get("units", 0) - PAGE),
        "positions": findings["positions"][:PAGE],
        "more_positions": max(0, run.counts.get("positions", 0) - PAGE),
        "many_leave": _many_leave(run),
    }


def _change(change: list[Any]) -> dict[str, Any]:
    employee_id, name, row, kinds, differences = change
    return {
        "employee_id": employee_id,
        "name": name,
        "row": row,
        "kinds": [(kind, texts.KIND_NAMES[kind]) for kind in kinds],
        "differences": [
            (texts.FIELD_NAMES[field], _words(field, before), _words(field, after))
            for field, before, after in differences
        ],
    }


def _words(field: str, value: str) -> str:
    return day(date.fromisoformat(value)) if value and field in DAYS else value


def _many_leave(run: ImportRun) -> bool:
    """Whether so many would leave that the file is perhaps no list of everybody."""
    left = run.counts.get("left", 0)
    return run.missing_left and left > 20 and left > run.counts.get("people", 0) // 5
