"""Pauses and extensions: asked for by the traveller, decided or entered by the office, for one or for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.events import TimeAsked, TimeDecided
from trellis.domains.programmes.models import Journey, TimeChange
from trellis.domains.programmes.queries.dues import times_of
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import PAUSE, Span, Times, ends_on, why_not_change
from trellis.kit import clock
from trellis.kit.journal.facts import announce_many


@dataclass(frozen=True)
class TimeOutcome:
    """`code`: asked | granted | refused | withdrawn | ended, or why not: those of rules.why_not_change, and
    already_decided | not_yours | oneself."""

    code: str
    change: TimeChange | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"asked", "granted", "refused", "withdrawn", "ended"}


@dataclass(frozen=True)
class BatchOutcome:
    """What was done to many at once: `batch` takes it back whole; `done` journeys, `skipped` journey -> why not."""

    batch: str
    done: tuple[int, ...] = ()
    skipped: Mapping[int, str] = field(default_factory=dict)


def ask_time(*, journey: Journey, kind: str, from_on: date, until_on: date, reason: str, actor: Person) -> TimeOutcome:
    """Ask for a pause, or for a later end; the office decides."""
    if actor.pk != journey.person_id:
        return TimeOutcome("not_yours")
    try:
        with transaction.atomic():
            span, code = _looked_at(journey, kind, from_on, until_on, times_of([journey])[journey.pk])
            if code:
                return TimeOutcome(code)
            change = TimeChange.objects.create(**_row(journey, span, reason, actor))
            announce_many([TimeAsked(journey.person_id, journey.pk, change.pk, str(kind))], actor=actor)
            return TimeOutcome("asked", change)
    except IntegrityError:
        return TimeOutcome("asked_already")


def give_time(*, journey: Journey, kind: str, from_on: date, until_on: date, reason: str, actor: Person) -> TimeOutcome:
    """Enter a pause or an extension without being asked, with its reason; never one's own."""
    outcome = give_time_to_many(
        journey_ids=[journey.pk], kind=kind, from_on=from_on, until_on=until_on, reason=reason, actor=actor
    )
    if journey.pk in outcome.skipped:
        return TimeOutcome(outcome.skipped[journey.pk])
    return TimeOutcome("granted", TimeChange.objects.filter(batch=outcome.batch, journey=journey).first())


@transaction.atomic
def give_time_to_many(
    *,
    journey_ids: Collection[int],
    kind: str,
    from_on: date,
    until_on: date,
    reason: str,
    actor: Person,
    batch: str = "",
) -> BatchOutcome:
    """The same for many: a pause of these days, or the end moved to a day. Who cannot have it is skipped, and why.

    Give the same `batch` to make sure that a double click does it once.
    """
    batch = batch or uuid4().hex
    journeys = list(
        Journey.objects.select_for_update(of=("self",))
        .filter(pk__in=journey_ids)
        .select_related("version", "cohort", "position")
        .order_by("pk")
    )
    there = TimeChange.objects.filter(batch=batch)
    if there.exists():
        return BatchOutcome(batch, tuple(there.values_list("journey_id", flat=True)))
    times, skipped, rows = times_of(journeys), {}, []
    for journey in journeys:
        span, code = _looked_at(journey, kind, from_on, until_on, times[journey.pk])
        code = "oneself" if actor.pk == journey.person_id else "reason_needed" if not reason.strip() else code
        if code:
            skipped[journey.pk] = code
        else:
            decided = {"state": TimeChange.State.GRANTED, "decided_by": actor, "decided_at": clock.now()}
            rows.append(TimeChange(**_row(journey, span, reason, actor), **decided, batch=batch))
    _announce(TimeChange.objects.bulk_create(rows), "granted", actor)
    return BatchOutcome(batch, tuple(row.journey_id for row in rows), skipped)


