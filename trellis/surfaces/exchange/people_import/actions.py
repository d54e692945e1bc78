"""What is done with a file of people. The only writers of this room."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from trellis.domains.people.actions import bulk, bulk_undo
from trellis.domains.people.actions.bulk_undo import Obstacle
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.files import keep
from trellis.kit.journal.facts import announce
from trellis.surfaces.exchange.events import PeopleImported, PeopleImportUndone
from trellis.surfaces.exchange.models import ImportMapping, ImportRun
from trellis.surfaces.exchange.people_import.finding import Found, find
from trellis.surfaces.exchange.people_rules.columns import FIELDS, map_columns, signature
from trellis.surfaces.exchange.people_rules.reading import Table, read_people

State = ImportRun.State
IN_HAND_DAYS = 14
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """`reason`: nothing when it was done; `not_checked`, `faults`, `changed_since`, `nothing_new`, `not_applied`,
    `obstacles`."""

    run: ImportRun
    reason: str = ""
    obstacles: tuple[Obstacle, ...] = field(default=())

    @property
    def done(self) -> bool:
        return not self.reason


@transaction.atomic
def bring(*, content: bytes, file_name: str, actor: Person | None, sheet: str = "", mapping: str = "") -> ImportRun:
    """Keep a file and guess its columns: as kept under a name, as for the same headings before, or by their words.

    Without an actor (the first import of all, by command) the file is not kept: whoever calls hands its table on.

    Raises Unreadable, with the reason, when it holds no table.
    """
    table = read_people(content, sheet=sheet)
    remembered = _remembered(table, mapping)
    stored = None
    if actor:
        stored = keep.keep(content=content, name=file_name, owner=actor, permission="exchange.import_people")
    return ImportRun.objects.create(
        file=stored,
        file_name=keep.safe_name(file_name),
        sheet=table.sheet,
        columns=remembered.columns if remembered else guess_columns(table),
        date_order=remembered.date_order if remembered else "",
        created_by=actor,
    )


def guess_columns(table: Table) -> dict[str, str]:
    """Field to heading, by the words of the headings."""
    return {name: table.headings[index] for name, index in map_columns(table.headings).items()}


def _remembered(table: Table, name: str) -> ImportMapping | None:
    if name:
        return ImportMapping.objects.get(name=name)
    return ImportMapping.objects.filter(headings=ImportMapping.key_of(signature(table.headings))).first()


def table_of(run: ImportRun, sheet: str = "") -> Table:
    """The run's table, read again from its file."""
    assert run.file is not None  # noqa: S101, a run without its file is over
    return read_people(keep.read(run.file), sheet=sheet or run.sheet)


@transaction.atomic
def choose(
    *,
    run: ImportRun,
    columns: dict[str, str],
    date_order: str = "",
    partial: bool = False,
    missing_left: bool = False,
    sheet: str = "",
    remember_as: str = "",
) -> None:
    """Settle how the file is to be read, and keep that for files with the same headings, if a name is given."""
    run.columns = {name: columns[name] for name in FIELDS if columns.get(name)}
    run.date_order, run.partial, run.missing_left = date_order, partial, missing_left
    run.sheet = sheet or run.sheet
    run.state = State.BROUGHT
    run.save()
    if remember_as:
        key = ImportMapping.key_of(signature(table_of(run).headings))
        ImportMapping.objects.filter(headings=key).exclude(name=remember_as).update(headings="")
        kept = {"columns": run.columns, "date_order": date_order, "headings": key, "changed_at": clock.now()}
        ImportMapping.objects.update_or_create(name=remember_as, defaults=kept)


def look(*, run: ImportRun, table: Table | None = None, tell: Tell | None = None) -> Found:
    """Find what the file would do, and keep it with the run."""
    found = find(
        table or table_of(run), columns=run.columns, order=run.date_order, by=run.created_by, tell=tell, **run.wishes
    )
    run.findings, run.counts, run.state = found.as_json(), found.plan.counts, State.CHECKED
    run.save(update_fields=["findings", "counts", "state"])
    return found


@transaction.atomic
def apply(*, run: ImportRun, actor: Person | None, table: Table | None = None, tell: Tell | None = None) -> Outcome:
    """Do what was looked at: all of it, or nothing. What was found is found again first, since the company moves on."""
    # Two imports take turns: each is judged against what the one before it left.
    list(ImportRun.objects.light().select_for_update().order_by("pk").values_list("pk", flat=True))
    run.refresh_from_db()
    if run.state == State.APPLIED:
        return Outcome(run)
    if run.state != State.CHECKED:
        return Outcome(run, "not_checked")
    found = find(table or table_of(run), columns=run.columns, order=run.date_order, by=actor, **run.wishes)
    if not found.may_apply:
        return Outcome(run, "faults")
    if found.digest() != run.findings["digest"]:
        return Outcome(run, "changed_since")
    changes, counts = found.plan.write, found.plan.counts
    if changes.is_empty:
        return Outcome(run, "nothing_new")
    del found, table  # rows and records are as large as what is written, and no longer needed
    run.ledger = bulk.write(changes=changes, actor=actor, tell=tell)
    run.state, run.applied_by, run.applied_at = State.APPLIED, actor, clock.now()
    put_away(run)
    told = ("new", "changed", "moved", "promoted", "left", "came_back")
    announce(PeopleImported(run=run.pk, **{name: counts[name] for name in told}), actor=actor)
    return Outcome(run)


@transaction.atomic
def undo(*, run: ImportRun, actor: Person) -> Outcome:
    """Take the whole import back, exactly; refused when somebody has built on it since."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == State.UNDONE:
        return Outcome(run)
    if run.state != State.APPLIED or not run.ledger:
        return Outcome(run, "not_applied")
    if obstacles := bulk_undo.undo(ledger=run.ledger, actor=actor):
        return Outcome(run, "obstacles", obstacles)
    run.state, run.undone_by, run.undone_at, run.ledger = State.UNDONE, actor, clock.now(), {}
    run.save()
    announce(PeopleImportUndone(run=run.pk), actor=actor)
    return Outcome(run)


@transaction.atomic
def discard(*, run: ImportRun) -> None:
    """Put away a file that was not applied; what was found in it goes with it."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state in (State.BROUGHT, State.CHECKED):
        run.state = State.DISCARDED
        put_away(run)


def put_away(run: ImportRun) -> None:
    """Save the run without the file and the findings: they are full of names, and have done their work."""
    stored, run.file, run.findings = run.file, None, {}
    run.save()
    if stored:
        keep.discard(stored)


def forget_old() -> None:
    """Discard what was not applied for two weeks; after three months keep only what was done, and by whom."""
    now = clock.now()
    idle = ImportRun.objects.light().filter(state__in=(State.BROUGHT, State.CHECKED))
    for run in idle.filter(created_at__lt=now - timedelta(days=IN_HAND_DAYS)):
        discard(run=run)
    ImportRun.objects.filter(applied_at__lt=now - timedelta(days=ImportRun.UNDOABLE_DAYS)).update(ledger={})
