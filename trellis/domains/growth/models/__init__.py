"""Goals and their numbers (goals.py), boards (boards.py), who may read them (sharing.py), what is offered (offers.py)."""

from trellis.domains.growth.models.boards import Board, BoardAct, Card, ChecklistItem, Column, Label
from trellis.domains.growth.models.goals import CheckIn, Goal, KeyResult, Objective
from trellis.domains.growth.models.offers import DevelopmentOffer
from trellis.domains.growth.models.sharing import Comment, Share

__all__ = [
    "Board",
    "BoardAct",
    "Card",
    "CheckIn",
    "ChecklistItem",
    "Column",
    "Comment",
    "DevelopmentOffer",
    "Goal",
    "KeyResult",
    "Label",
    "Objective",
    "Share",
]
