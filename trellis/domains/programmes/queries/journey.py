"""One journey as its page tells it, and the next step as home tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trellis.domains.careers.models import Competency
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey, Programme
from trellis.domains.programmes.queries.dues import begins_on, nodes_of
from trellis.domains.programmes.queries.standings import courses_of, definition_of, standings
from trellis.domains.programmes.rules import (
    AttendanceOf,
    CoursePassed,
    Definition,
    LevelShown,
    NodeStanding,
    NodeState,
    Requirement,
    Standing,
    State,
    by_stage,
    ends_on,
    most_pressing,
)
from trellis.domains.programmes.wording import Names, Worded, day, word
from trellis.domains.programmes.wording_time import NODE_LOOKS, OWNERS, node_word
from trellis.domains.sessions.models import Session
from trellis.domains.sessions.queries import sessions_of
from trellis.kit import clock
from trellis.kit.prepared import prepared
from trellis.kit.text import in_language, take_text
from trellis.kit.ui.icons import icon

URGENT = ("out_of_reach", "at_risk", "todo", "waiting", "not_open")
NODE_ICONS = {
    "event": icon("flag"),
    "courses": icon("presentation"),
    "days": icon("users-round"),
    "review": icon("list-checks"),
    "task": icon("square-check"),
}


def text_of(value: str | dict[str, str]) -> str:
    """A text of a definition in the reader's language."""
    return in_language(*take_text(value))


@dataclass(frozen=True)
class NodeShown:
    """Something that happens in a stage: what, until when, by whom, and whether it is done, late, next or later."""

    key: str
    name: str
    icon: str
    due: date | None
    state: NodeState
    sign: str
    word: str
    tone: str
    owner: str  # the code of who it belongs to
    whose: str
    delivers: str
    said: str  # who said that it is done
    derived: bool


@dataclass(frozen=True)
class StageShown:
    """A stage of the trail with what opens the next one."""

    number: int
    name: str
    state: str  # done | now | later
    dates: str
    percent: int
    done: int
    total: int
    requirements: tuple[Worded, ...]
    nodes: tuple[NodeShown, ...]

    @property
    def open(self) -> tuple[Worded, ...]:
        """What is not met yet: what needs the person first, then what waits; else in the order of the programme."""
        return tuple(sorted((r for r in self.requirements if r.state in URGENT), key=lambda r: URGENT.index(r.state)))

    @property
    def met(self) -> tuple[Worded, ...]:
        """What is met or waived."""
        return tuple(r for r in self.requirements if r.state not in URGENT)


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now."""

    title: str
    why: str
    act: str
    href: str
    key: str
    journey: int
    posts: bool = False  # done by a form on the journey's page


@dataclass(frozen=True)
class JourneyShown:
    """All of a journey's page but the people."""

    stages: tuple[StageShown, ...]
    next: NextStep | None
    counts: dict[str, int]
    total: int
    opens: str
    goal_date: date
    paused_until: date | None
    is_complete: bool
    standing: Standing
    people: dict[int, Person]

    @property
    def pressing(self) -> list[NodeShown]:
        """The nodes with a day that come first: what is late, then what is next."""
        nodes = [node for stage in self.stages for node in stage.nodes]
        wanted = (NodeState.LATE, NodeState.NEXT, NodeState.LATER)
        dated = [node for node in nodes if node.state in wanted and node.due]
        return sorted(dated, key=lambda node: node.due or date.max)[:4]


def current_journey(person: Person, programme: Programme | None = None) -> Journey | None:
    """The attempt under way, the latest first or the one at this programme, with what a page needs."""
    under_way = journeys_loaded().filter(person=person, left_at=None, completed_at=None)
    return (under_way.filter(programme=programme) if programme else under_way).first()


def journeys_loaded() -> QuerySet[Journey]:
    """Journeys with programme, version, position, cohort and person."""
    loaded = Journey.objects.select_related("programme", "version", "position", "cohort", "person")
    return loaded.defer("version__definition")


@prepared
def journey_loaded(pk: int) -> QuerySet[Journey]:
    """The journey of that id, loaded in the same way, or none."""
    return journeys_loaded().filter(pk=pk)


