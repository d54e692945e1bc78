"""What the home page tells: one next step, what is coming, what is new, one's people, and what waits in the office.

What presses most comes first: a register to mark, a make-up to take, a review that came back, the next session.
Everything here is a fixed, small number of statements: no gate is evaluated, since this is the page everybody opens
first, and what a gate would say of a journey is said on the journey's own page.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from trellis.domains.credentials.models import Certificate
from trellis.domains.learning.models import Enrolment, Offering
from trellis.domains.learning.queries import offerings_to_grade
from trellis.domains.opportunities.models import Interview, Opening, Renewal
from trellis.domains.opportunities.rules import valid_until, validity
from trellis.domains.people.models import Holding, Person, on_day
from trellis.domains.programmes.models import Journey, Review, TimeChange, Waiting, Waiver
from trellis.domains.sessions.models import Mark, Session
from trellis.domains.sessions.queries import sessions_of, sessions_to_mark
from trellis.domains.sessions.rules import ABSENT, EXCUSED
from trellis.kit import clock
from trellis.kit.notices.kinds import kind_of
from trellis.kit.notices.models import Notice
from trellis.kit.prepared import prepared
from trellis.kit.ui.icons import icon
from trellis.surfaces.web.first_steps import FirstStep

COMING = 4
NEWS = 3
PEOPLE = 6


@dataclass(frozen=True)
class Step:
    """The one thing to do now. `kind` chooses the words, `about` is what they speak of, `journey` what it is for."""

    kind: str
    href: str
    about: Any = None
    journey: Journey | None = None


@dataclass(frozen=True)
class Tile:
    """Something that waits in the office: how many, and where."""

    name: Any
    count: int
    href: str
    icon: str


def registers_to_mark(person: Person) -> list[Session]:
    """Sessions one hosted that nobody marked yet, the oldest first."""
    if not person.acts_as("teacher", "mentor", "academy"):
        return []
    return list(sessions_to_mark(person).select_related("series").order_by("starts_at")[:20])


def journey_under_way(person: Person) -> Journey | None:
    """The attempt a person is on now, with its latest review's state as `review`, and `paused_until` in a pause."""
    return next(iter(_under_way(person.pk, clock.today())), None)


@prepared
def _under_way(person: int, on: date) -> QuerySet[Journey]:
    under_way = Journey.objects.filter(person=person, left_at=None, completed_at=None)
    latest = Review.objects.filter(journey=OuterRef("pk")).order_by("-asked_at", "-id").values("state")[:1]
    pauses = TimeChange.objects.filter(journey=OuterRef("pk"), kind=TimeChange.Kind.PAUSE, resumed_on=None)
    pauses = pauses.filter(state=TimeChange.State.GRANTED, from_on__lte=on, until_on__gte=on).order_by("-until_on")
    told = under_way.select_related("programme", "position", "cohort")
    return told.annotate(review=Subquery(latest), paused_until=Subquery(pauses.values("until_on")[:1]))[:1]


def place_waited_for(person: Person) -> Waiting | None:
    """The place on a waiting list that presses most: one that is kept for the person's answer, else the oldest.

    Not asked for who keeps the office: their page has its own questions, and the letter about the place reaches them.
    """
    if person.has_perm("programmes.review"):
        return None
    return next(iter(_waiting(person.pk)), None)


@prepared
def _waiting(person: int) -> QuerySet[Waiting]:
    waiting = Waiting.objects.filter(person=person, ended_at=None)
    told = waiting.select_related("cohort__version__programme", "position")
    return told.order_by(F("answer_by").asc(nulls_last=True), "asked_at", "id")[:1]


def post_ahead(person: Person) -> Step | None:
    """An interview that is to come, else a post that is open and for which the person is certified, so asked first.

    Two statements; not asked for who keeps the office.
    """
    if person.has_perm("programmes.review"):
        return None
    if interview := next(iter(_interviews(person.pk, clock.now())), None):
        return Step("interview", f"/openings/{interview.opening_id}/", interview)
    today = clock.today()
    for one in _certified(person.pk, today):
        renewed: date | None = one.renewed  # type: ignore[attr-defined]
        months: int | None = one.months  # type: ignore[attr-defined]
        if validity(valid_until(max(one.issued_on, renewed or one.issued_on), months), on=today) != "expired":
            return Step("first_in_line", f"/openings/{one.post}/", one.position)  # type: ignore[attr-defined]
    return None


