"""Who works when, for many people at once, and the way back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from trellis.domains.people.models import Person
from trellis.domains.sessions.events import PutOnShift, ShiftSaved
from trellis.domains.sessions.models import OnShift, Shift
from trellis.kit.journal.facts import announce_many

Rows = list[list[Any]]  # shift, first day, last day (None: still), as JSON keeps them


@dataclass(frozen=True)
class Stint:
    """From a day to a day (the last one included; None: until further notice) on the shift of this name."""

    shift: str
    began_on: date
    ended_on: date | None = None


@transaction.atomic
def write_roster(
    *, opened: Sequence[Shift], stints: Mapping[int, Sequence[Stint]], shifts: Mapping[str, int], actor: Person
) -> dict[str, Any]:
    """Open the new shifts, and from the first day of each person's stints on let these say who works when.

    `shifts`: name to id of those that are there. Returns a ledger for `undo_roster`.
    """
    at = dict(shifts)
    for shift in opened:
        shift.save()
        at[shift.name] = shift.pk
    announce_many([ShiftSaved(shift.pk, True) for shift in opened], actor=actor)
    _hold(stints)
    before = _rows_of(stints)
    for person, own in stints.items():
        first = min(stint.began_on for stint in own)
        ahead = OnShift.objects.filter(Q(ended_on=None) | Q(ended_on__gte=first), person=person)
        ahead.filter(began_on__gte=first).delete()
        ahead.update(ended_on=first - timedelta(days=1))
    OnShift.objects.bulk_create(
        [
            OnShift(person_id=person, shift_id=at[stint.shift], began_on=stint.began_on, ended_on=stint.ended_on)
            for person, own in stints.items()
            for stint in own
        ],
        batch_size=500,
    )
    announce_many([PutOnShift(person, at[own[-1].shift]) for person, own in stints.items()], actor=actor)
    after = _rows_of(stints)
    return {
        "opened": [shift.pk for shift in opened],
        "people": {str(person): [before.get(person, []), after.get(person, [])] for person in stints},
    }


@transaction.atomic
def undo_roster(*, ledger: Mapping[str, Any], actor: Person) -> list[int]:
    """Put everybody back on what they worked before. Somebody changed since stands in the way: then nothing is done,
    and their ids are returned. A shift that was opened goes too, unless somebody else works it meanwhile."""
    people = {int(person): rows for person, rows in ledger["people"].items()}
    _hold(people)
    there = _rows_of(people)
    if changed := [person for person, (_before, after) in people.items() if there.get(person, []) != after]:
        return changed
    for chunk in _chunks(list(people)):
        OnShift.objects.filter(person__in=chunk).delete()
    OnShift.objects.bulk_create(
        [
            OnShift(
                person_id=person,
                shift_id=shift,
                began_on=date.fromisoformat(began),
                ended_on=date.fromisoformat(ended) if ended else None,
            )
            for person, (before, _after) in people.items()
            for shift, began, ended in before
        ],
        batch_size=500,
    )
    announce_many(
        [PutOnShift(person, before[-1][0] if before else None) for person, (before, _after) in people.items()],
        actor=actor,
    )
    Shift.objects.filter(pk__in=ledger["opened"], people=None).delete()
    return []


def _hold(person_ids: Iterable[int]) -> None:
    for chunk in _chunks(sorted(person_ids)):
        people = Person.objects.get_queryset().select_for_update(no_key=True).filter(pk__in=chunk)
        list(people.order_by("pk").values_list("pk"))


def _rows_of(person_ids: Iterable[int]) -> dict[int, Rows]:
    found: dict[int, Rows] = {}
    for chunk in _chunks(list(person_ids)):
        rows = OnShift.objects.filter(person__in=chunk).order_by("began_on", "id")
        for person, shift, began, ended in rows.values_list("person_id", "shift_id", "began_on", "ended_on"):
            found.setdefault(person, []).append([shift, began.isoformat(), ended and ended.isoformat()])
    return found


def _chunks(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[n : n + size] for n in range(0, len(ids), size))
