"""Setting, changing, reaching and letting go of a goal; showing it as an example."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from trellis.domains.growth.models import Goal
from trellis.domains.people.models import Person, Position
from trellis.kit import clock


@dataclass(frozen=True)
class Wish:
    """What a goal says."""

    title: str
    why: str = ""
    by_year: int | None = None
    position: Position | None = None


@dataclass(frozen=True)
class Kept:
    """Whether a change was kept. When not, another device was quicker: `revision` is what there is now."""

    ok: bool
    revision: int


def set_goal(*, wish: Wish, once: UUID, actor: Person) -> Goal:
    """Write down a goal of one's own. The same form sent twice gives one goal."""
    said = {"title": wish.title, "why": wish.why, "by_year": wish.by_year, "position": wish.position}
    goal, _is_new = Goal.objects.get_or_create(owner=actor, once=once, defaults=said)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, wish: Wish, revision: int, actor: Person) -> Kept:
    """Say it in other words, unless it was changed since the revision that the person saw."""
    now = Goal.objects.select_for_update().get(pk=goal.pk, owner=actor)
    if now.revision != revision:
        return Kept(False, now.revision)
    now.title, now.why, now.by_year, now.position = wish.title, wish.why, wish.by_year, wish.position
    now.revision += 1
    now.save()
    return Kept(True, now.revision)


def reach(*, goal: Goal, actor: Person) -> None:
    """It is reached, from today; said twice, the first day stands."""
    Goal.objects.filter(pk=goal.pk, owner=actor, reached_on=None).update(reached_on=clock.today(), dropped_at=None)


def drop(*, goal: Goal, actor: Person) -> None:
    """Let it go: out of the way, and nothing of it lost. As an example it is shown no more."""
    Goal.objects.filter(pk=goal.pk, owner=actor, dropped_at=None).update(dropped_at=clock.now(), example_since=None)


def bring_back(*, goal: Goal, actor: Person) -> None:
    """It is on the way again, as it was."""
    Goal.objects.filter(pk=goal.pk, owner=actor).update(dropped_at=None, reached_on=None)


def show_as_example(*, goal: Goal, shown: bool, actor: Person) -> None:
    """Show its sentence, without the name, to those who look for a goal; or no more."""
    of = Goal.objects.filter(pk=goal.pk, owner=actor, dropped_at=None)
    if shown:
        of.filter(example_since=None).update(example_since=clock.now())
    else:
        of.update(example_since=None)
