"""Posts that were opened, and who put themselves forward."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from trellis.domains.opportunities import actions as opportunities
from trellis.domains.opportunities.models import Opening
from trellis.domains.people.models import Person, Position, Unit
from trellis.project.demo.cast import MORNING
from trellis.project.demo.cohorts import Learner
from trellis.project.demo.first_in_line import fill
from trellis.project.demo.story import Story, workday


def open_posts(story: Story, cast: dict[str, Person], certified: Sequence[Learner], others: Sequence[Learner]) -> None:
    """Two posts one can still apply for, one opened ahead of nobody, and one that was filled."""
    until = story.until
    morning = _unit(MORNING)
    _post(
        story,
        "team-leader",
        morning,
        opened=workday(until - timedelta(days=8)),
        closes=until + timedelta(days=13),
        by=cast["hoa"],
        about="Team 4 of the morning shift opens next month: twelve editors, property and product pictures.",
        forward=[others[0].person, others[5].person, *_aiming(certified, "team-leader")[:4], others[7].person],
    )
    _post(
        story,
        "quality-controller",
        _unit("Pixel House/Da Nang/Quality Assurance"),
        opened=workday(until - timedelta(days=4)),
        closes=until + timedelta(days=20),
        by=cast["hoa"],
        about="Checks the evening's portrait work; two posts.",
        forward=[*_aiming(certified, "quality-controller"), *(learner.person for learner in others[2:4])],
        posts=2,
    )
    _post(
        story,
        "account-assistant",
        _unit("Pixel House/Qingdao office"),
        opened=workday(until - timedelta(days=6)),
        closes=until + timedelta(days=26),
        by=cast["hoa"],
        about="Speaks with clients in Chinese and English.",
        forward=[],
    )
    _post(
        story,
        "team-leader",
        morning,
        opened=workday(until - timedelta(days=150)),
        closes=until - timedelta(days=120),
        by=cast["hoa"],
        about="A team of twelve on the morning shift.",
        forward=_aiming(certified, "team-leader")[1:3],
        closed=workday(until - timedelta(days=131)),
    )


def _aiming(learners: Sequence[Learner], position: str) -> list[Person]:
    return [who.person for who in learners if who.position == position and not who.leaves_week]


def _unit(path: str) -> Unit:
    """A unit by its path of names."""
    found = Unit.objects.none()
    for depth, name in enumerate(path.split("/")):
        found = (
            Unit.objects.filter(name=name, parent__in=found) if depth else Unit.objects.filter(name=name, parent=None)
        )
        found = Unit.objects.filter(pk__in=list(found.values_list("pk", flat=True)))
    return found.get()


def _post(
    story: Story,
    position: str,
    unit: Unit,
    *,
    opened: date,
    closes: date,
    by: Person,
    about: str,
    forward: Sequence[Person],
    posts: int = 1,
    closed: date | None = None,
) -> None:
    made: list[Opening] = []

    def open_it() -> None:
        kind = Position.objects.get(code=position)
        made.append(
            opportunities.open_post(position=kind, unit=unit, closes_on=closes, actor=by, posts=posts, about=about)
        )

    def forward_to(person: Person) -> None:
        opportunities.put_forward(opening=made[0], person=person)

    story.at(opened, 8, open_it)
    for number, person in enumerate(forward):
        day = opened + timedelta(days=number // 3)
        story.at(day, 10 + number % 3, partial(forward_to, person))
    if closed:
        reason = "Leads the morning's practice already, and the team asked for somebody who stays for two years."
        story.at(closed, 9, lambda: fill(made[0], by, reason))
