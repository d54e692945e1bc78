"""Answers of somebody who looks for a goal: kept as they come, changed and left as they like."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from trellis.domains.growth.actions.goals import Wish, set_goal
from trellis.domains.growth.models import Finding, Goal
from trellis.domains.growth.rules.finding import QUESTIONS, STEPS
from trellis.domains.people.models import Person, Position
from trellis.kit import clock


def begin(*, actor: Person) -> Finding:
    """Where the person is on the way; they begin when they have not yet."""
    finding, _is_new = Finding.objects.get_or_create(person=actor)
    return finding


def answer(*, question: str, words: str, actor: Person) -> None:
    """Keep what was said to one of QUESTIONS; nothing is an answer too."""
    if question not in QUESTIONS:
        raise ValueError(question)
    Finding.objects.filter(person=actor).update(**{question: words})


@transaction.atomic
def like_skills(*, skills: Collection[int], actor: Person) -> None:
    """Keep what the person would like to do more of."""
    Finding.objects.select_for_update().get(person=actor).skills.set(skills)


def choose_position(*, position: Position | None, actor: Person) -> None:
    """Keep the position that appeals to them, or that none does."""
    Finding.objects.filter(person=actor).update(position=position)


def take_wish(*, wish: str, actor: Person) -> None:
    """Keep the sentence so far."""
    Finding.objects.filter(person=actor).update(wish=wish)


def go_on(*, step: str, actor: Person) -> None:
    """Remember where to go on; who goes on has not left."""
    Finding.objects.filter(person=actor).update(step=step, left_at=None)


def leave(*, actor: Person) -> None:
    """They need no guide; what they answered stays theirs, for later."""
    Finding.objects.filter(person=actor).update(left_at=clock.now())


def forget(*, actor: Person) -> None:
    """Delete the answers for good."""
    Finding.objects.filter(person=actor).delete()


@transaction.atomic
def end_in_goal(*, wish: Wish, once: UUID, actor: Person) -> Goal:
    """Make a goal of it. The answers are no part of it unless the person put them into the words."""
    goal = set_goal(wish=wish, once=once, actor=actor)
    Finding.objects.filter(person=actor).update(goal=goal, wish=wish.title, step=STEPS[-1])
    return goal
