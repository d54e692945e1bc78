"""Supply and demand of mentors, by topic and by team; numbers only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import get_language

from trellis.domains.careers.models import Competency, PathwayStep
from trellis.domains.mentoring.models import Mentorship, Topic, Willing
from trellis.domains.mentoring.rules.mentors import free_places
from trellis.domains.mentoring.rules.supply import JUNIOR_YEARS, SENIOR_RANK, SENIOR_YEARS, Line, Team
from trellis.domains.people.models import Holding, Person, on_day

State = Mentorship.State
NOWHERE = 0


@dataclass(frozen=True)
class Supply:
    """The whole company, each topic that somebody offers or asks for, and each team."""

    whole: Line
    topics: list[tuple[Competency, Line]]
    teams: list[tuple[int, Team, Line]]  # by the unit's id: there are thousands, and a page shows some

    @property
    def without_senior(self) -> int:
        """Teams whose numbers are told, with juniors and nobody senior."""
        return sum(team.state == "none" for _unit, team, _line in self.teams)

    @property
    def short(self) -> int:
        """Teams in which a senior has more juniors than one can accompany."""
        return sum(team.state == "short" for _unit, team, _line in self.teams)

    @property
    def told(self) -> int:
        """Teams whose numbers are told."""
        return sum(team.is_told for _unit, team, _line in self.teams)


def supply(on: date) -> Supply:
    """What the page of supply and demand tells; seven statements, however large the company.

    Mentors and their places count where they work; mentees and those who wait where *they* work.
    """
    whole = Line()
    by_topic: defaultdict[int, Line] = defaultdict(Line)
    by_unit: defaultdict[int, Line] = defaultdict(Line)
    free = _add_mentors(on, whole, by_unit)
    for willing, competency in Topic.objects.filter(willing__in=list(free)).values_list("willing_id", "competency_id"):
        by_topic[competency].mentors += 1
        by_topic[competency].free += free[willing]
    unit = Holding.objects.filter(person=OuterRef("mentee"), ended_on=None).values("unit")
    open_ones = Mentorship.objects.filter(state__in=[State.ASKED, State.IN_FORCE]).order_by()
    for state, topic, where in open_ones.annotate(at=Subquery(unit)).values_list("state", "topic_id", "at"):
        for line in (whole, by_unit[where or NOWHERE], by_topic[topic] if topic else Line()):
            line.waiting += state == State.ASKED
            line.mentees += state == State.IN_FORCE
    topics = Competency.objects.in_bulk(list(by_topic))
    ordered = sorted(by_topic.items(), key=lambda pair: (not pair[1].is_short, pair[1].free, str(topics[pair[0]])))
    return Supply(whole, [(topics[pk], line) for pk, line in ordered], _teams(on, by_unit))


def _add_mentors(on: date, whole: Line, by_unit: dict[int, Line]) -> dict[int, int]:
    """Count who is willing, here and not on a break; free places by the id of what they said."""
    full = Mentorship.objects.filter(mentor=OuterRef("person"), state=State.IN_FORCE, origin=Mentorship.Origin.ASKED)
    taken = full.order_by().values("mentor").annotate(n=Count("pk")).values("n")
    unit = Holding.objects.filter(person=OuterRef("person"), ended_on=None).values("unit")
    found = Willing.objects.filter(stopped_at=None, paused_at=None, person__in=Person.objects.here(on).values("pk"))
    free: dict[int, int] = {}
    rows = found.annotate(taken=Subquery(taken), at=Subquery(unit)).values_list("pk", "places", "taken", "at")
    for pk, places, has, where in rows:
        free[pk] = free_places(places, has or 0)
        for line in (whole, by_unit[where or NOWHERE]):
            line.mentors += 1
            line.free += free[pk]
    return free


def _teams(on: date, by_unit: dict[int, Line]) -> list[tuple[int, Team, Line]]:
    """Every unit with people of its own, those without a senior first; else by the name in the reader's language."""
    upper = list(PathwayStep.objects.filter(rank__gte=SENIOR_RANK).order_by().values_list("position_id", flat=True))
    since = "person__employments__began_on__lte"
    is_senior = Q(position__in=upper) | Q(**{since: on - timedelta(days=365 * SENIOR_YEARS)})
    is_junior = ~is_senior & ~Q(**{since: on - timedelta(days=365 * JUNIOR_YEARS)})
    held = Holding.objects.filter(on_day(on), on_day(on, "person__employments__")).order_by()
    rows = held.values("unit", "unit__name", here=KeyTextTransform(get_language() or "en", "unit__names")).annotate(
        people=Count("pk"), seniors=Count("pk", filter=is_senior), juniors=Count("pk", filter=is_junior)
    )
    order = {"none": 0, "short": 1, "enough": 2, "small": 3}
    found = []
    for unit, name, here, people, seniors, juniors in rows.values_list(
        "unit", "unit__name", "here", "people", "seniors", "juniors"
    ):
        team = Team(people, seniors, juniors)
        found.append((order[team.state], -juniors, here or name, unit, team))
    found.sort(key=lambda row: row[:4])
    return [(unit, team, by_unit.get(unit, Line())) for *_order, unit, team in found]
