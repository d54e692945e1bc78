"""Rooms, and who works when: what planning looks at."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from trellis.domains.people.models import Person
from trellis.domains.sessions.events import PutOnShift, RoomSaved, ShiftSaved
from trellis.domains.sessions.models import OnShift, Room, Session, Shift
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many


@transaction.atomic
def save_room(*, room: Room, actor: Person) -> Room:
    """Write a room, new or changed."""
    is_new = room.pk is None
    room.save()
    announce(RoomSaved(room.pk, is_new, room.retired_on is None), actor=actor)
    return room


@transaction.atomic
def retire_room(*, room: Room, actor: Person) -> int:
    """Take a room out of use from today on; 0: done. Else how many sessions still are to take place in it, and
    nothing is changed."""
    held = Room.objects.select_for_update().get(pk=room.pk)
    ahead = Session.objects.filter(room=held, cancelled_at=None, ends_at__gt=clock.now()).count()
    if not ahead and held.retired_on is None:
        held.retired_on = clock.today()
        save_room(room=held, actor=actor)
    return ahead


def reopen_room(*, room: Room, actor: Person) -> Room:
    """Use it again."""
    room.retired_on = None
    return save_room(room=room, actor=actor)


@transaction.atomic
def save_shift(*, shift: Shift, actor: Person) -> Shift:
    """Write a shift, new or changed."""
    is_new = shift.pk is None
    shift.save()
    announce(ShiftSaved(shift.pk, is_new), actor=actor)
    return shift


@transaction.atomic
def put_on_shift(*, shift: Shift | None, person_ids: Collection[int], actor: Person, on: date | None = None) -> int:
    """From the day on (today when not said) these people work the shift, and no other; None: none that is known.

    Returns for how many that is new.
    """
    day, wanted = on or clock.today(), shift.pk if shift else None
    everybody = Person.objects.get_queryset().select_for_update(no_key=True).filter(pk__in=person_ids).order_by("pk")
    people = list(everybody.values_list("pk", flat=True))
    there = dict(OnShift.objects.filter(person__in=people, ended_on=None).values_list("person_id", "shift_id"))
    new = [pk for pk in people if there.get(pk) != wanted]
    before = OnShift.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), person__in=new)
    before.filter(began_on__gte=day).delete()
    before.update(ended_on=day - timedelta(days=1))
    if shift:
        OnShift.objects.bulk_create([OnShift(shift=shift, person_id=pk, began_on=day) for pk in new])
    announce_many([PutOnShift(pk, wanted) for pk in new], actor=actor)
    return len(new)
