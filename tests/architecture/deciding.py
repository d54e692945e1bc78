"""A decision of Linh's team and what came of it, a wish of hers, a need of the team, and what is required of all."""

from types import SimpleNamespace
from typing import Any

from trellis.domains.careers.models import Competency
from trellis.domains.growth.actions import delegation, skills
from trellis.domains.growth.models import Round, SkillWish
from trellis.domains.learning.actions import mandatory
from trellis.domains.learning.models import Course, Mandatory
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock


def furnish_deciding(who: SimpleNamespace, company: Any, skill: Competency) -> dict[str, Any]:
    """What stands in the places of these addresses."""
    decision = delegation.list_decision(unit=company.team, title="Who approves holidays", detail="", actor=who.linh)
    _decide(who, decision)
    need = skills.declare_need(competency=skill, unit=company.team, until=None, why="More teams", actor=who.thuy)
    course = Course.objects.create(code="fire-safety", name="Fire safety", kind="technical", pass_mark=70)
    wish = Mandatory(course=course, within_days=30, repeat_months=12, why="The law asks for it")
    required = mandatory.require_training(wanted=wish, actor=who.mai)
    return {
        "units/": (company.team.pk,),
        "decisions/": (decision.pk,),
        "wishes/": (SkillWish.objects.filter(owner=who.linh)[0].pk,),
        "needs/": (need.pk,),
        "mandatory/": (required.pk, who.linh.pk),
    }


def _decide(who: SimpleNamespace, decision: Any, *others: Person) -> None:
    """A round, its reveal, what was agreed, and a round again."""
    delegation.open_round(decision=decision, actor=who.linh)
    going = Round.objects.get(decision=decision, revealed_at=None)
    for level, person in enumerate((who.linh, who.thuy, *others), start=1):
        delegation.choose(going=going, level=level % 7 + 1, person=person)
    delegation.reveal(going=going, actor=who.thuy)
    delegation.agree(shown=going, level=3, note="", replaces=None, actor=who.thuy)
    delegation.open_round(decision=decision, actor=who.linh)


def grow_deciding(who: SimpleNamespace, company: Any, things: dict[str, Any], n: int, person: Person) -> None:
    """One more decision with its rounds, one more round of the first, a team that shows its board, and of the rest."""
    unit = Unit.objects.get(code=f"more-{n}")
    _decide(who, delegation.list_decision(unit=company.team, title=f"More {n}", detail="", actor=who.linh))
    delegation.list_decision(unit=unit, title=f"More {n}", detail="", actor=who.linh)
    delegation.show_to_all(unit=unit, is_open=True, actor=who.thuy)
    for going in Round.objects.filter(decision=things["decisions/"][0], revealed_at=None):
        for level, voter in ((1, who.thuy), (7, person)):
            delegation.choose(going=going, level=level, person=voter)
        delegation.reveal(going=going, actor=who.thuy)
        delegation.open_round(decision=going.decision, actor=who.thuy)
    skill = Competency.objects.get(code=f"more-{n}")
    skills.wish(owner=who.linh, competency=skill)
    skills.wish(owner=who.linh, words=f"More {n}")
    for place in (None, company.team):
        skills.declare_need(competency=skill, unit=place, until=None, why="More", actor=who.mai)
    wish = Mandatory(course=Course.objects.get(code="leadership"), due_on=clock.today(), within_days=None, why=f"{n}")
    wish.repeat_months = n + 1
    required = mandatory.require_training(wanted=wish, actor=who.mai)
    mandatory.exempt(mandatory=required, person=person, reason="More", until=None, actor=who.mai)
