"""Many people at once, as an import brings them, with all that is needed to take it back exactly."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from trellis.domains.people.actions.bulk_ledger import CHUNK, Ledger, Values, chunks, set_fields, update_rows
from trellis.domains.people.events import CameInBulk, DetailsChanged, Joined, Left, Moved, Promoted, WrittenInBulk
from trellis.domains.people.models import Employment, Holding, Person, Position, Unit
from trellis.domains.people.rules.bulk import BulkWrite, PersonWrite, Ref, Step, StepKind
from trellis.domains.people.rules.history import day_before
from trellis.kit import clock
from trellis.kit.journal.facts import Fact, announce_many

Tell = Callable[[int, int], None]
IDS_IN_A_FACT = 1000


@transaction.atomic
def write(*, changes: BulkWrite, actor: Person | None, tell: Tell | None = None) -> dict[str, Any]:
    """Write everything, or nothing when the database objects. Returns the ledger that `undo` takes.

    Whoever made `changes` has judged them against the company as it is in this transaction.
    """
    return _Writer(changes, actor, tell).write()


class _Writer:
    """Keeps the rows of one writing together while they find their keys."""

    def __init__(self, changes: BulkWrite, actor: Person | None, tell: Tell | None) -> None:
        self.changes, self.actor, self.today = changes, actor, clock.today()
        self.ledger = Ledger()
        self.changed: dict[models.Model, Values] = {}
        self.places: dict[Ref, int] = {}
        self.posts: dict[Ref, int] = {}
        self.persons: dict[str, Person] = {}
        self.employments: dict[str, list[Employment]] = {}
        self.holdings: dict[str, list[Holding]] = {}
        self.facts: list[Fact] = []
        self.tell, self.done, self.total = tell, 0, 3 * len(changes.persons) + 1

    def write(self) -> dict[str, Any]:
        self._open_structure()
        self._load_known()
        for person in self.changes.persons:
            self._take_steps(person)
        self._progress(len(self.changes.persons))
        self._save_persons()
        self._save_changed()
        self._save_histories()
        self._name_heads()
        self._announce()
        self._progress(self.total)
        return self.ledger.as_json()

    def _progress(self, more: int) -> None:
        self.done = min(self.done + more, self.total)
        if self.tell:
            self.tell(self.done, self.total)

    # -- structure

    def _open_structure(self) -> None:
        positions = Position.objects.bulk_create([Position(code=p.code, name=p.name) for p in self.changes.positions])
        self.posts = {new.key: row.pk for new, row in zip(self.changes.positions, positions, strict=True)}
        units: list[Unit] = []
        for level in _levels(self.changes):
            rows = [Unit(code=u.code, name=u.name, parent_id=u.parent and self._place(u.parent)) for u in level]
            Unit.objects.bulk_create(rows)
            self.places |= {new.key: row.pk for new, row in zip(level, rows, strict=True)}
            units += rows
        known = {unit.parent_id for unit in units if unit.parent_id} - {unit.pk for unit in units}
        paths = dict(Unit.objects.filter(pk__in=known).values_list("pk", "path"))
        for unit in units:
            unit.path = paths[unit.pk] = f"{paths[unit.parent_id] if unit.parent_id else '/'}{unit.pk}/"
        update_rows(Unit, [(unit.pk, {"path": unit.path}) for unit in units])
        self.ledger.note_created([*positions, *units])

    def _place(self, ref: Ref) -> int:
        return ref if isinstance(ref, int) else self.places[ref]

    def _post(self, ref: Ref) -> int:
        return ref if isinstance(ref, int) else self.posts[ref]

    # -- lives

    def _load_known(self) -> None:
        ids = [p.person for p in self.changes.persons if p.person]
        by_id: dict[int, str] = {}
        for some in chunks(ids):
            for person in Person.objects.get_queryset().select_for_update().filter(pk__in=some):
                self.persons[person.employee_id] = person
                by_id[person.pk] = person.employee_id
            for employment in Employment.objects.filter(person__in=some).order_by("began_on"):
                self.employments.setdefault(by_id[employment.person_id], []).append(employment)
            for holding in Holding.objects.filter(person__in=some).order_by("began_on"):
                self.holdings.setdefault(by_id[holding.person_id], []).append(holding)
        password = make_password(None)
        for new in self.changes.persons:
            if new.person is None:
                details = {"name": new.details["name"], "email": new.details.get("email") or None}
                self.persons[new.employee_id] = Person(employee_id=new.employee_id, password=password, **details)

    def _take_steps(self, write: PersonWrite) -> None:
        person = self.persons[write.employee_id]
        employments = self.employments.setdefault(write.employee_id, [])
        holdings = self.holdings.setdefault(write.employee_id, [])
        for step in write.steps:
            before = holdings[-1] if holdings else None
            _STEPS[step.kind](self, step, employments, holdings)
            if write.person:
                self.facts += self._facts_of(write.person, step, before, holdings)
        if employments:
            ended = employments[-1].ended_on
            is_active = (ended is None or ended >= self.today) and person.erased_at is None
            if write.person is None:
                person.is_active = is_active
            elif write.steps and is_active != person.is_active:
                set_fields(person, self.changed, is_active=is_active)

    def _join(self, step: Step, employments: list[Employment], holdings: list[Holding]) -> None:
        employments.append(Employment(began_on=step.on))
        if step.position is not None:
            self._hold(step, step.held_from or step.on, Holding.Began.JOINED, holdings)

    def _move(self, step: Step, _employments: list[Employment], holdings: list[Holding]) -> None:
        if holdings and holdings[-1].ended_on is None:
            self._set(holdings[-1], ended_on=day_before(step.on))
        kind = Holding.Began.PROMOTED if step.kind == StepKind.PROMOTE else Holding.Began.MOVED
        self._hold(step, step.on, kind, holdings)

    def _hold(self, step: Step, on: date, began: str, holdings: list[Holding]) -> None:
        assert step.position is not None and step.unit is not None  # noqa: S101, whoever compares gives both
        place = {"position_id": self._post(step.position), "unit_id": self._place(step.unit)}
        holdings.append(Holding(began_on=on, began=str(began), reason=step.reason[:300], **place))

    def _correct(self, step: Step, _employments: list[Employment], holdings: list[Holding]) -> None:
        assert step.position is not None and step.unit is not None  # noqa: S101, whoever compares gives both
        self._set(holdings[-1], position_id=self._post(step.position), unit_id=self._place(step.unit))

    def _leave(self, step: Step, employments: list[Employment], holdings: list[Holding]) -> None:
        reason = step.reason[:300]
        self._set(employments[-1], ended_on=step.on, leaving=step.leaving, leaving_reason=reason)
        if holdings and holdings[-1].ended_on is None:
            self._set(holdings[-1], ended_on=step.on)

    def _redate_joining(self, step: Step, employments: list[Employment], holdings: list[Holding]) -> None:
        first_day = employments[-1].began_on
        for holding in holdings:
            if holding.began_on == first_day:
                self._set(holding, began_on=step.on)
        self._set(employments[-1], began_on=step.on)

    def _redate_leaving(self, step: Step, employments: list[Employment], holdings: list[Holding]) -> None:
        last_day = employments[-1].ended_on
        self._set(employments[-1], ended_on=step.on)
        if holdings and holdings[-1].ended_on == last_day:
            self._set(holdings[-1], ended_on=step.on)

    def _set(self, row: Employment | Holding, **values: Any) -> None:
        """A row that is new is only filled in; of one that was there, what it said before is remembered."""
        if row.pk:
            set_fields(row, self.changed, **values)
        else:
            for name, value in values.items():
                setattr(row, name, value)

    def _facts_of(self, person: int, step: Step, before: Holding | None, holdings: list[Holding]) -> Iterator[Fact]:
        now = holdings[-1] if holdings else None
        if step.kind == StepKind.LEAVE:
            yield Left(person=person, on=step.on, leaving=step.leaving)
        elif now and step.kind == StepKind.JOIN:
            yield Joined(person=person, position=now.position_id, unit=now.unit_id, on=step.on)
        elif now and step.kind in (StepKind.MOVE, StepKind.PROMOTE, StepKind.CORRECT):
            happened = Promoted if step.kind == StepKind.PROMOTE else Moved
            origin = before or now
            yield happened(
                person=person,
                position=now.position_id,
                unit=now.unit_id,
                on=step.on,
                from_position=origin.position_id,
                from_unit=origin.unit_id,
            )
        else:
            yield DetailsChanged(person=person, fields=step.kind.value)

    # -- saving

    def _save_persons(self) -> None:
        """New ones from the top of the company down, so that each finds the manager's key."""
        waiting = {p.employee_id: p for p in self.changes.persons if p.person is None}
        outside = {p.manager for p in self.changes.persons if p.manager and p.manager not in self.persons}
        known = {eid: person.pk for eid, person in self.persons.items() if person.pk}
        for some in chunks(sorted(outside)):
            known |= dict(Person.objects.get_queryset().filter(employee_id__in=some).values_list("employee_id", "pk"))
        while waiting:
            level = [eid for eid, p in waiting.items() if not p.manager or p.manager in known]
            rows = [self.persons[eid] for eid in level]
            for eid, row in zip(level, rows, strict=True):
                manager = waiting.pop(eid).manager
                row.manager_id = known[manager] if manager else None
            for some in chunks(rows):
                Person.objects.bulk_create(some)
                self._progress(len(some))
            known |= {row.employee_id: row.pk for row in rows}
            self.ledger.note_created(rows)
        for write in self.changes.persons:
            if write.person:
                values: Values = dict(write.details)
                if write.manager:
                    values["manager_id"] = known[write.manager]
                if values:
                    set_fields(self.persons[write.employee_id], self.changed, **values)
                    names = " ".join(sorted(name.removesuffix("_id") for name in values))
                    self.facts.append(DetailsChanged(person=write.person, fields=names))

    def _save_changed(self) -> None:
        free = [row.pk for row, before in self.changed.items() if isinstance(row, Person) and "email" in before]
        for some in chunks(free):  # two who swap their addresses must not collide half-way
            Person.objects.get_queryset().filter(pk__in=some).update(email=None)
        for model in (Person, Employment, Holding):
            rows = [(row, before) for row, before in self.changed.items() if isinstance(row, model) and before]
            update_rows(model, [(row.pk, {n: getattr(row, n) for n in before}) for row, before in rows])
            for row, before in rows:
                self.ledger.note_changed(row, before)

    def _save_histories(self) -> None:
        for lives, manager in ((self.employments, Employment.objects), (self.holdings, Holding.objects)):
            fresh: list[Any] = []
            for employee_id, rows in lives.items():
                for row in rows:
                    if row.pk is None:
                        row.person_id = self.persons[employee_id].pk
                        fresh.append(row)
            for some in chunks(fresh, CHUNK):
                manager.bulk_create(some)
                self._progress(len(some))
            self.ledger.note_created(fresh)

    def _name_heads(self) -> None:
        if not self.changes.heads:
            return
        asked = {self._place(ref): who for ref, who in self.changes.heads}
        ids = {eid: person.pk for eid, person in self.persons.items()}
        unknown = [who for who in asked.values() if who not in ids]
        ids |= dict(Person.objects.get_queryset().filter(employee_id__in=unknown).values_list("employee_id", "pk"))
        new = self.ledger.created.get("unit", {})
        rows = list(Unit.objects.filter(pk__in=asked))
        for unit in rows:
            before = {"head_id": unit.head_id}
            unit.head_id = ids[asked[unit.pk]]
            if str(unit.pk) in new:
                self.ledger.note_created([unit])
            else:
                self.ledger.note_changed(unit, before)
        update_rows(Unit, [(unit.pk, {"head_id": unit.head_id}) for unit in rows])

    def _announce(self) -> None:
        created = [int(pk) for pk in self.ledger.created.get("person", {})]
        came = [CameInBulk(persons=tuple(some)) for some in chunks(created, IDS_IN_A_FACT)]
        counts = WrittenInBulk(
            persons_created=len(created),
            persons_changed=sum(1 for p in self.changes.persons if p.person),
            holdings_written=len(self.ledger.created.get("holding", {})),
            units_created=len(self.changes.units),
            positions_created=len(self.changes.positions),
        )
        announce_many([counts, *came, *self.facts], actor=self.actor)


_STEPS: dict[StepKind, Callable[[_Writer, Step, list[Employment], list[Holding]], None]] = {
    StepKind.JOIN: _Writer._join,
    StepKind.MOVE: _Writer._move,
    StepKind.PROMOTE: _Writer._move,
    StepKind.CORRECT: _Writer._correct,
    StepKind.LEAVE: _Writer._leave,
    StepKind.REDATE_JOINING: _Writer._redate_joining,
    StepKind.REDATE_LEAVING: _Writer._redate_leaving,
}


def _levels(changes: BulkWrite) -> Iterator[Sequence[Any]]:
    """New units in groups of which each stands below the former ones."""
    depth: dict[Ref, int] = {}
    groups: dict[int, list[Any]] = {}
    for unit in changes.units:
        depth[unit.key] = depth.get(unit.parent, 0) + 1 if unit.parent is not None else 1
        groups.setdefault(depth[unit.key], []).append(unit)
    yield from (groups[level] for level in sorted(groups))
