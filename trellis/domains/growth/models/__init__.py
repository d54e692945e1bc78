"""Goals and their numbers (goals.py), boards (boards.py), who may read them (sharing.py)."""

from trellis.domains.growth.models.boards import Board, Card, ChecklistItem, Column, Label
from trellis.domains.growth.models.goals import CheckIn, Goal, KeyResult, Objective
from trellis.domains.growth.models.sharing import Comment, Share

__all__ = [
    "Board",
    "Card",
    "CheckIn",
    "ChecklistItem",
    "Column",
    "Comment",
    "Goal",
    "KeyResult",
    "Label",
    "Objective",
    "Share",
]
