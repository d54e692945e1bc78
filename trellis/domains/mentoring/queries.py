"""What pages and other rooms ask about days beside a holder. In bulk, a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.rules import DayBeside, held_on
from trellis.domains.people.models import Holding
from trellis.domains.sessions.models import Mark
from trellis.domains.sessions.queries import MANY


def days_beside(learner_ids: Collection[int], position_ids: Collection[int]) -> dict[tuple[int, int], list[DayBeside]]:
    """(learner, position) to days that were not cancelled, by date. Three statements, however many people."""
    learners = set(learner_ids)
    rows = MentorshipDay.objects.filter(position_id__in=set(position_ids), cancelled_at=None)
    if len(learners) <= MANY:
        rows = rows.filter(learner_id__in=learners)
    days = [day for day in rows.select_related("session__makes_up").order_by("on", "id") if day.learner_id in learners]
    found: dict[tuple[int, int], list[DayBeside]] = defaultdict(list)
    for day, fact in zip(days, as_facts(days), strict=True):
        found[day.learner_id, day.position_id].append(fact)
    return dict(found)


def as_facts(days: Collection[MentorshipDay]) -> list[DayBeside]:
    """The days with their marks, and whether the holder held the position then. Two statements."""
    rows = Mark.objects.filter(is_current=True)
    if len(days) <= MANY:
        rows = rows.filter(session_id__in=[day.session_id for day in days])
    else:
        rows = rows.filter(session__series__kind="mentorship")
    marks = {
        (s, p): (value, minutes) for s, p, value, minutes in rows.values_list("session", "person", "value", "minutes")
    }
    spells = spells_of({day.holder_id for day in days}, {day.position_id for day in days})
    facts = []
    for day in days:
        value, minutes = marks.get((day.session_id, day.learner_id), (None, None))
        held = held_on(spells.get((day.holder_id, day.position_id), ()), day.on)
        facts.append(DayBeside(day.on, minutes, value, day.holder_id, held, day_id=day.pk))
    return facts


def spells_of(
    person_ids: Iterable[int], position_ids: Iterable[int]
) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    """(person, position) to the spells of holding it; the last day is included, None: still."""
    found: dict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
    rows = Holding.objects.filter(person_id__in=list(person_ids), position_id__in=list(position_ids))
    for person, position, began, ended in rows.values_list("person_id", "position_id", "began_on", "ended_on"):
        found[person, position].append((began, ended))
    return dict(found)


def days_of_academy(days: QuerySet[MentorshipDay]) -> QuerySet[MentorshipDay]:
    """Days not cancelled, with the people and positions a list shows."""
    return days.filter(cancelled_at=None).select_related("learner", "holder", "position", "session")
