"""Requiring a training, ending that, recording that it was done, and exempting somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from trellis.domains.learning.events import (
    Exempted,
    ExemptionEnded,
    MandatoryDeclared,
    MandatoryEnded,
    TrainingRecorded,
)
from trellis.domains.learning.models import Exemption, Mandatory, TrainingRecord
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class Settled:
    """What became of it: an empty `why` is a yes."""

    why: str = ""

    @property
    def ok(self) -> bool:
        return not self.why


@transaction.atomic
def require_training(*, wanted: Mandatory, actor: Person) -> Mandatory:
    """Require a course from now on, as the form read it; the same twice is one."""
    fields: dict[str, Any] = {
        name: getattr(wanted, name) for name in ("course", "unit", "position", "due_on", "within_days", "repeat_months")
    }
    same = Mandatory.objects.select_for_update().filter(**fields, ended_at=None).first()
    if same:
        return same
    wanted.declared_by = actor
    wanted.save()
    announce(MandatoryDeclared(wanted.pk, wanted.course_id), actor=actor)
    return wanted


@transaction.atomic
def end_training(*, mandatory: Mandatory, actor: Person) -> bool:
    """Require it no longer; what was done stays on record. False: it had ended."""
    ended = {"ended_at": clock.now(), "ended_by": actor}
    changed = Mandatory.objects.filter(pk=mandatory.pk, ended_at=None).update(**ended)
    if changed:
        announce(MandatoryEnded(mandatory.pk, mandatory.course_id), actor=actor)
    return bool(changed)


@transaction.atomic
def record_done(*, mandatory: Mandatory, person: Person, done_on: date, note: str, actor: Person) -> Settled:
    """Keep that somebody did it on a day. `oneself`: nobody records their own; `in_the_future`."""
    if person.pk == actor.pk:
        return Settled("oneself")
    if done_on > clock.today():
        return Settled("in_the_future")
    kept, is_new = TrainingRecord.objects.get_or_create(
        person=person, course=mandatory.course, done_on=done_on, defaults={"note": note, "recorded_by": actor}
    )
    if is_new:
        announce(TrainingRecorded(person.pk, mandatory.course_id, kept.pk), actor=actor)
    return Settled()


@transaction.atomic
def exempt(*, mandatory: Mandatory, person: Person, reason: str, until: date | None, actor: Person) -> Settled:
    """Require it not of this person. `oneself`; `reason_needed`. Said again it replaces what was said."""
    if person.pk == actor.pk:
        return Settled("oneself")
    if not reason.strip():
        return Settled("reason_needed")
    said = {"reason": reason.strip(), "until": until, "granted_by": actor}
    now = Exemption.objects.select_for_update().filter(mandatory=mandatory, person=person, ended_at=None)
    if now.filter(**said).exists():
        return Settled()  # sent twice
    now.update(ended_at=clock.now())
    kept = Exemption.objects.create(mandatory=mandatory, person=person, **said)
    announce(Exempted(person.pk, mandatory.pk, kept.pk), actor=actor)
    return Settled()


@transaction.atomic
def end_exemption(*, mandatory: Mandatory, person: Person, actor: Person) -> Settled:
    """Require it of this person again. `oneself`."""
    if person.pk == actor.pk:
        return Settled("oneself")
    ended = Exemption.objects.filter(mandatory=mandatory, person=person, ended_at=None).update(ended_at=clock.now())
    if ended:
        announce(ExemptionEnded(person.pk, mandatory.pk), actor=actor)
    return Settled()
