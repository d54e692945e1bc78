"""Saying that nodes are done, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.events import NodeTicked
from trellis.domains.programmes.models import Journey, NodeDone
from trellis.domains.programmes.queries.dues import LOADED, roles_in
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import may_tick
from trellis.kit import clock
from trellis.kit.journal.facts import announce_many


@dataclass(frozen=True)
class TickOutcome:
    """`code`: done | undone | already | unknown (no such node) | not_yours | ended. `journeys`: where it was done."""

    code: str
    journeys: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code in {"done", "undone", "already"}


def tick(*, journey: Journey, node: str, actor: Person) -> TickOutcome:
    """Say that a node is done: by its owner, or by the academy for somebody else. Twice is once."""
    code = _refusal(journey, node, actor)
    return TickOutcome(code) if code else tick_for_many(journey_ids=[journey.pk], node=node, actor=actor)


@transaction.atomic
def tick_for_many(*, journey_ids: Collection[int], node: str, actor: Person) -> TickOutcome:
    """The same for many journeys at once, for the office; their owner's own journey is left out unless it is hers."""
    rows = Journey.objects.select_for_update(of=("self",)).filter(pk__in=journey_ids, left_at=None, completed_at=None)
    there = set(
        NodeDone.objects.filter(journey__in=rows, node=node, withdrawn_at=None).values_list("journey", flat=True)
    )
    fresh = [journey for journey in rows.order_by("pk") if journey.pk not in there]
    moment = clock.now()
    NodeDone.objects.bulk_create([NodeDone(journey=j, node=node, done_at=moment, done_by=actor) for j in fresh])
    announce_many([NodeTicked(j.person_id, j.pk, node, True) for j in fresh], actor=actor)
    return TickOutcome("done" if fresh else "already", tuple(j.pk for j in fresh))


@transaction.atomic
def untick(*, journey: Journey, node: str, actor: Person) -> TickOutcome:
    """Take a tick back; the line stays with who took it back and when."""
    if code := _refusal(journey, node, actor):
        return TickOutcome(code)
    return untick_for_many(journey_ids=[journey.pk], node=node, actor=actor)


@transaction.atomic
def untick_for_many(*, journey_ids: Collection[int], node: str, actor: Person) -> TickOutcome:
    """The undo of tick_for_many."""
    rows = NodeDone.objects.filter(journey__in=journey_ids, node=node, withdrawn_at=None).select_related("journey")
    gone = list(rows.select_for_update(of=("self",)))
    NodeDone.objects.filter(pk__in=[row.pk for row in gone]).update(withdrawn_at=clock.now(), withdrawn_by=actor)
    announce_many([NodeTicked(row.journey.person_id, row.journey_id, node, False) for row in gone], actor=actor)
    return TickOutcome("undone" if gone else "already", tuple(row.journey_id for row in gone))


def _refusal(journey: Journey, key: str, actor: Person) -> str:
    journey = Journey.objects.select_related(*LOADED).get(pk=journey.pk)
    if journey.left_at or journey.completed_at:
        return "ended"
    node = next((n for n in definition_of(journey.version).nodes if n.key == key), None)
    if node is None:
        return "unknown"
    is_own = actor.pk == journey.person_id
    academy = actor.has_perm("programmes.review", journey)
    return (
        "" if may_tick(node.owner, is_own=is_own, is_academy=academy, roles=roles_in(actor, journey)) else "not_yours"
    )
