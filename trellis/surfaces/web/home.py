"""What the home page tells: one next step, what is coming, what is new, one's people, and what waits in the office.

The rooms are asked in order and the first with something to say gives the next step. Everything here is a fixed, small
number of statements: no gate is evaluated, since this is the page everybody opens first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.opportunities.models import Opening
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey, Review
from trellis.domains.sessions.models import Session
from trellis.domains.sessions.queries import sessions_of, sessions_to_mark
from trellis.kit import clock
from trellis.kit.notices.kinds import kind_of
from trellis.kit.notices.models import Notice
from trellis.kit.ui.icons import icon

COMING = 4
NEWS = 3
PEOPLE = 6


@dataclass(frozen=True)
class Step:
    """The one thing to do now. `kind` chooses the words, `about` is what they speak of."""

    kind: str
    href: str
    about: Any = None


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
    """The attempt a person is on now."""
    under_way = Journey.objects.filter(person=person, left_at=None, completed_at=None)
    return under_way.select_related("programme", "position", "cohort").first()


def _mark(registers: list[Session], journey: Journey | None) -> Step | None:
    return Step("register", f"/sessions/{registers[0].pk}/register/", registers[0]) if registers else None


def _go_on(registers: list[Session], journey: Journey | None) -> Step | None:
    return Step("journey", f"/journeys/{journey.pk}/", journey) if journey else None


STEPS: tuple[Callable[[list[Session], Journey | None], Step | None], ...] = (_mark, _go_on)


def next_step(registers: list[Session], journey: Journey | None) -> Step:
    """The first thing a room has to say, or a look at the growth map."""
    return next(filter(None, (ask(registers, journey) for ask in STEPS)), Step("map", "/pathways/"))


def coming_sessions(person: Person) -> list[Session]:
    """The next sessions that concern the person."""
    ahead = sessions_of(person).filter(ends_at__gte=clock.now(), cancelled_at=None)
    return list(ahead.select_related("series").order_by("starts_at", "id")[:COMING])


def news(person: Person) -> list[tuple[Notice, str]]:
    """The newest notices not read yet, each with its sentence."""
    unread = Notice.objects.filter(person=person, read_at=None)[:NEWS]
    return [(notice, kind_of(notice.kind).sentence(notice.params)) for notice in unread]


def my_people(person: Person) -> list[Person]:
    """Whom one leads, and who leads oneself, first; a handful."""
    near = Person.objects.get_queryset().filter(Q(manager=person) | Q(pk=person.manager_id or 0), is_active=True)
    on_journey = Count("journeys", Q(journeys__left_at=None, journeys__completed_at=None))
    people = list(near.annotate(on_journey=on_journey).order_by("name", "id")[:PEOPLE])
    return sorted(people, key=lambda one: one.pk != person.manager_id)


def office(person: Person, registers: list[Session]) -> list[Tile]:
    """What waits for those with an office, by permission."""
    tiles = []
    if person.has_perm("programmes.review"):
        waiting = Review.objects.filter(state=Review.State.ASKED).exclude(person=person).count()
        tiles.append(Tile(_("reviews wait for a decision"), waiting, "/reviews/", icon("list-checks")))
    if person.acts_as("teacher", "mentor", "academy"):
        tiles.append(Tile(_("registers of yours to mark"), len(registers), "/sessions/", icon("clipboard-check")))
    if person.has_perm("opportunities.see_pool"):
        open_now = Opening.objects.filter(closed_at=None, closes_on__gte=clock.today()).count()
        tiles.append(Tile(_("openings are open"), open_now, "/openings/", icon("door-open")))
    return tiles
