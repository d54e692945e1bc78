"""Wishing to grow in something, and saying what the company needs."""

from datetime import date

from django.db import transaction

from trellis.domains.careers.models import Competency
from trellis.domains.growth.events import NeedDeclared, NeedEnded
from trellis.domains.growth.models import SkillNeed, SkillWish
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def wish(*, owner: Person, competency: Competency | None = None, words: str = "", note: str = "") -> SkillWish:
    """Want to grow in a skill, or in something in one's own words; said again, the note is the new one.

    Nothing is announced: a wish is its owner's alone.
    """
    what = {"competency": competency} if competency else {"words": words}
    kept, is_new = SkillWish.objects.get_or_create(owner=owner, **what, defaults={"note": note})
    if not is_new and note and kept.note != note:
        kept.note = note
        kept.save(update_fields=["note"])
    return kept


def drop_wish(*, kept: SkillWish) -> None:
    """No longer want it; it is deleted for good."""
    SkillWish.objects.filter(pk=kept.pk).delete()


@transaction.atomic
def declare_need(
    *, competency: Competency, unit: Unit | None, until: date | None, why: str, actor: Person
) -> SkillNeed:
    """Say that more people who can do it would be welcome; said again of the same place it is the new word on it."""
    same = SkillNeed.objects.select_for_update().filter(competency=competency, unit=unit, ended_at=None).first()
    if same and (same.until, same.why) == (until, why):
        return same  # sent twice
    if same:
        end_need(need=same, actor=actor)
    kept = SkillNeed.objects.create(competency=competency, unit=unit, until=until, why=why, declared_by=actor)
    announce(NeedDeclared(kept.pk, competency.pk, unit.pk if unit else None), actor=actor)
    return kept


@transaction.atomic
def end_need(*, need: SkillNeed, actor: Person) -> bool:
    """It is needed no longer. False: that was said already."""
    ended = SkillNeed.objects.filter(pk=need.pk, ended_at=None).update(ended_at=clock.now(), ended_by=actor)
    if ended:
        announce(NeedEnded(need.pk, need.competency_id), actor=actor)
    return bool(ended)
