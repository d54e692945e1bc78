"""Find anything: people, positions, pathways, courses, pages, and what is one's own. A handful of statements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency, Pathway
from trellis.domains.growth.queries.looking import search_cards, search_goals
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, Position
from trellis.kit.ui.icons import icon
from trellis.surfaces.web.navigation import places_of

EACH = 8


@dataclass(frozen=True)
class Found:
    """One thing that was found: what it is called, and where it is."""

    thing: Any
    href: str
    icon: str
    note: Any = ""


@dataclass(frozen=True)
class Group:
    title: Any
    found: list[Found]


def _called(words: str) -> Q:
    """Named so in the company's own language or in Chinese."""
    return Q(name__icontains=words) | Q(**{"names__zh-hans__icontains": words})


def _pages(words: str, user: Person) -> Iterator[Found]:
    for place in places_of(user):
        if words.lower() in str(place.name).lower():
            yield Found(place.name, place.href, place.icon, place.about)


def _people(words: str) -> Iterator[Found]:
    wanted = Q(name__icontains=words) | Q(employee_id__iexact=words) | Q(email__istartswith=words)
    for person in Person.objects.here().filter(wanted).order_by("name", "id")[:EACH]:
        yield Found(person, f"/people/{person.pk}/", icon("circle-user-round"), person.employee_id)


def _defined(things: Iterable[Any], base: str, drawn: str) -> Iterator[Found]:
    for thing in things:
        yield Found(thing, f"/{base}/{thing.code}/", drawn)


def _own(words: str, user: Person) -> Iterator[Found]:
    """Goals and cards of one's own, and of nobody else; all of it, with what is shared, is found on the boards."""
    for goal in search_goals(user, words)[:EACH]:
        yield Found(goal, f"/goals/{goal.pk}/", icon("target"))
    for card in search_cards(user, words, own=True)[:EACH]:
        yield Found(card, f"/cards/{card.pk}/", icon("square-kanban"), card.column.board.name)


def find(words: str, user: Person) -> list[Group]:
    """What is called so, in groups of at most eight; nothing for nothing."""
    words = words.strip()[:100]
    if not words:
        return []
    called = _called(words)
    positions = Position.objects.filter(called, closed_on=None)[:EACH]
    competencies = Competency.objects.filter(called, closed_on=None)[:EACH]
    groups = (
        Group(_("Pages"), list(_pages(words, user))),
        Group(_("People"), list(_people(words)) if user.has_perm("people.see") else []),
        Group(_("My goals and cards"), list(_own(words, user))),
        Group(_("Positions"), list(_defined(positions, "positions", icon("briefcase")))),
        Group(_("Pathways"), list(_defined(Pathway.objects.filter(called)[:EACH], "pathways", icon("sprout")))),
        Group(_("Courses"), list(_defined(Course.objects.filter(called)[:EACH], "courses", icon("presentation")))),
        Group(_("Skills"), list(_defined(competencies, "competencies", icon("puzzle")))),
    )
    return [group for group in groups if group.found]