def names_for(
    journey: Journey,
    requirements: Iterable[Requirement],
    definition: Definition,
    courses: dict[str, Course],
    people: dict[int, Person],
) -> Names:
    """What the requirements speak of."""
    competencies = {r.leaf.competency for r in requirements if isinstance(r.leaf, LevelShown)}
    return Names(
        courses=courses,
        competencies=Competency.objects.in_bulk(competencies, field_name="code") if competencies else {},
        people={pk: person.name for pk, person in people.items()},
        gates={gate.key: text_of(gate.name) for gate in definition.gates},
        position=journey.position or "",
    )


def people_of(journey: Journey, standing: Standing) -> dict[int, Person]:
    """Everybody a journey speaks of: waited for, having decided, sat beside, and the manager; one statement."""
    asked = standing.requirements
    ids = {pk for r in asked for pk in r.waiting_for_people} | {r.decided_by for r in asked if r.decided_by}
    ids |= {tick.by for tick in standing.times.ticks.values()}
    ids |= {line.about["holder"] for r in asked for line in r.evidence if "holder" in line.about}
    if journey.person.manager_id:
        ids.add(journey.person.manager_id)
    return {person.pk: person for person in _named(ids)} if ids else {}


@prepared
def _named(ids: Collection[int]) -> QuerySet[Person]:
    return Person.objects.get_queryset().filter(pk__in=ids).only("name")


def show_journey(
    journey: Journey, on: date, *, ahead: list[Session] | None = None, reasons: bool = True
) -> JourneyShown:
    """The page's content on a day. `ahead`: the traveller's next sessions, when they are at hand already; `reasons`:
    with what was written about waivers and reviews, which is between the traveller and the academy."""
    definition = definition_of(journey.version)
    courses = courses_of([journey], {journey.version_id: definition})
    standing = standings([journey], on=on, courses=courses)[journey.pk]
    people = people_of(journey, standing)
    names = names_for(journey, standing.requirements, definition, courses, people)
    stages = tuple(_stages(journey, definition, standing, names, on))
    if not reasons:
        stages = tuple(replace(s, requirements=tuple(replace(r, note="") for r in s.requirements)) for s in stages)
    return JourneyShown(
        stages=stages,
        next=None if journey.completed_at or journey.left_at else _next(journey, standing, names, ahead or []),
        counts=dict(standing.counts),
        total=len(standing.requirements),
        opens=next((text_of(g.gate.name) for g in standing.gates if not g.is_open), ""),
        goal_date=ends_on(definition, start=begins_on(journey), times=standing.times),
        paused_until=standing.times.paused_until(on),
        is_complete=standing.is_complete,
        standing=standing,
        people=people,
    )


def _stages(
    journey: Journey, definition: Definition, standing: Standing, names: Names, on: date
) -> Iterable[StageShown]:
    start, reached = begins_on(journey), False
    nodes = nodes_of(journey, standing.facts, on)
    for index, requirements in enumerate(by_stage(definition, standing)):
        stage = definition.stages[index]
        first, last = (standing.times.moved(start + timedelta(days=n)) for n in (stage.first_day, stage.last_day))
        done = sum(r.state.is_done for r in requirements)
        is_done = done == len(requirements) if requirements else bool(journey.completed_at)
        state = "later" if reached else "done" if is_done else "now"
        reached = reached or state == "now"
        yield StageShown(
            number=index + 1,
            name=text_of(stage.name),
            state=state,
            dates=f"{day(first)} – {day(last)}",
            percent=100 if state == "done" else round(100 * done / len(requirements)) if state == "now" and done else 0,
            done=done,
            total=len(requirements),
            requirements=tuple(word(r, names) for r in requirements),
            nodes=tuple(_node(each, names) for each in nodes if each.stage == index),
        )


