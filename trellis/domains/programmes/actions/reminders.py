"""Reminding the owners of nodes: before a date, the day after, then weekly, in one notice a person a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation

from trellis.domains.programmes.models import Reminded
from trellis.domains.programmes.queries.dues import Due, open_nodes, owners_of, under_way
from trellis.domains.programmes.queries.journey import text_of
from trellis.domains.programmes.rules import moment_of
from trellis.domains.programmes.wording_time import Item, reminder
from trellis.kit import clock
from trellis.kit.notices.notify import notify

AT_ONCE = 500  # journeys that are looked at together


def remind() -> int:
    """Remind everybody who has something due; returns how many people.

    What was said once at a moment is not said again: run twice, killed in the middle or not run for days, each owner
    hears of each node once for each moment that is reached, and not of moments that went by unnoticed.
    """
    today = clock.today()
    ids = list(under_way().order_by("pk").values_list("pk", flat=True))
    said: dict[int, list[tuple[Due, str]]] = defaultdict(list)
    for at in range(0, len(ids), AT_ONCE):
        for owner, rows in _due_now(ids[at : at + AT_ONCE], today).items():
            said[owner] += rows
    # Somebody who heard today hears of the rest tomorrow.
    heard = set(Reminded.objects.filter(reminded_on=today).values_list("owner_id", flat=True))
    for owner in sorted(said.keys() - heard):
        _say(owner, said[owner], today)
    return len(said.keys() - heard)


def _due_now(ids: list[int], today: date) -> dict[int, list[tuple[Due, str]]]:
    """Owner -> what to remind of now, with the moment; what they were reminded of at that moment is left out."""
    journeys = list(under_way().filter(pk__in=ids))
    owners = owners_of(journeys)
    rows = Reminded.objects.filter(journey__in=ids).values_list("journey_id", "node", "owner_id", "moment")
    before = set(rows)
    found: dict[int, list[tuple[Due, str]]] = defaultdict(list)
    for due in open_nodes(journeys, today):
        moment = moment_of(due.standing.due, on=today) if due.standing.due else ""
        if not moment:
            continue
        for owner in owners.of(due.journey, due.standing.node.owner):
            if (due.journey.pk, due.standing.node.key, owner, moment) not in before:
                found[owner].append((due, moment))
    return found


@transaction.atomic
def _say(owner: int, rows: list[tuple[Due, str]], today: date) -> None:
    """One notice with all of it, and a note of each, together or not at all."""
    Reminded.objects.bulk_create(
        [
            Reminded(journey=due.journey, node=due.standing.node.key, owner_id=owner, moment=moment, reminded_on=today)
            for due, moment in rows
        ],
        ignore_conflicts=True,
    )
    own = [due for due, _moment in rows if due.journey.person_id == owner]
    notify(
        person_ids=[owner],
        kind="programmes.due",
        key=f"due:{today.isoformat()}",
        params={"what": _in_all_languages(owner, [due for due, _moment in rows])},
        link=f"/journeys/{own[0].journey.pk}/" if len(own) == len(rows) else "/due/",
    )


def _in_all_languages(owner: int, dues: list[Due]) -> dict[str, str]:
    """The same list in every language of the house; the notice is read in one of them."""
    grouped: dict[tuple[str, date], list[Due]] = defaultdict(list)
    for due in sorted(dues, key=lambda each: each.standing.due or date.max):
        grouped[due.standing.node.key, due.standing.due or date.max].append(due)
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = reminder(
                [
                    Item(
                        text_of(same[0].standing.node.name),
                        day,
                        tuple(due.journey.person.name for due in same if due.journey.person_id != owner),
                    )
                    for (_key, day), same in grouped.items()
                ]
            )
    return found
