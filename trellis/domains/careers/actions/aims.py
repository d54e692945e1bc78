"""The position somebody wants to step to: theirs alone to set and to drop."""

from django.db import transaction

from trellis.domains.careers.events import AimDropped, AimSet
from trellis.domains.careers.models import Aim
from trellis.domains.people.models import Person, Position
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def set_aim(*, person: Person, position: Position) -> Aim:
    """Aim for the position from now on; an earlier aim ends and stays in the history. The same aim twice is one."""
    Person.objects.select_for_update().get(pk=person.pk)  # two clicks at once wait for each other here
    aim = Aim.objects.filter(person=person, dropped_at=None).first()
    if aim and aim.position_id == position.pk:
        return aim
    if aim:
        _end(aim)
    aim = Aim.objects.create(person=person, position=position)
    announce(AimSet(person=person.pk, position=position.pk), actor=person)
    return aim


@transaction.atomic
def drop_aim(*, person: Person) -> bool:
    """Have no aim any more. False when there was none."""
    aim = Aim.objects.select_for_update().filter(person=person, dropped_at=None).first()
    if aim is None:
        return False
    _end(aim)
    announce(AimDropped(person=person.pk, position=aim.position_id), actor=person)
    return True


def _end(aim: Aim) -> None:
    aim.dropped_at = clock.now()
    aim.save(update_fields=["dropped_at"])