def _node(standing: NodeStanding, names: Names) -> NodeShown:
    node, tick = standing.node, standing.tick
    sign, _word, tone = NODE_LOOKS[standing.state]
    return NodeShown(
        key=node.key,
        name=text_of(node.name),
        icon=NODE_ICONS[node.kind],
        due=standing.due,
        state=standing.state,
        sign=sign,
        word=node_word(standing),
        tone=tone,
        owner=node.owner,
        whose=str(OWNERS[node.owner]),
        delivers=text_of(node.deliverable) if node.deliverable else "",
        said=_("%(who)s, %(day)s") % {"who": names.person(tick.by), "day": day(tick.on)} if tick else "",
        derived=standing.derived,
    )


def _next(journey: Journey, standing: Standing, names: Names, ahead: list[Session]) -> NextStep | None:
    link = f"/journeys/{journey.pk}/"
    if standing.is_complete:
        return NextStep(
            _("Everything is met"),
            _("Your certificate is issued by the academy, at the graduation at the latest."),
            _("See my certificates"),
            "/certificates/",
            "certificate",
            journey.pk,
        )
    found = most_pressing(standing)
    if found is None:
        return None
    said = word(found, names)
    make_up = _make_up(journey.person, found, ahead) if found.reason == "needs_make_up" else None
    return NextStep(
        title=_headline(found, said, names),
        why=_when(make_up) if make_up else said.why,
        act=said.action or _("See where you stand"),
        href=f"/sessions/{make_up.pk}/" if make_up else said.href or link,
        key=found.key,
        journey=journey.pk,
        posts=said.posts,
    )


def _make_up(person: Person, found: Requirement, ahead: list[Session]) -> Session | None:
    """The earliest session to come that makes up for one missed in the run that the requirement speaks of."""
    offering = found.numbers.get("offering")
    for session in ahead:
        if session.makes_up_id and getattr(session.series, "offering", None) and session.series.offering.pk == offering:
            return session
    return _ahead(person, clock.now()).filter(series__offering=offering, makes_up__isnull=False).first()


def _when(make_up: Session) -> str:
    at = timezone.localtime(make_up.starts_at)
    told = {"day": day(at.date()), "time": f"{at:%H:%M}"}
    return _("On %(day)s at %(time)s. It makes good what you missed and counts in full.") % told


def _headline(found: Requirement, said: Worded, names: Names) -> str:
    course = names.course(found.leaf.course) if isinstance(found.leaf, AttendanceOf | CoursePassed) else said.title
    match found.reason:
        case "needs_make_up":
            return _("Take the make-up: %(what)s") % {"what": course}
        case "ready_to_ask" | "returned":
            return _("Ask for your review")
        case "days_to_plan" | "day_to_repeat":
            return _("Plan your next day beside a holder")
        case "not_enrolled":
            return _("Get a place: %(what)s") % {"what": course}
        case "sessions_to_come":
            return _("Attend every session: %(what)s") % {"what": course}
    if found.state is State.WAITING:
        return said.word
    return said.title


def coming_up(person: Person, limit: int = 30) -> list[Session]:
    """The next sessions the person is expected at or hosts, with the offerings they belong to."""
    return _coming(person.pk, clock.now())[:limit]


@prepared
def _coming(person: int, now: datetime) -> QuerySet[Session]:
    return _ahead(person, now).select_related("series__offering")[:30]


def _ahead(person: Person | int, now: datetime) -> QuerySet[Session]:
    return sessions_of(person).filter(cancelled_at=None, ends_at__gte=now).order_by("starts_at", "id")


@dataclass(frozen=True)
class Companion:
    """Somebody who goes along: their name, what they are to the journey, and who they are."""

    person: Person
    role: str


def companions(journey: Journey, told: JourneyShown) -> list[Companion]:
    """The people of a journey: manager, those one waits for, holders of the days."""
    wanted: dict[int, str] = {}
    if journey.person.manager_id:
        wanted[journey.person.manager_id] = _("Manager")
    for requirement in told.standing.requirements:
        for pk in requirement.waiting_for_people:
            role = _("Teacher") if requirement.waiting_for == "teacher" else _("Holder")
            wanted.setdefault(pk, role)
        for line in requirement.evidence:
            if "holder" in line.about:
                wanted.setdefault(line.about["holder"], _("Holder"))
    return [Companion(told.people[pk], role) for pk, role in list(wanted.items())[:6] if pk in told.people]
