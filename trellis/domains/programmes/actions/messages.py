"""A message of the office to many travellers, which can be taken back until it is read or mailed."""

from __future__ import annotations

from collections.abc import Collection
from uuid import uuid4

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.times import BatchOutcome
from trellis.domains.programmes.events import MessageSent
from trellis.domains.programmes.models import Journey
from trellis.kit.journal.facts import announce_many
from trellis.kit.notices.notify import notify, take_back
from trellis.kit.text import name_in_all

LONGEST = 1000


@transaction.atomic
def write_to_many(*, journey_ids: Collection[int], message: str, actor: Person, batch: str = "") -> BatchOutcome:
    """Tell travellers something in the words of the office; the same `batch` tells them once.

    It goes out with the mail of the next morning, so that it can still be taken back today.
    """
    batch = batch or uuid4().hex
    if not message.strip():
        return BatchOutcome(batch, skipped=dict.fromkeys(journey_ids, "reason_needed"))
    journeys = list(Journey.objects.filter(pk__in=journey_ids).select_related("programme").order_by("pk"))
    for programme in {journey.programme for journey in journeys}:
        notify(
            person_ids=[j.person_id for j in journeys if j.programme_id == programme.pk],
            kind="programmes.message",
            key=f"message:{batch}",
            params={"person": actor.name, "programme": name_in_all(programme), "message": message.strip()[:LONGEST]},
            link="/journeys/",
        )
    announce_many([MessageSent(j.person_id, j.pk, batch) for j in journeys], actor=actor)
    return BatchOutcome(batch, tuple(journey.pk for journey in journeys))


@transaction.atomic
def take_back_message(*, batch: str, actor: Person) -> int:
    """Take a message back from those who have neither read it nor been mailed; returns from how many."""
    return take_back(kind="programmes.message", key=f"message:{batch}") if batch else 0
