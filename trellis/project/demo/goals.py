"""What people want to become: Linh's goal with a year of check-ins, some of the cast, and forty colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import translation

from trellis.domains.growth.actions import first, goals, key_results
from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.actions.goals import Wish
from trellis.domains.growth.actions.key_results import Look, Measure
from trellis.domains.growth.models import CheckIn, KeyResult
from trellis.domains.people.models import Person, Position
from trellis.kit import clock

COLLEAGUES = 40


@dataclass(frozen=True)
class Number:
    """A key result, what was told of it from check-in to check-in, and the cards that belong to it."""

    title: str
    start: str
    target: str
    unit: str = ""
    weight: str = "1"
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        return Measure(self.title, Decimal(self.start), Decimal(self.target), self.unit, Decimal(self.weight))


@dataclass(frozen=True)
class Life:
    """A goal of one of the cast, and what it means this year."""

    key: str
    wish: str
    why: str
    position: str
    objective: str
    numbers: tuple[Number, ...]
    years: int = 3
    is_example: bool = False
    language: str = "en"


CAST_GOALS = (
    Life(
        "linh",
        "become a team leader people like to work with",
        "I came here as the quiet one. When **Thúy** was away in autumn I ran the team and went home awake.\n\n"
        "- I like it when somebody gets better because of something I said\n- I want the morning to be calm",
        "team-leader",
        "Lead a small team well for a quarter",
        (
            Number(
                "Morning rounds I have led",
                "0",
                "12",
                "rounds",
                "2",
                ("1", "3", "4", "6"),
                ("The first one. My hands shook.", "", "Shorter, and people asked more.", ""),
                ("Ask Thúy for every second Monday", "Write down what I ask in a round"),
            ),
            Number(
                "Pictures sent back of those I looked over",
                "14",
                "5",
                "%",
                "1",
                ("13", "11", "9.5"),
                ("", "Skin tones are what comes back.", ""),
                ("A page of examples for skin tones",),
            ),
            Number(
                "Talks with each of the team",
                "0",
                "8",
                "talks",
                "1",
                ("0", "2", "3"),
                ("", "Nam was glad to be asked.", ""),
                ("Talk with Nam about his next step",),
            ),
        ),
        is_example=True,
    ),
    Life(
        "linh",
        "speak English without looking for words",
        "",
        "",
        "Explain a picture to a customer by phone",
        (Number("Calls in English", "0", "10", "calls", "1", ("2", "3"), ("", "Slow, but they understood.")),),
        years=2,
    ),
    Life(
        "nam",
        "teach others what I know about colour",
        "People come to me with skin tones anyway.",
        "technical-trainer",
        "Give my first lesson",
        (
            Number(
                "Lessons prepared", "0", "4", "lessons", "1", ("1", "1", "2"), (), ("Film my screen while I correct",)
            ),
            Number("Colleagues who can do it alone", "0", "3", "people", "1", ("0", "1")),
        ),
        years=4,
        is_example=True,
    ),
    Life(
        "thuy",
        "run a shift that runs without me",
        "",
        "shift-manager",
        "Two of my team can stand in for me",
        (
            Number("Days I was away and nothing waited", "0", "10", "days", "1", ("1", "2", "4", "5")),
            Number("Things only I can decide", "11", "4", "", "1", ("9", "8"), ("", "The delegation board helps.")),
        ),
    ),
    Life(
        "xiaoyu",
        "成为让客户放心的客服专家",
        "第一次独立解决客户的问题时，我特别开心。",
        "",
        "第一年独立处理常见问题",
        (
            Number(
                "独立处理的案例",
                "0",
                "60",
                "个",
                "1",
                ("8", "19", "31"),
                ("", "退换货的流程熟了。", ""),
                ("整理十个典型案例",),
            ),
            Number("需要师傅帮忙的比例", "80", "20", "%", "1", ("70", "55")),
        ),
        is_example=True,
        language="zh-hans",
    ),
)
# Of colleagues: wish, this year, key result, start, target, unit.
OTHERS = (
    ("retouch portraits nobody can tell were retouched", "Master skin", "Portraits accepted at once", 40, 80, "%"),
    ("be a performance expert", "Our slowest export is fast", "Minutes the export takes", 18, 6, "minutes"),
    ("lead a quality team", "Find causes, not culprits", "Causes found and ended", 0, 12, "causes"),
    ("know every customer of mine by name", "Visit those I only write to", "Visits", 0, 9, "visits"),
    ("write so that nobody has to ask back", "Handovers without questions", "Questions asked back", 10, 2, "a week"),
    ("plan a whole production day", "Plan one line", "Days that went as planned", 0, 30, "days"),
    ("speak before fifty people", "Speak before ten", "Talks given", 0, 5, "talks"),
    ("train new editors", "Two new editors on their own", "Weeks until alone", 8, 4, "weeks"),
    ("understand what our pictures cost", "Read the figures of my team", "Months read and discussed", 0, 12, "months"),
    ("work four days and earn the same", "Do in four days what takes five", "Orders a day", 22, 28, "orders"),
)


def want_things(cast: dict[str, Person], until: date) -> str:
    """Goals, numbers and check-ins since January; says what it did."""
    for life in CAST_GOALS:
        with translation.override(life.language):
            _live(life, cast[life.key], until)
    return f"{_colleagues(cast, until)} people have a goal"


def _live(life: Life, person: Person, until: date) -> None:
    begun = _day(until, 1 + max(len(number.told) for number in life.numbers))
    with clock.moved(to=begun):
        position = Position.objects.filter(code=life.position).first()
        wish = Wish(life.wish, life.why, until.year + life.years, position)
        once, main = uuid4(), life.numbers[0]
        goal = first.begin(
            wish=wish,
            objective=life.objective,
            year=until.year,
            measure=main.measure,
            steps=main.cards,
            once=once,
            actor=person,
        )
        objective = goal.objectives.get()
        results = [objective.key_results.get()]
        for number in life.numbers[1:]:
            results.append(
                key_results.set_key_result(objective=objective, measure=number.measure, once=uuid4(), actor=person)
            )
            for title in number.cards:
                put_on_my_board(owner=person, title=title, goal=goal, key_result=results[-1])
        goals.show_as_example(goal=goal, shown=life.is_example, actor=person)
    for ago in range(max(len(number.told) for number in life.numbers), 0, -1):
        looks = [_look(result, number, ago) for result, number in zip(results, life.numbers, strict=True)]
        with clock.moved(to=_day(until, ago)):
            key_results.check_in(looks=[one for one in looks if one], once=uuid4(), actor=person)


def _look(result: KeyResult, number: Number, ago: int) -> Look | None:
    """What was said so many check-ins ago: the last of `told` is the newest."""
    at = len(number.told) - ago
    if at < 0:
        return None
    note = number.notes[at] if at < len(number.notes) else ""
    return Look(result.pk, Decimal(number.told[at]), note, seen=-1, shown=Decimal(-1))


def _colleagues(cast: dict[str, Person], until: date) -> int:
    """Goals of colleagues, each with a number and what was told of it; every third shows the sentence to others."""
    there = Person.objects.filter(employments__ended_on=None, employments__isnull=False).distinct().order_by("pk")
    chosen = list(there.exclude(pk__in=[person.pk for person in cast.values()])[: COLLEAGUES * 7 : 7])
    told = []
    for place, person in enumerate(chosen):
        wish, meant, counted, start, target, unit = OTHERS[place % len(OTHERS)]
        with clock.moved(to=_day(until, 4)):
            goal = goals.set_goal(wish=Wish(wish, by_year=until.year + 2 + place % 4), once=uuid4(), actor=person)
            objective = key_results.set_objective(goal=goal, title=meant, year=until.year, once=uuid4(), actor=person)
            measure = Measure(counted, Decimal(start), Decimal(target), unit)
            result = key_results.set_key_result(objective=objective, measure=measure, once=uuid4(), actor=person)
        for ago in range(3, 0, -1):
            share = Decimal((place * 7 + (3 - ago) * 11) % 30 * (4 - ago)) / 90
            value = round(start + (target - start) * share, 0)
            told.append(CheckIn(key_result=result, value=value, said_at=_day(until, ago)))
        if place < len(OTHERS):
            goals.show_as_example(goal=goal, shown=True, actor=person)
    CheckIn.objects.bulk_create(told)
    return len(chosen) + len({life.key for life in CAST_GOALS})


def _day(until: date, ago: int) -> datetime:
    """The morning of a check-in, so many before now."""
    return clock.at_time(until - timedelta(days=14 * ago - 8), 9)
