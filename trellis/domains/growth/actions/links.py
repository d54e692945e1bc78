"""What a card belongs to: a goal or a key result of its owner, something of the growth map, a course."""

from typing import Any

from django.db import transaction
from django.db.models import F

from trellis.domains.growth.actions.acts import count, hold_card
from trellis.domains.growth.models import Card, Goal, KeyResult
from trellis.kit import clock

FIELDS = ("goal", "key_result", "position", "competency", "course")


@transaction.atomic
def link_card(*, card: Card, field: str, thing: Any) -> bool:
    """Tie the card to the thing, or untie it (None). Refused: a goal of somebody else; a card deleted meanwhile."""
    if field not in FIELDS:
        raise ValueError(f"a card has no link called {field}")
    held = hold_card(card)
    if held is None:
        return False
    board = held[0]
    if _owner_of(thing) not in (None, board.owner_id):
        return False
    values: dict[str, Any] = {field: thing}
    if field == "key_result" and thing:
        values["goal"] = thing.objective.goal
    Card.objects.filter(pk=card.pk).update(**values, changed_at=clock.now(), revision=F("revision") + 1)
    count(board)
    return True


def _owner_of(thing: Any) -> int | None:
    if isinstance(thing, KeyResult):
        return thing.objective.goal.owner_id
    return thing.owner_id if isinstance(thing, Goal) else None
