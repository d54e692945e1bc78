"""All that is a person's own in this room, or one board of it, as data that leaves. Nothing that others own."""

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from trellis.domains.growth.models import Board, Comment, Goal, KeyResult, Objective
from trellis.domains.growth.queries.outlines import outlines_of
from trellis.domains.growth.rules.outline import FORMAT, BoardOutline, to_data
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.text import plain_number


def boards_to_leave(owner: Person) -> list[BoardOutline]:
    """Every board of the person, archived ones too. A fixed number of statements."""
    return outlines_of(Board.objects.filter(owner=owner))


def goals_to_leave(owner: Person) -> list[Goal]:
    """Every goal of the person with its objectives, key results, check-ins and comments. Five statements."""
    measures = Prefetch("key_results", KeyResult.objects.prefetch_related("check_ins"))
    return list(
        Goal.objects.filter(owner=owner)
        .select_related("position")
        .prefetch_related(
            Prefetch("objectives", Objective.objects.prefetch_related(measures)),
            Prefetch("comments", Comment.objects.select_related("author")),
        )
    )


def document(boards: list[BoardOutline], goals: list[Goal] | None = None) -> dict[str, Any]:
    """The written form: boards come back by it; goals are there to be kept and read."""
    written: dict[str, Any] = {"format": FORMAT, "written_on": clock.today().isoformat()}
    written["boards"] = [to_data(board) for board in boards]
    if goals is not None:
        written["goals"] = [_goal(goal) for goal in goals]
    return written


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "title": goal.title,
        "why": goal.why,
        "by_year": goal.by_year,
        "position": goal.position.code if goal.position else None,
        "made_on": goal.made_at.date().isoformat(),
        "reached_on": goal.reached_on.isoformat() if goal.reached_on else None,
        "dropped": goal.dropped_at is not None,
        "objectives": [_objective(objective) for objective in goal.objectives.all()],
        "comments": [
            {
                "text": said.text,
                "by": "" if said.author_id == goal.owner_id else said.author.name,
                "said_at": said.said_at.isoformat(),
            }
            for said in goal.comments.all()
        ],
    }


def _objective(objective: Objective) -> dict[str, Any]:
    return {
        "title": objective.title,
        "year": objective.year,
        "dropped": objective.dropped_at is not None,
        "key_results": [_key_result(measure) for measure in objective.key_results.all()],
    }


def _key_result(measure: KeyResult) -> dict[str, Any]:
    return {
        "title": measure.title,
        "start": _number(measure.start),
        "target": _number(measure.target),
        "unit": measure.unit,
        "weight": _number(measure.weight),
        "dropped": measure.dropped_at is not None,
        "check_ins": [
            {"value": _number(said.value), "note": said.note, "said_at": said.said_at.isoformat()}
            for said in measure.check_ins.all()
        ],
    }


def _number(value: Decimal) -> str:
    """As written: a float would turn 0.1 into something else."""
    return plain_number(value)