@transaction.atomic
def decide_time(*, change: TimeChange, grant: bool, note: str = "", actor: Person) -> TimeOutcome:
    """Grant or refuse what was asked for, by somebody else, once; a refusal says why."""
    change = _held(change)
    if actor.pk == change.person_id:
        return TimeOutcome("oneself", change)
    if change.state != TimeChange.State.ASKED:
        return TimeOutcome("already_decided", change)
    if not grant and not note.strip():
        return TimeOutcome("reason_needed", change)
    if grant:
        journey = Journey.objects.select_related("version", "cohort", "position").get(pk=change.journey_id)
        times = times_of([journey])[journey.pk]
        span, code = _looked_at(journey, change.kind, change.from_on, change.until_on, times, at_asking=False)
        if code:
            return TimeOutcome(code, change)
        change.days = span.days
    change.state = TimeChange.State.GRANTED if grant else TimeChange.State.REFUSED
    change.decided_by, change.decided_at, change.note = actor, clock.now(), note.strip()[:300]
    change.save(update_fields=["state", "decided_by", "decided_at", "note", "days"])
    _announce([change], str(change.state), actor)
    return TimeOutcome(str(change.state), change)


@transaction.atomic
def withdraw_time(*, change: TimeChange, actor: Person) -> TimeOutcome:
    """Take back: the traveller what is not decided yet, the office what it gave. The line stays, and says so."""
    change = _held(change)
    own = actor.pk == change.person_id
    if own and change.state != TimeChange.State.ASKED:
        return TimeOutcome("already_decided", change)
    if change.state not in (TimeChange.State.ASKED, TimeChange.State.GRANTED):
        return TimeOutcome("already_decided", change)
    change.state = TimeChange.State.WITHDRAWN
    change.save(update_fields=["state"])
    _announce([change], "withdrawn", actor)
    return TimeOutcome("withdrawn", change)


@transaction.atomic
def end_pause(*, change: TimeChange, actor: Person) -> TimeOutcome:
    """Go on today, before the pause is over; it counts the days it really took. By the traveller or the office."""
    change = _held(change)
    today = clock.today()
    under_way = change.state == TimeChange.State.GRANTED and change.kind == PAUSE and change.from_on <= today
    if not under_way or change.resumed_on or change.until_on < today:
        return TimeOutcome("already_decided", change)
    change.resumed_on, change.days = today, (today - change.from_on).days
    change.save(update_fields=["resumed_on", "days"])
    _announce([change], "ended", actor)
    return TimeOutcome("ended", change)


@transaction.atomic
def undo_time(*, batch: str, actor: Person) -> int:
    """Take back a whole batch of give_time_to_many; returns for how many it was still in force."""
    rows = TimeChange.objects.select_for_update().filter(batch=batch, state=TimeChange.State.GRANTED)
    changes = list(rows.exclude(person=actor)) if batch else []
    TimeChange.objects.filter(pk__in=[c.pk for c in changes]).update(state=TimeChange.State.WITHDRAWN)
    _announce(changes, "withdrawn", actor)
    return len(changes)


def _looked_at(
    journey: Journey, kind: str, from_on: date, until_on: date, times: Times, *, at_asking: bool = True
) -> tuple[Span, str]:
    """The span with the days by which dates move, and why it cannot be had."""
    start = journey.cohort.starts_on if journey.cohort else clock.today()
    last = ends_on(definition_of(journey.version), start=start, times=times)
    span = Span(kind, from_on, until_on, last)
    ended = journey.left_at is not None or journey.completed_at is not None
    waits = at_asking and journey.time_changes.filter(kind=kind, state=TimeChange.State.ASKED).exists()
    return span, why_not_change(span, times, has_ended=ended, waits=waits, on=clock.today())


def _row(journey: Journey, span: Span, reason: str, actor: Person) -> dict[str, Any]:
    return {
        "journey": journey,
        "person_id": journey.person_id,
        "kind": span.kind,
        "from_on": span.from_on,
        "until_on": span.until_on,
        "days": span.days,
        "reason": reason.strip()[:300],
        "asked_by": actor,
        "asked_at": clock.now(),
    }


def _held(change: TimeChange) -> TimeChange:
    return TimeChange.objects.select_for_update().get(pk=change.pk)


def _announce(changes: Collection[TimeChange], state: str, actor: Person) -> None:
    facts = [TimeDecided(c.person_id, c.journey_id, c.pk, str(c.kind), state) for c in changes]
    announce_many(facts, actor=actor)
