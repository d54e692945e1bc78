"""What is due in journeys, who owns it, and how a cohort keeps its dates: for one person or for everybody at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from trellis.domains.learning.models import Offering
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.programmes.models import Cohort, Journey, TimeChange
from trellis.domains.programmes.queries.standings import definition_of, facts_for_nodes
from trellis.domains.programmes.rules import Alike, Change, Facts, Node, NodeStanding, NodeState, Times, node_standings
from trellis.domains.sessions.queries import MANY
from trellis.kit.prepared import prepared

LOADED = ("person", "programme", "version", "cohort", "position")
SHOWN = ("person__name", "person__manager", "programme__code", "version__digest", "cohort__starts_on", "position__code")


def begins_on(journey: Journey) -> date:
    """The day from which the weeks of the programme count."""
    return journey.cohort.starts_on if journey.cohort else _day(journey.joined_at)


def _day(moment: datetime) -> date:
    """As `timezone.localdate`, which asks for the time zone anew each time: of hundreds of people that is felt."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def times_of(journeys: Iterable[Journey]) -> defaultdict[int, Times]:
    """The time that was granted, by journey; one statement. Where a standing is at hand it holds the same."""
    changes: dict[int, list[Change]] = defaultdict(list)
    granted = TimeChange.objects.filter(journey__in=list(journeys), state=TimeChange.State.GRANTED)
    for change in granted.order_by("from_on", "id"):
        changes[change.journey_id].append(Change(change.kind, change.from_on, change.days))
    found: defaultdict[int, Times] = defaultdict(Times)
    found.update({pk: Times(tuple(mine)) for pk, mine in changes.items()})
    return found


def nodes_of(journey: Journey, facts: Facts, on: date, *, known: Alike | None = None) -> list[NodeStanding]:
    """The nodes of one journey as they stand; asks the database for nothing. `known` as in `node_standings`."""
    return node_standings(
        definition_of(journey.version),
        facts,
        start=begins_on(journey),
        joined=_day(journey.joined_at),
        on=on,
        completed=journey.completed_at is not None,
        known=known,
    )


def under_way() -> QuerySet[Journey]:
    """Journeys that are neither left nor completed, with what dates need."""
    going = Journey.objects.filter(left_at=None, completed_at=None)
    return going.select_related(*LOADED).defer("version__definition")


@dataclass(frozen=True)
class Owners:
    """Who owns the nodes of journeys: (journey, role) to people. The academy's nodes belong to all of its office."""

    by_role: Mapping[tuple[int, str], frozenset[int]] = field(default_factory=dict)
    academy: frozenset[int] = frozenset()

    def of(self, journey: Journey, owner: str) -> frozenset[int]:
        """The people who own what is `owner`'s; the academy where nobody plays that part yet."""
        return self.by_role.get((journey.pk, owner)) or self.academy - {journey.person_id}


def owners_of(journeys: Collection[Journey]) -> Owners:
    """Everybody who owns nodes of the journeys, the academy too; in three statements."""
    office = RoleGrant.objects.in_force().filter(role=RoleGrant.Role.ACADEMY, unit=None)
    return Owners(_by_role(journeys), frozenset(office.values_list("person_id", flat=True)))


def _by_role(journeys: Collection[Journey]) -> dict[tuple[int, str], frozenset[int]]:
    """Teachers by the cohorts' runs of the journey's courses, holders by the days beside them, managers, travellers."""
    people = {journey.person_id for journey in journeys}
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    teachers: dict[tuple[int, str], set[int]] = defaultdict(set)
    cohorts = {journey.cohort_id for journey in journeys if journey.cohort_id}
    taught = Offering.objects.filter(cohorts__in=cohorts, teachers__isnull=False)
    for cohort, course, teacher in taught.order_by().values_list("cohorts", "course__code", "teachers"):
        teachers[cohort, course].add(teacher)
    holders: dict[tuple[int, int], set[int]] = defaultdict(set)
    days = MentorshipDay.objects.filter(cancelled_at=None)
    if len(people) <= MANY:
        days = days.filter(learner__in=people)
    for learner, position, holder in days.order_by().values_list("learner", "position", "holder").distinct():
        holders[learner, position].add(holder)
    definitions = {journey.version_id: definition_of(journey.version) for journey in journeys}
    for journey in journeys:
        found[journey.pk, "person"] = {journey.person_id}
        if journey.person.manager_id:
            found[journey.pk, "manager"] = {journey.person.manager_id}
        if journey.position:
            found[journey.pk, "holder"] = holders[journey.person_id, journey.position_id or 0]
            track = definitions[journey.version_id].track_to(journey.position.code)
            for course in track.courses if track else ():
                found[journey.pk, "teacher"] |= teachers.get((journey.cohort_id or 0, course), set())
    return {key: frozenset(ids) for key, ids in found.items()}


