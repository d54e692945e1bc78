"""What is Linh's own, with a word in it that nobody else may come to read; a board and a goal are shared with Minh."""

from types import SimpleNamespace
from typing import Any

from trellis.domains.growth.actions import sharing
from trellis.domains.growth.models import (
    Board,
    BoardAct,
    Card,
    CheckIn,
    ChecklistItem,
    Column,
    DevelopmentOffer,
    Finding,
    Goal,
    KeyResult,
    Label,
    Objective,
    SkillWish,
)
from trellis.kit import clock

OWN = "kq000 vz000"  # what is looked for by its first half, and found by its second


def furnish_own(who: SimpleNamespace, company: Any) -> dict[str, Any]:
    """One of everything that is private, and what stands in the places of its addresses."""
    goal = Goal.objects.create(owner=who.linh, title=OWN, why=OWN, position=company.team_leader)
    objective = Objective.objects.create(goal=goal, title=OWN, year=clock.today().year)
    number = KeyResult.objects.create(objective=objective, title=OWN, start=0, target=10, unit=OWN)
    CheckIn.objects.create(key_result=number, value=3, note=OWN)
    board = Board.objects.create(owner=who.linh, name=OWN)
    column = Column.objects.create(board=board, name=OWN, rank="a")
    label = Label.objects.create(board=board, name=OWN)
    card = Card.objects.create(column=column, rank="a", title=OWN, notes=OWN, goal=goal, due_on=clock.today())
    card.labels.add(label)
    step = ChecklistItem.objects.create(card=card, text=OWN, rank="a")
    act = BoardAct.objects.create(
        board=board, card=card, kind="edited", key="k", before={"title": OWN}, after={"title": OWN}
    )
    Finding.objects.create(person=who.linh, energy=OWN, asked=OWN, admire=OWN, company=OWN, wish=OWN)
    SkillWish.objects.create(owner=who.linh, words=OWN, note=OWN)
    for thing in (board, goal):
        given = sharing.share(thing=thing, reader=who.minh, may_comment=True, actor=who.linh).share
    assert given is not None
    comment = sharing.say(on=goal, text=OWN, author=who.linh, key="1")
    sharing.say(on=card, text=OWN, author=who.minh, key="2")
    offer = DevelopmentOffer.objects.create(
        person=who.linh, offered_by=who.thuy, kind="words", words=OWN, until=clock.today()
    )
    return {
        "shared/": (given.pk,),
        "boards/": (board.pk, act.pk),
        "goals/<": (goal.pk,),
        "cards/": (card.pk,),
        "comments/": (comment.pk,),
        "development-offers/<": (offer.pk,),
        "objectives/": (objective.pk,),
        "key-results/": (number.pk,),
        "columns/": (column.pk,),
        "labels/": (label.pk,),
        "steps/": (step.pk,),
    }
