"""Reminding of mandatory training: the person at each step, and who leads them when it stays open."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils import timezone

from trellis.domains.learning.models import Mandatory
from trellis.domains.learning.notices import MANDATORY, MANDATORY_TEAM
from trellis.domains.learning.queries.mandatory import Required, of_people
from trellis.domains.learning.rules.mandatory import leader_hears, step_of
from trellis.domains.people.queries import leaders_of
from trellis.kit import clock
from trellis.kit.notices.notify import notify, told_of
from trellis.kit.text import name_in_all


def remind_of_mandatory() -> int:
    """Tell everybody the step they reached, once each; returns how many people were told something.

    A step that went by while nothing ran is not made up for: who was not told before hears on the day, or afterwards.
    """
    today = clock.today()
    everybody = of_people(None, today)
    told = told_of([kind.code for kind in MANDATORY.values()])
    steps: dict[tuple[Mandatory, date, str], list[int]] = defaultdict(list)
    for person, lines in everybody.items():
        for line in lines:
            step, due = step_of(line.standing, on=today), line.standing.due
            if step and due and (person, _key(line.mandatory, due, step)) not in told:
                steps[line.mandatory, due, step].append(person)
    for (mandatory, due, step), people in steps.items():
        notify(
            person_ids=people,
            kind=MANDATORY[step].code,
            key=_key(mandatory, due, step),
            params={"course": name_in_all(mandatory.course), "day": due},
            link="/mandatory/",
        )
    _tell_leaders([line for lines in everybody.values() for line in lines], today)
    return len({person for people in steps.values() for person in people})


def _key(mandatory: Mandatory, due: date, step: str) -> str:
    return f"mandatory:{mandatory.pk}:{due}:{step}"


def _tell_leaders(lines: Collection[Required], today: date) -> None:
    """At most one letter a week, with the number of people and no name: who it is stands on My team."""
    late = {
        line.person_id
        for line in lines
        if leader_hears(line.standing, since=timezone.localdate(line.mandatory.declared_at), on=today)
    }
    teams: dict[int, int] = defaultdict(int)
    for leader in leaders_of(late, today).values():
        teams[leader] += 1
    year, week, _day = today.isocalendar()
    for leader, n in teams.items():
        notify(
            person_ids=[leader],
            kind=MANDATORY_TEAM.code,
            key=f"mandatory-team:{year}-{week}",
            params={"n": n},
            link="/team/mandatory/",
        )