@prepared
def _interviews(person: int, now: datetime) -> QuerySet[Interview]:
    ahead = Interview.objects.filter(person=person, outcome="", at__gte=now, opening__closed_at=None)
    return ahead.select_related("opening__position").order_by("at", "id")[:1]


@prepared
def _certified(person: int, on: date) -> QuerySet[Certificate]:
    spoken_with = Interview.objects.filter(opening=OuterRef("pk"), person=person)
    posts = Opening.objects.filter(
        ~Exists(spoken_with), position=OuterRef("position"), closed_at=None, opened_on__lte=on, closes_on__gte=on
    ).order_by("closes_on", "id")
    held = Holding.objects.filter(on_day(on), person=person, position=OuterRef("position"))
    renewed = Renewal.objects.filter(certificate=OuterRef("pk"), on__lte=on).order_by("-on")
    certificates = Certificate.objects.filter(person=person, withdrawn_at=None, position__isnull=False)
    open_to = certificates.annotate(
        post=Subquery(posts.values("pk")[:1]),
        renewed=Subquery(renewed.values("on")[:1]),
        months=F("position__pool_term__months"),
    )
    return (
        open_to.exclude(Exists(held)).filter(post__isnull=False).select_related("position").order_by("-issued_on")[:5]
    )


def next_step(
    registers: list[Session],
    journey: Journey | None,
    coming: list[Session],
    *,
    reviews: int = 0,
    results: list[Offering] | None = None,
    beginning: list[FirstStep] | None = None,
    waiting: Waiting | None = None,
    post: Step | None = None,
) -> Step:
    """What presses most of all that is known without evaluating a gate, or a look at the growth map.

    `reviews`: how many wait for this person's decision; `results`: runs whose results do. `beginning`: the first
    steps of an academy still empty; `waiting`: a place on a waiting list of who is on no journey; `post`: what is open
    to them.
    """
    if registers:
        return Step("register", f"/sessions/{registers[0].pk}/register/", registers[0])
    if to_do := next((step for step in beginning or () if not step.is_done), None):
        return Step("begin", to_do.href, to_do)
    if reviews:
        return Step("decide", "/reviews/", reviews)
    if results:
        return Step("results", f"/offerings/{results[0].pk}/results/", results[0])
    return _on_journey(journey, coming) if journey else _without_journey(coming, waiting, post)


def _on_journey(journey: Journey, coming: list[Session]) -> Step:
    link = f"/journeys/{journey.pk}/"
    if journey.paused_until:  # type: ignore[attr-defined]
        return Step("paused", link, journey.paused_until, journey)  # type: ignore[attr-defined]
    own = [s for s in coming if not s.is_hosted and not s.series.is_private]  # type: ignore[attr-defined]
    make_up = next((session for session in own if session.makes_up_id), None)
    if make_up:
        return Step("make_up", f"/sessions/{make_up.pk}/", make_up, journey)
    review = journey.review  # type: ignore[attr-defined]
    if review in (Review.State.ASKED, Review.State.RETURNED):
        return Step(f"review_{review}", link, None, journey)
    if missed := missed_for_good(journey):
        return Step("missed", link, missed, journey)
    if own:
        return Step("attend", f"/sessions/{own[0].pk}/", own[0], journey)
    return Step("journey", link, None, journey)


def _without_journey(coming: list[Session], waiting: Waiting | None, post: Step | None) -> Step:
    """A place kept for somebody's answer is lost in days, and a post within weeks, so both come before the sessions;
    waiting only after them."""
    link = f"/programmes/{waiting.cohort.version.programme.code}/" if waiting else "/pathways/"
    if waiting and waiting.answer_by and waiting.answer_by >= clock.today():
        return Step("offered", link, waiting)
    if post:
        return post
    if coming:
        return Step("session", f"/sessions/{coming[0].pk}/", coming[0])
    return Step("waiting", link, waiting) if waiting else Step("map", link)


def results_to_record(person: Person) -> list[Offering]:
    """Runs one taught that are over while somebody waits for a result."""
    return list(offerings_to_grade(person)[:20]) if person.acts_as("teacher", "academy") else []


