"""Joining and time: a full cohort with people who wait, pauses and a later end, ticked nodes, reminders."""

from datetime import date, timedelta

from trellis.domains.people.models import Holding, Person
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Cohort, Journey
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import JOINING
from trellis.kit import clock
from trellis.project.demo.story import hear

FULL = "Next Step 8, Da Nang group"
LEFT_OPEN = 4  # half-way talks of a cohort that were not held yet


def fill_and_move(*, cast: dict[str, Person], until: date) -> str:
    """All of it; returns what to say about it."""
    coming = Cohort.objects.get(name="Next Step 8")
    waiting = _fill(coming, cast, until)
    _hold_what_is_over(cast, until)
    _give_time(cast, until)
    with clock.moved(to=clock.at_time(until, 6)):
        hear()
        reminded = actions.remind()
    return f"{waiting} wait for a place, {reminded} people were reminded"


def _fill(coming: Cohort, cast: dict[str, Person], until: date) -> int:
    """A second group of the coming cohort: six places, all taken within two days, and three who wait."""
    there = Holding.objects.filter(
        ended_on=None, position__code="photo-editor", began_on__lt=until - timedelta(days=90)
    )
    fresh = there.exclude(person__journeys__isnull=False).exclude(person__in=[p.pk for p in cast.values()])
    people = [holding.person for holding in fresh.select_related("person").order_by("-person__employee_id")[:8]]
    aims = Journey.objects.filter(cohort=coming).select_related("position").order_by("pk")
    positions = [journey.position for journey in aims]
    with clock.moved(to=clock.at_time(until - timedelta(days=6), 10)):
        group = actions.open_cohort(
            version=coming.version,
            name=FULL,
            starts_on=coming.starts_on,
            ends_on=coming.ends_on,
            join_from=until - timedelta(days=5),
            join_until=coming.join_until,
            places=6,
            offerings=coming.offerings.all(),
            actor=cast["mai"],
        )
    waiting = 0
    for number, person in enumerate([*people, cast["xiaoyu"]]):
        position = positions[number % len(positions)]
        with clock.moved(to=clock.at_time(until - timedelta(days=5 - number // 3), 9 + number)):
            if number < group.places:
                actions.join(person=person, cohort=group, position=position, actor=person)
            else:
                waiting += actions.wait(person=person, cohort=group, position=position, actor=person).code == "waiting"
    return waiting


def _hold_what_is_over(cast: dict[str, Person], until: date) -> None:
    """What has no trace elsewhere is ticked for everybody when its week was over; some talks are still to be held."""
    for cohort in Cohort.objects.filter(starts_on__lt=until).select_related("version"):
        going = cohort.journeys.filter(left_at=None, completed_at=None)
        journeys = list(going.order_by("pk").values_list("pk", flat=True))
        for node in definition_of(cohort.version).nodes:
            due = node.deadline
            if due is None or node.kind not in ("event", "task") or due.counts_from == JOINING:
                continue
            day = cohort.starts_on + timedelta(days=due.days)
            late = (until - day).days
            if late < 0:
                continue
            held = journeys[:-LEFT_OPEN] if late < 14 else journeys
            with clock.moved(to=clock.at_time(day, 16)):
                actions.tick_for_many(journey_ids=held, node=node.key, actor=cast["mai"])


def _give_time(cast: dict[str, Person], until: date) -> None:
    """One pauses, one asks to, one has a month more."""

    def others(name: str) -> list[Journey]:
        journeys = Journey.objects.filter(cohort__name=name, left_at=None, completed_at=None)
        return list(journeys.exclude(person__in=[p.pk for p in cast.values()]).select_related("person").order_by("pk"))

    half_way, near = others("Next Step 7"), others("Next Step 6")
    with clock.moved(to=clock.at_time(until - timedelta(days=8), 11)):
        first = until - timedelta(days=7)
        asked = actions.ask_time(
            journey=half_way[1],
            kind="pause",
            from_on=first,
            until_on=first + timedelta(days=27),
            reason="My father is in hospital.",
            actor=half_way[1].person,
        )
    with clock.moved(to=clock.at_time(until - timedelta(days=7), 9)):
        if asked.change:
            actions.decide_time(change=asked.change, grant=True, note="All the best to him.", actor=cast["lan"])
    with clock.moved(to=clock.at_time(until - timedelta(days=2), 17)):
        actions.ask_time(
            journey=half_way[4],
            kind="pause",
            from_on=until + timedelta(days=5),
            until_on=until + timedelta(days=18),
            reason="Exams at the evening university.",
            actor=half_way[4].person,
        )
        actions.give_time(
            journey=near[4],
            kind="extension",
            from_on=clock.today(),
            until_on=until + timedelta(weeks=7),
            reason="His team was short of people in the peak season.",
            actor=cast["mai"],
        )
