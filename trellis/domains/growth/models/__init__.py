"""Goals (goals.py), boards (boards.py), who may read them (sharing.py), what is offered (offers.py).

And who decides what in a team (delegation.py), what one wants to grow in and what is needed (skills.py).
"""

from trellis.domains.growth.models.boards import Board, BoardAct, Card, ChecklistItem, Column, Label
from trellis.domains.growth.models.bringing import BoardImport
from trellis.domains.growth.models.delegation import Agreed, Choice, Decision, OpenDecisions, Round
from trellis.domains.growth.models.finding import Finding
from trellis.domains.growth.models.goals import CheckIn, Goal, KeyResult, Objective, TargetChange
from trellis.domains.growth.models.offers import DevelopmentOffer
from trellis.domains.growth.models.sharing import Comment, Share
from trellis.domains.growth.models.skills import SkillNeed, SkillWish

__all__ = [
    "Agreed",
    "Board",
    "BoardAct",
    "BoardImport",
    "Card",
    "CheckIn",
    "ChecklistItem",
    "Choice",
    "Column",
    "Comment",
    "Decision",
    "DevelopmentOffer",
    "Finding",
    "Goal",
    "KeyResult",
    "Label",
    "Objective",
    "OpenDecisions",
    "Round",
    "Share",
    "SkillNeed",
    "SkillWish",
    "TargetChange",
]
