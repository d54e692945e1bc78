"""What waits for whom since when, over all rooms, in a number of statements that does not grow.

Each kind is a query of the same six columns, so that one statement counts them all and one reads a page of them in the
order of waiting. A kind is asked only of who may do something about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat, TruncDate

from trellis.domains.credentials.queries import waiting_without_ceremony
from trellis.domains.learning.models import Course, Credit, Enrolment, Offering, Result
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.opportunities.models import Interview, Opening, Placement
from trellis.domains.opportunities.queries.pool import certified_in_pool
from trellis.domains.people.access import Role, only_about, reach_of
from trellis.domains.people.models import Employment, Person, Position
from trellis.domains.programmes.models import Cohort, Journey, Review, TimeChange, Waiver
from trellis.domains.programmes.queries.offers import cohorts_counted, door_of
from trellis.domains.sessions.models import Mark, Member, Session
from trellis.domains.sessions.rules import ABSENT, EXCUSED
from trellis.kit import clock
from trellis.kit.text import in_language

OF_COURSES, OF_SESSIONS = ("credit", "result"), ("register", "clash", "unhosted")
BACK = 90  # days: a register older than that is nobody's work of today
AHEAD = 28  # days within which somebody has to be found for a session whose host leaves
CLOSES_IN = 7  # days before an intake closes at which the office looks at it

Rows = QuerySet[Any, Any]


def _rows(
    kind: str, found: QuerySet[Any], *, since: Any, person: str = "", thing: str = "", for_: str = "", pk: str = "pk"
) -> Rows:
    """A kind in the six columns: its name, its id, since when, about whom, about what, for whom."""

    def number(name: str) -> Any:
        return Cast(F(name), IntegerField()) if name else Cast(Value(None), IntegerField())

    return (
        found.order_by()
        .annotate(
            c0=Value(kind, output_field=CharField()),
            c1=number(pk),
            c2=since,
            c3=number(person),
            c4=number(thing),
            c5=number(for_),
        )
        .values_list("c0", "c1", "c2", "c3", "c4", "c5")
    )


def _day(name: str) -> Any:
    return Cast(F(name), DateField())


def kinds_for(reader: Person) -> dict[str, Rows]:
    """Every kind of which something may wait for the reader, as a query."""
    academy = reach_of(reader, Role.ACADEMY)
    found: dict[str, Rows] = _taught_and_hosted(reader, everywhere=academy is None)
    if academy is None or academy:
        asked = Review.objects.filter(state=Review.State.ASKED, journey__left_at=None)
        times = TimeChange.objects.filter(state=TimeChange.State.ASKED)
        claims = Credit.objects.filter(state=Credit.State.ASKED)
        for kind, rows, thing, pk in (
            ("review", asked, "journey__position", "pk"),
            ("time", times, "journey__position", "journey"),  # decided on the journey's page
            ("credit", claims, "course", "pk"),
        ):
            of_theirs = only_about(rows.exclude(person=reader), reader, Role.ACADEMY)
            found[kind] = _rows(kind, of_theirs, since=TruncDate("asked_at"), person="person", thing=thing, pk=pk)
    if academy is None:
        approved = Review.objects.filter(journey=OuterRef("pk"), state=Review.State.APPROVED).order_by("-decided_at")
        due = waiting_without_ceremony().exclude(person=reader).select_related(None)
        found["certificate"] = _rows(
            "certificate",
            due.annotate(approved_at=Subquery(approved.values("decided_at")[:1])),
            since=TruncDate("approved_at"),
            person="person",
            thing="position",
        )
        kept = Session.objects.filter(cancelled_at=None, starts_at__gte=clock.now()).exclude(kept_because="")
        found["clash"] = _rows("clash", kept, since=TruncDate("changed_at"))
        found["unhosted"] = _rows("unhosted", _without_host(), since=_day("left_on"), for_="who")
    if (posts := _posts(reader)) is not None:
        found["opening"] = _rows("opening", posts, since=_day("opened_on"), thing="position")
        held = Interview.objects.filter(outcome="", at__lt=clock.now(), opening__in=_openings(reader))
        found["interview"] = _rows(
            "interview",
            held.exclude(person=reader),
            since=TruncDate("at"),
            person="person",
            thing="opening__position",
            for_="invited_by",
            pk="opening",
        )
    return found


def _taught_and_hosted(reader: Person, *, everywhere: bool) -> dict[str, Rows]:
    """Days to confirm, results to record, registers to mark: one's own; everybody's for the academy."""
    today = clock.today()
    marked = Mark.objects.filter(session=OuterRef("session"), person=OuterRef("learner"), is_current=True)
    days = MentorshipDay.objects.filter(~Exists(marked), cancelled_at=None, on__lt=today).exclude(learner=reader)
    graded = Result.objects.filter(offering=OuterRef("offering"), person=OuterRef("person"), is_current=True)
    ungraded = Enrolment.objects.filter(~Exists(graded), offering=OuterRef("pk"), withdrawn_at=None)
    runs = Offering.objects.filter(Exists(ungraded), ends_on__lt=today)
    members = Member.objects.filter(series=OuterRef("series"), left_at=None)
    of_days = MentorshipDay.objects.filter(session=OuterRef("pk"))
    registers = Session.objects.not_private().filter(
        ~Exists(Mark.objects.filter(session=OuterRef("pk"))),
        ~Exists(of_days),
        Exists(members),
        cancelled_at=None,
        starts_at__lte=clock.now(),
        starts_at__gte=clock.at_time(today - timedelta(days=BACK)),
    )
    if not everywhere:
        days, runs = days.filter(holder=reader), runs.filter(teachers=reader)
        registers = registers.filter(hosts=reader)
    first_host = _first(Session.hosts.through._default_manager.filter(session=OuterRef("pk")), "session")
    first_teacher = _first(Offering.teachers.through._default_manager.filter(offering=OuterRef("pk")), "offering")
    runs, registers = runs.annotate(who=first_teacher), registers.annotate(who=first_host)
    return {
        "day": _rows("day", days, since=_day("on"), person="learner", thing="position", for_="holder"),
        "result": _rows("result", runs, since=_day("ends_on"), thing="course", for_="who"),
        "register": _rows("register", registers, since=TruncDate("starts_at"), for_="who"),
    }


def _without_host() -> QuerySet[Any]:
    """Sessions of the next weeks whose hosts all work here no more by then; with one of them and their last day."""
    employed = Employment.objects.filter(person=OuterRef("person"))
    stays = employed.filter(Q(ended_on=None) | Q(ended_on__gte=OuterRef(OuterRef("day"))))
    hosts = Session.hosts.through._default_manager.filter(session=OuterRef("pk"))
    there = hosts.filter(Exists(stays) | ~Exists(employed))  # a guest from outside leaves nothing
    days = MentorshipDay.objects.filter(session=OuterRef("pk"))  # another holder is proposed where days are planned
    ahead = Session.objects.not_private().filter(cancelled_at=None, starts_at__gte=clock.now())
    ahead = ahead.annotate(day=TruncDate("starts_at")).filter(Exists(hosts), ~Exists(there), ~Exists(days))
    last = Employment.objects.filter(person=OuterRef("who")).order_by("-ended_on").values("ended_on")
    soon = ahead.filter(starts_at__lt=clock.at_time(clock.today() + timedelta(days=AHEAD)))
    return soon.annotate(who=_first(hosts, "session")).annotate(left_on=Subquery(last[:1]))


def _first(people: Any, of: str) -> Subquery:
    """One of the people who host or teach."""
    return Subquery(people.order_by().values(of).annotate(who=Min("person")).values("who"))


def _posts(reader: Person) -> QuerySet[Opening] | None:
    """Posts that are open and for which nobody was invited or chosen, of units the reader fills posts in."""
    if reach_of(reader, Role.ACADEMY, Role.HR) == []:
        return None
    nobody = ~Exists(Interview.objects.filter(opening=OuterRef("pk")))
    free = ~Exists(Placement.objects.filter(opening=OuterRef("pk")))
    return _openings(reader).filter(nobody, free)


def _openings(reader: Person) -> QuerySet[Opening]:
    """Openings that are not closed, of units the reader fills posts in."""
    branches = Q()
    for path in reach_of(reader, Role.ACADEMY, Role.HR) or ():
        branches |= Q(unit__path__startswith=path)
    return Opening.objects.filter(branches, closed_at=None)


def counted(kinds: dict[str, Rows]) -> dict[str, int]:
    """How many of each kind; one statement."""
    numbers = [rows.order_by().values("c0").annotate(n=Count("pk")) for rows in kinds.values()]
    return _by_kind(numbers)


def _by_kind(numbers: list[Rows]) -> dict[str, int]:
    first, *others = [rows.values_list("c0", "n") for rows in numbers]
    return dict(first.union(*others, all=True)) if others else dict(first)


def in_order(kinds: Iterable[Rows]) -> Rows:
    """All of them as one list, what waits longest first."""
    first, *others = kinds
    both = first.union(*others, all=True) if others else first
    return both.order_by("c2", "c0", "c1")


@dataclass(frozen=True)
class Waits:
    """One thing that waits: what kind, since when, about whom and what, and for whom (None: the whole office)."""

    kind: str
    pk: int
    since: date
    person: Person | None
    thing: str
    for_: Person | None


Names = dict[tuple[str, int], tuple[str, str]]


def told(rows: Iterable[tuple[Any, ...]], *, positions: Iterable[int] = ()) -> tuple[list[Waits], Names]:
    """The rows with their names, and name and code of what was named; three statements. `positions` are named too."""
    page = list(rows)
    people = Person.objects.get_queryset().in_bulk({pk for row in page for pk in (row[3], row[5]) if pk})
    of_courses = {row[4] for row in page if row[0] in OF_COURSES and row[4]}
    of_positions = {row[4] for row in page if row[0] not in OF_COURSES and row[4]}
    names = _names(of_courses, of_positions.union(positions))
    shown = {row[1] for row in page if row[0] in OF_SESSIONS}
    sessions = Session.objects.select_related("series").in_bulk(shown)
    found = []
    for kind, pk, since, person, thing, for_ in page:
        table = "course" if kind in OF_COURSES else "position"
        name = str(sessions.get(pk, "")) if kind in OF_SESSIONS else names.get((table, thing), ("", ""))[0]
        found.append(Waits(kind, pk, since, people.get(person), name, people.get(for_)))
    return found, names


def _names(courses: set[int], positions: set[int]) -> Names:
    """Courses and positions by what they are called here, and their codes; one statement."""

    def of(model: Any, word: str, ids: set[int]) -> Rows:
        found: Rows = model.objects.filter(pk__in=ids or {0}).order_by()
        return found.annotate(what=Value(word, output_field=CharField())).values_list(
            "what", "pk", "name", "names", "code"
        )

    both = of(Course, "course", courses).union(of(Position, "position", positions), all=True)
    return {(what, pk): (in_language(name, names), code) for what, pk, name, names, code in both}


@dataclass(frozen=True)
class CohortToday:
    """A cohort that needs a look: its intake closes soon, its waiting list could be served, people missed a session."""

    cohort: Cohort
    closes_on: date | None
    places: int
    queue: int
    missed: int


def cohorts_to_look_at() -> list[CohortToday] | None:
    """Cohorts that are not over and need a look; None when no cohort is under way. Two statements."""
    today = clock.today()
    missed = _missed_by_cohort()
    found = []
    running: list[Any] = list(cohorts_counted().filter(ends_on__gte=today).order_by("join_until", "id"))
    for cohort in running:
        places: int = max(0, door_of(cohort).places_left)
        soon = today <= cohort.join_until <= today + timedelta(days=CLOSES_IN)
        one = CohortToday(
            cohort,
            cohort.join_until if soon else None,
            places,
            cohort.queue if places and cohort.join_until >= today else 0,
            missed.get(cohort.pk, 0),
        )
        if one.closes_on or one.queue or one.missed:
            found.append(one)
    return found if running else None


def _missed_by_cohort() -> dict[int, int]:
    """How many people under way in each cohort missed a session of its runs that nothing makes up or waives so far."""
    make_up = Session.objects.filter(makes_up=OuterRef("session"), cancelled_at=None)
    waived = Waiver.objects.filter(
        journey=OuterRef(OuterRef("pk")),
        revoked_at=None,
        key=Concat(Value("attendance:"), OuterRef("session__series__offering__course__code")),
    )
    missed = Mark.objects.filter(
        ~Exists(make_up),
        ~Exists(waived),
        session__starts_at__gte=OuterRef("joined_at"),
        person=OuterRef("person"),
        session__series__offering__cohorts=OuterRef("cohort"),
        is_current=True,
        value__in=(ABSENT, EXCUSED),
    )
    going = Journey.objects.filter(Exists(missed), left_at=None, completed_at=None, cohort__isnull=False)
    return dict(going.order_by().values_list("cohort").annotate(n=Count("pk")))


def run_out_soon() -> list[tuple[int, int, date]]:
    """Positions with how many of their pool run out within two months, and the first day of it; one statement."""
    on = clock.today()
    found = []
    for position, people in certified_in_pool(None, on=on).items():
        soon = [one.until for one in people.values() if one.until and one.validity(on) == "expiring"]
        if soon:
            found.append((position, len(soon), min(soon)))
    return sorted(found, key=lambda row: row[2])