@dataclass(frozen=True)
class Due:
    """One node of one journey that is not done."""

    journey: Journey
    standing: NodeStanding


def open_nodes(journeys: Iterable[Journey], on: date) -> list[Due]:
    """What is not done in the journeys, paused ones apart; a bounded number of statements."""
    travelling = list(journeys)
    found = facts_for_nodes(travelling, on)
    return [
        Due(journey, node)
        for journey in travelling
        if not found[journey.pk].times.paused_until(on)
        for node in nodes_of(journey, found[journey.pk], on)
        if node.state is not NodeState.DONE
    ]


def dues_owned_by(person: Person, on: date) -> list[Due]:
    """What waits for somebody, as traveller, manager, teacher or holder: late first, then by date.

    What the academy owns is on the pages of its cohorts.
    """
    taught = Offering.objects.filter(teachers=person).values("cohorts")
    beside = MentorshipDay.objects.filter(holder=person, cancelled_at=None).values("learner")
    near = under_way().filter(
        Q(person=person) | Q(person__manager=person) | Q(cohort__in=taught) | Q(person__in=beside)
    )
    journeys = list(near)
    owned = _by_role(journeys)
    mine = [
        due for due in open_nodes(journeys, on) if person.pk in owned.get((due.journey.pk, due.standing.node.owner), ())
    ]
    return sorted(mine, key=lambda due: (due.standing.due or date.max, due.journey.person.name))


def roles_in(person: Person, journey: Journey) -> set[str]:
    """What somebody is to a journey beside its traveller: teacher, holder, manager."""
    owners = owners_of([journey])
    return {
        role for role in ("teacher", "holder", "manager") if person.pk in owners.by_role.get((journey.pk, role), ())
    }


@dataclass(frozen=True)
class NodeOfCohort:
    """A node over a whole cohort: how many have it done, who is late with it, who has it still open.

    `still_open`: those for whom it stands alike, together.
    """

    node: Node
    stage: int
    due: date | None
    done: int
    still_open: tuple[tuple[NodeStanding, list[Journey]], ...]

    @property
    def open(self) -> list[Due]:
        """Everybody who has it not done."""
        return [Due(journey, standing) for standing, journeys in self.still_open for journey in journeys]

    @cached_property
    def late(self) -> list[Due]:
        """Those of them who are late, by name."""
        late = [due for due in self.open if due.standing.state is NodeState.LATE]
        return sorted(late, key=lambda due: (due.journey.person.name, due.journey.pk))

    @property
    def total(self) -> int:
        return self.done + sum(len(journeys) for _standing, journeys in self.still_open)

    @property
    def is_derived(self) -> bool:
        return any(standing.derived for standing, _journeys in self.still_open)


def dates_of_cohort(cohort: Cohort, on: date) -> list[NodeOfCohort]:
    """The nodes of a cohort's version over everybody under way in it; the date is the one without changes of time."""
    travelling = _going_in(cohort.pk)
    found = facts_for_nodes(travelling, on)
    known: Alike = {}
    alike: dict[int, tuple[list[NodeStanding], list[Journey]]] = {}
    for journey in travelling:
        standings = nodes_of(journey, found[journey.pk], on, known=known)
        alike.setdefault(id(standings), (standings, []))[1].append(journey)
    by_node: dict[str, list[tuple[NodeStanding, list[Journey]]]] = defaultdict(list)
    for standings, journeys in alike.values():
        for standing in standings:
            by_node[standing.node.key].append((standing, journeys))
    rows = []
    for number, stage in enumerate(definition_of(cohort.version).stages):
        for node in stage.nodes:
            theirs = by_node[node.key]
            still_open = tuple(one for one in theirs if one[0].state is not NodeState.DONE)
            planned = min((standing.due for standing, _journeys in theirs if standing.due), default=None)
            done = sum(len(journeys) for standing, journeys in theirs if standing.state is NodeState.DONE)
            rows.append(NodeOfCohort(node, number, planned, done, still_open))
    return rows


@prepared
def _going_in(cohort: int) -> QuerySet[Journey]:
    """Who is under way in a cohort, by name; hundreds at once, so that what is not read is not loaded."""
    going = under_way().filter(cohort_id=cohort).order_by("person__name", "id")
    return going.only("joined_at", "completed_at", *SHOWN)
