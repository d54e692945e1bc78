"""What is done with a file of work shifts."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import Stint
from trellis.domains.sessions.models import Shift
from trellis.domains.sessions.queries import stints_of, work_of
from trellis.kit import clock
from trellis.kit.files import keep
from trellis.kit.journal.facts import announce
from trellis.surfaces.exchange import shift_cells, shift_rules
from trellis.surfaces.exchange.events import ShiftsImported, ShiftsImportUndone
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import.actions import put_away
from trellis.surfaces.exchange.people_rules.columns import fold
from trellis.surfaces.exchange.people_rules.reading import Table, read_table
from trellis.surfaces.exchange.shift_rules import Hours, KnownPerson, KnownShift, Roster

State = ImportRun.State
KEPT = 5_000  # changes and faults shown
Tell = Callable[[int, int], None]


@transaction.atomic
def bring(*, content: bytes, file_name: str, actor: Person) -> ImportRun:
    """Keep a file, guess its columns and look at it; Unreadable, with the reason, when it holds no table."""
    table = read_table(content, known=shift_cells.known_headings)
    run = ImportRun.objects.create(
        kind=ImportRun.Kind.SHIFTS,
        file=keep.keep(content=content, name=file_name, owner=actor, permission="sessions.plan_shifts"),
        file_name=keep.safe_name(file_name),
        sheet=table.sheet,
        columns=shift_cells.guess_columns(table.headings),
        created_by=actor,
    )
    _look(run, table)
    return run


def table_of(run: ImportRun) -> Table:
    """The run's table, read again from its file."""
    assert run.file is not None  # noqa: S101, a run without its file is over
    return read_table(keep.read(run.file), sheet=run.sheet, known=shift_cells.known_headings)


@transaction.atomic
def choose(*, run: ImportRun, columns: dict[str, str], date_order: str, partial: bool) -> None:
    """Settle how the file is to be read, and look at it anew."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in (State.BROUGHT, State.CHECKED):
        return
    run.columns = {name: columns[name] for name in shift_cells.FIELDS if columns.get(name)}
    run.date_order, run.partial = date_order, partial
    _look(run, table_of(run))


def _look(run: ImportRun, table: Table) -> Roster:
    found = _find(run, table)
    run.findings = {
        "faults": [asdict(fault) for fault in found.faults[:KEPT]],
        "fault_count": len(found.faults),
        "changes": [
            [c.employee_id, c.name, c.row, c.before, [_as_json(one) for one in c.planned]] for c in found.changes[:KEPT]
        ],
        "opened": [
            [name, list(hours.weekdays), f"{hours.begins:%H:%M}", f"{hours.ends:%H:%M}"]
            for name, hours in found.opened.items()
        ],
        "headings": [heading for heading in table.headings if heading],
        "order_sure": found.order_sure,
        "may_apply": bool(found.changes) and (not found.faults or run.partial),
        "digest": _digest(found),
    }
    run.counts = {
        "people": found.people,
        "changed": len(found.changes),
        "unchanged": found.unchanged,
        "opened": len(found.opened),
        "rows_left_out": found.rows_left_out,
    }
    run.state = State.CHECKED
    run.save()
    return found


def _as_json(planned: shift_rules.Planned) -> list[Any]:
    return [planned.shift, planned.began_on.isoformat(), planned.ended_on and planned.ended_on.isoformat()]


def _digest(found: Roster) -> str:
    return hashlib.sha256(repr((found.changes, found.opened)).encode()).hexdigest()


def _find(run: ImportRun, table: Table) -> Roster:
    """What the file would do today. Three statements."""
    here = list(Person.objects.here().exclude(employee_id="").order_by().values_list("pk", "employee_id", "name"))
    stints = stints_of([pk for pk, _employee_id, _name in here])
    shifts: dict[str, KnownShift] = {}
    for shift in Shift.objects.all():
        work = work_of(shift)
        known = KnownShift(shift.pk, shift.name, Hours(tuple(sorted(work.weekdays)), work.begins, work.ends))
        shifts |= {fold(name): known for name in (*shift.names.values(), shift.name) if name}
    return shift_rules.compare(
        table,
        run.columns,
        today=clock.today(),
        people={employee_id: KnownPerson(pk, name, tuple(stints.get(pk, ()))) for pk, employee_id, name in here},
        shifts=shifts,
        order=run.date_order,
        partial=run.partial,
    )


@transaction.atomic
def apply(*, run: ImportRun, actor: Person, tell: Tell | None = None) -> str:
    """Do what was looked at, all of it or nothing; empty, or why not: not_checked | faults | changed_since |
    nothing_new."""
    tell = tell or (lambda done, total: None)
    # Two imports take turns: each is judged against what the one before it left.
    list(ImportRun.objects.of_shifts().select_for_update().order_by("pk").values_list("pk", flat=True))
    run.refresh_from_db()
    if run.state == State.APPLIED:
        return ""
    if run.state != State.CHECKED or not run.file:
        return "not_checked"
    tell(1, 3)
    found = _find(run, table_of(run))
    if found.faults and not run.partial:
        return "faults"
    if _digest(found) != run.findings["digest"]:
        return "changed_since"
    if not found.changes:
        return "nothing_new"
    tell(2, 3)
    opened = [
        Shift(
            name=name,
            weekdays="".join(str(day + 1) for day in hours.weekdays),
            from_time=hours.begins,
            to_time=hours.ends,
        )
        for name, hours in found.opened.items()
    ]
    run.ledger = sessions.write_roster(
        opened=opened,
        stints={c.person: [Stint(one.shift, one.began_on, one.ended_on) for one in c.planned] for c in found.changes},
        shifts=dict(Shift.objects.values_list("name", "pk")),
        actor=actor,
    )
    run.state, run.applied_by, run.applied_at = State.APPLIED, actor, clock.now()
    put_away(run)
    announce(ShiftsImported(run.pk, len(found.changes), len(opened)), actor=actor)
    tell(3, 3)
    return ""


@transaction.atomic
def undo(*, run: ImportRun, actor: Person) -> tuple[str, list[int]]:
    """Everybody works what they did before: nothing and nobody; or `not_applied`, or `obstacles` and whose shift was
    changed since."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == State.UNDONE:
        return "", []
    if not run.may_undo or not run.ledger:
        return "not_applied", []
    if changed := sessions.undo_roster(ledger=run.ledger, actor=actor):
        return "obstacles", changed
    run.state, run.undone_by, run.undone_at, run.ledger = State.UNDONE, actor, clock.now(), {}
    run.save()
    announce(ShiftsImportUndone(run.pk), actor=actor)
    return "", []
