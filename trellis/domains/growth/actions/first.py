"""From a wish to a week in one form: goal, objective, key result, and the first cards on one's board."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.actions.goals import Wish, set_goal
from trellis.domains.growth.actions.key_results import Measure, set_key_result, set_objective
from trellis.domains.growth.models import Goal
from trellis.domains.people.models import Person


@transaction.atomic
def begin(
    *, wish: Wish, objective: str, year: int, measure: Measure | None, steps: Sequence[str], once: UUID, actor: Person
) -> Goal:
    """Write down a first goal with what comes of it. The same form sent twice, even at once, gives one of each."""
    goal = set_goal(wish=wish, once=once, actor=actor)
    result = None
    if objective:
        meant = set_objective(goal=goal, title=objective, year=year, once=once, actor=actor)
        result = measure and set_key_result(objective=meant, measure=measure, once=once, actor=actor)
    for number, title in enumerate(steps):
        put_on_my_board(owner=actor, title=title, goal=goal, key_result=result, origin=f"first:{once}:{number}")
    return goal
