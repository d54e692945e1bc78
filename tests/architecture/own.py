"""What is Linh's own, with a word in it that nobody else may come to read; a board and a goal are shared with Minh."""

from types import SimpleNamespace
from typing import Any

from tests.architecture.meetings import furnish_meeting
from trellis.domains.growth.actions import offers, sharing
from trellis.domains.growth.models import (
    Board,
    BoardAct,
    BoardImport,
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
    TargetChange,
)
from trellis.domains.mentoring.models import Mentorship, Reason
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.files.keep import keep

OWN = "kq000 vqzx000"  # what is looked for by its first half, and found by its second
BESIDE = "kq999 vqzx999"  # stands in what is not shared, though something that is shared leads to it


def furnish_own(who: SimpleNamespace, company: Any) -> dict[str, Any]:
    """One of everything that is private, and what stands in the places of its addresses."""
    goal = Goal.objects.create(owner=who.linh, title=OWN, why=OWN, position=company.team_leader)
    objective = Objective.objects.create(goal=goal, title=OWN, year=clock.today().year)
    number = KeyResult.objects.create(objective=objective, title=OWN, start=0, target=10, unit=OWN)
    CheckIn.objects.create(key_result=number, value=3, note=OWN)
    board = Board.objects.create(owner=who.linh, name=OWN)
    column = Column.objects.create(board=board, name=OWN, rank="5")
    label = Label.objects.create(board=board, name=OWN)
    card = Card.objects.create(column=column, rank="5", title=OWN, notes=OWN, goal=goal, due_on=clock.today())
    card.labels.add(label)
    step = ChecklistItem.objects.create(card=card, text=OWN, rank="5")
    act = BoardAct.objects.create(
        board=board, card=card, kind="edited", key="k", before={"title": OWN}, after={"title": OWN}
    )
    kept = keep(content=OWN.encode(), name="boards.json", owner=who.linh)
    brought = BoardImport.objects.create(owner=who.linh, file=kept, sha256="x", source="trello")
    Finding.objects.create(person=who.linh, energy=OWN, asked=OWN, admire=OWN, company=OWN, wish=OWN)
    SkillWish.objects.create(owner=who.linh, words=OWN, note=OWN)
    for thing in (board, goal):
        given = sharing.share(thing=thing, reader=who.minh, may_comment=True, actor=who.linh).share
    assert given is not None
    comment = sharing.say(on=goal, text=OWN, author=who.linh, key="1")
    assert comment
    sharing.say(on=card, text=OWN, author=who.minh, key="2")
    offer = DevelopmentOffer.objects.create(
        person=who.linh, offered_by=who.thuy, kind="words", words=OWN, until=clock.today()
    )
    mentorship = Mentorship.objects.create(
        mentee=who.linh, mentor=who.minh, state="in_force", began_on=clock.today(), message=OWN, answer=OWN
    )
    Reason.objects.create(person=who.linh, mentorship=mentorship, text=OWN)
    return {
        **furnish_meeting(who, mentorship, OWN),
        "mentorships/": (mentorship.pk,),
        "mentors/": (who.minh.pk,),
        "shared/": (given.pk,),
        "boards/imports/": (brought.pk,),
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


def furnish_beside(who: SimpleNamespace, things: dict[str, Any]) -> None:
    """What hangs on what Minh may read and is not his to read: links to and from it, and what was put away."""
    goal = Goal.objects.create(owner=who.linh, title=BESIDE, why=BESIDE)
    objective = Objective.objects.create(goal=goal, title=BESIDE, year=clock.today().year)
    number = KeyResult.objects.create(objective=objective, title=BESIDE, target=10)
    shown = Column.objects.get(pk=things["columns/"][0])
    for tied in ({"goal": goal}, {"key_result": number}, {"goal": goal, "key_result": number}):
        Card.objects.create(column=shown, rank="6", title="Tied to a goal", **tied)
    board = Board.objects.create(owner=who.linh, name=BESIDE)
    column = Column.objects.create(board=board, name=BESIDE, rank="5")
    shared_goal, shared_number = things["goals/<"][0], things["key-results/"][0]
    Card.objects.create(column=column, rank="5", title=BESIDE, goal_id=shared_goal)
    Card.objects.create(column=column, rank="6", title=BESIDE, goal_id=shared_goal, key_result_id=shared_number)
    away = Column.objects.create(board_id=things["boards/"][0], name=BESIDE, rank="7", archived_at=clock.now())
    for place in (shown, away):
        card = Card.objects.create(column=place, rank="9", title=BESIDE, notes=BESIDE, archived_at=clock.now())
        sharing.say(on=card, text=BESIDE, author=who.linh, key=f"beside-{card.pk}")
    let_go = Objective.objects.create(
        goal_id=shared_goal, title=BESIDE, year=clock.today().year, dropped_at=clock.now()
    )
    KeyResult.objects.create(objective=let_go, title=BESIDE, target=1)


def grow_own(who: SimpleNamespace, things: dict[str, Any], n: int) -> None:
    """One more board of Linh's, and on the first one more column, and cards with a label, a step and a word on them."""
    board = Board.objects.get(pk=things["boards/"][0])
    for away in (None, clock.now()):
        other = Board.objects.create(owner=who.linh, name=f"More {n}", archived_at=away)
        column = Column.objects.create(board=board, name=f"More {n}", rank=f"5{n:02}5", archived_at=away)
        label = Label.objects.create(board=board, name=f"More {n} {away is None}")
        for place in (column, Column.objects.create(board=other, name="More", rank="5")):
            card = Card.objects.create(
                column=place, rank="5", title=f"More {n}", due_on=clock.today(), archived_at=away
            )
            card.labels.add(label)
            ChecklistItem.objects.create(card=card, text="More", rank="5")
            sharing.say(on=card, text="More", author=who.linh, key=f"{n}-{card.pk}")
    first = Column.objects.get(pk=things["columns/"][0])
    Card.objects.create(column=first, rank=f"6{n:02}5", title=f"More {n}", due_on=clock.today())
    Card.objects.create(column=first, rank=f"7{n:02}5", title=f"More {n}", archived_at=clock.now())


def grow_goals(who: SimpleNamespace, things: dict[str, Any], n: int) -> None:
    """One more goal of Linh's and of Dung's, who shows it as an example; and more of everything on Linh's first."""
    Goal.objects.create(owner=who.dung, title=f"More {n}", example_since=clock.now())
    first = Goal.objects.get(pk=things["goals/<"][0])
    number = KeyResult.objects.get(pk=things["key-results/"][0])
    column = Column.objects.get(pk=things["columns/"][0])
    for goal in (first, Goal.objects.create(owner=who.linh, title=f"More {n}")):
        objective = Objective.objects.create(goal=goal, title=f"More {n}", year=clock.today().year)
        result = KeyResult.objects.create(objective=objective, title=f"More {n}", target=n + 1)
        Card.objects.create(column=column, rank=f"8{n:02}5", title="More", goal=goal, key_result=result)
    CheckIn.objects.create(key_result=number, value=n)
    TargetChange.objects.create(key_result=number, start=0, target=n + 1)


def grow_trust(who: SimpleNamespace, things: dict[str, Any], n: int, person: Person) -> None:
    """One more who reads Linh's board and goal and said something to both, one more goal shared with her, one offer."""
    board, goal = Board.objects.get(pk=things["boards/"][0]), Goal.objects.get(pk=things["goals/<"][0])
    for thing in (board, goal):
        sharing.share(thing=thing, reader=person, may_comment=True, actor=who.linh)
    for on in (goal, Card.objects.get(pk=things["cards/"][0])):
        sharing.say(on=on, text="Well done", author=person, key=f"{on._meta.model_name}-{n}")
    theirs = Goal.objects.create(owner=person, title=f"More {n}")
    sharing.share(thing=theirs, reader=who.linh, may_comment=True, actor=person)
    made = DevelopmentOffer.objects.create(
        person=who.linh, offered_by=who.thuy, kind="words", words=f"{n}", until=clock.today()
    )
    if n % 2:
        offers.take_up(made=made)