def missed_for_good(journey: Journey) -> Session | None:
    """A session of a course missed since joining that nothing repairs: no make-up, no waiver, no other run."""
    found = _missed_for_good(journey.person_id, journey.pk, journey.joined_at)
    return found[0].session if found else None


@prepared
def _missed_for_good(person: int, journey: int, since: datetime) -> QuerySet[Mark]:
    course = "session__series__offering__course"
    marks = Mark.objects.filter(person=person, is_current=True)
    make_ups = Session.objects.filter(makes_up=OuterRef("session"), cancelled_at=None)
    open_or_taken = make_ups.exclude(pk__in=marks.filter(value__in=(ABSENT, EXCUSED)).values("session"))
    waived = Waiver.objects.filter(journey=journey, key=Concat(Value("attendance:"), OuterRef(f"{course}__code")))
    enrolled = Enrolment.objects.filter(person=person, withdrawn_at=None, offering__course=OuterRef(course))
    in_it = enrolled.filter(offering__series=OuterRef("session__series"))
    other_run = enrolled.exclude(offering__series=OuterRef("session__series"))
    missed = marks.filter(value__in=(ABSENT, EXCUSED), session__starts_at__gte=since)
    missed = missed.filter(session__makes_up=None, session__cancelled_at=None).filter(Exists(in_it))
    found = missed.exclude(Exists(open_or_taken) | Exists(waived) | Exists(other_run)).select_related("session__series")
    return found.order_by("session__starts_at")[:1]


def coming_sessions(person: Person) -> list[Session]:
    """The next sessions that concern the person, each with `is_hosted`: whether they host it."""
    return _coming(person.pk, clock.now())


@prepared
def _coming(person: int, now: datetime) -> QuerySet[Session]:
    ahead = sessions_of(person).filter(ends_at__gte=now, cancelled_at=None)
    hosting = Session.hosts.through._default_manager.filter(session=OuterRef("pk"), person=person)
    told = ahead.select_related("series", "makes_up", "room").annotate(is_hosted=Exists(hosting))
    return told.order_by("starts_at", "id")[:COMING]


def news(person: Person) -> list[tuple[Notice, str]]:
    """The newest notices not read yet, each with its sentence."""
    return [(notice, kind_of(notice.kind).sentence(notice.params)) for notice in _unread(person.pk)]


@prepared
def _unread(person: int) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person, read_at=None)[:NEWS]


def my_people(person: Person) -> list[Person]:
    """Who leads oneself, then whom one leads, those on a journey first; a handful."""
    return _near(person.pk, person.manager_id or 0)


@prepared
def _near(person: int, manager: int) -> QuerySet[Person]:
    near = Person.objects.get_queryset().filter(Q(manager=person) | Q(pk=manager), is_active=True)
    on_journey = Count("journeys", Q(journeys__left_at=None, journeys__completed_at=None))
    leads = Case(When(pk=manager, then=1), default=0)
    shown = near.only("name", "manager").annotate(on_journey=on_journey, leads=leads)
    return shown.order_by("-leads", "-on_journey", "name", "id")[:PEOPLE]


def reviews_waiting(person: Person) -> int:
    """How many wait for this person's decision."""
    if not person.has_perm("programmes.review"):
        return 0
    return Review.objects.filter(state=Review.State.ASKED).exclude(person=person).count()


def office(person: Person, registers: list[Session], reviews: int, results: list[Offering]) -> list[Tile] | None:
    """What waits for those with an office, by permission; empty when nothing does, None without an office."""
    tiles = []
    if person.has_perm("programmes.review"):
        tiles.append(Tile(_("reviews wait for a decision"), reviews, "/reviews/", icon("list-checks")))
    if person.acts_as("teacher", "mentor", "academy"):
        tiles.append(Tile(_("registers of yours to mark"), len(registers), "/sessions/", icon("clipboard-check")))
    if results:
        tiles.append(Tile(_("courses wait for your results"), len(results), "/courses/", icon("clipboard-pen")))
    if person.has_perm("opportunities.see_pool"):
        open_now = Opening.objects.filter(closed_at=None, closes_on__gte=clock.today()).count()
        tiles.append(Tile(_("openings are open"), open_now, "/openings/", icon("door-open")))
    return [tile for tile in tiles if tile.count] if tiles else None
