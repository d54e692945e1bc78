"""My team: where the people one leads stand on their journeys, what is mandatory for them, what they share with one,
and what one offers them. Nothing of what is private to them, and nothing to assign.
"""

from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from trellis.domains.growth.models import Share
from trellis.domains.growth.queries.offers import made_by
from trellis.domains.growth.queries.sharing import shared_with
from trellis.domains.learning.queries.mandatory import Required, of_people
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Holding, Person, on_day
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries.dues import under_way
from trellis.domains.programmes.queries.journey import text_of
from trellis.domains.programmes.queries.roster import RosterRow, roster_of
from trellis.domains.programmes.queries.standings import courses_of, definition_of
from trellis.domains.programmes.web.roster import STATES
from trellis.kit import clock
from trellis.kit.access import signed_in
from trellis.kit.paging import SIZE, page_of

TO_DO = ("overdue", "due")


def led_by(reader: Person) -> QuerySet[Person]:
    """The people whose manager one is, and those of the units one heads and below; not oneself."""
    branches = Q()
    for path in reader.headed_paths:
        branches |= Q(unit__path__startswith=path)
    near = Q(manager=reader)
    if branches:
        near |= Q(pk__in=Holding.objects.filter(branches, on_day(clock.today())).values("person"))
    return Person.objects.here().filter(near).exclude(pk=reader.pk)


def journeys_of_team(reader: Person) -> QuerySet[Journey]:
    """Their journeys under way. One that was left is no mark against anybody, and is not here."""
    return under_way().filter(person__in=led_by(reader).values("pk")).order_by("person__name", "id")


def said_of(row: RosterRow) -> tuple[str, object, str]:
    """What a manager sees of the state: that somebody pauses is between them and the academy."""
    return STATES["going" if row.code == "paused" else row.code]


def shared_by_team(reader: Person) -> list[Share]:
    """What those one leads let one read of their own; whether there is more, nobody can tell."""
    team = Q(board__owner__in=led_by(reader).values("pk")) | Q(goal__owner__in=led_by(reader).values("pk"))
    return list(shared_with(reader).filter(team)[:SIZE])


def still_mandatory(team: Collection[Person]) -> list[tuple[Person, list[Required]]]:
    """Who of them has mandatory training to do, with it: part of the job, and no development."""
    asked = of_people([person.pk for person in team], clock.today()) if team else {}
    to_do = ((person, [one for one in asked.get(person.pk, []) if one.standing.state in TO_DO]) for person in team)
    return [(person, required) for person, required in to_do if required]


@signed_in
def team(request: Asked) -> HttpResponse:
    """State, next due and risk of each journey, a page at a time."""
    going = Q(journeys__left_at=None, journeys__completed_at=None, journeys__isnull=False)
    numbers = led_by(request.user).aggregate(led=Count("pk", distinct=True), going=Count("journeys", filter=going))
    pages = Paginator(journeys_of_team(request.user), SIZE)
    pages.count = numbers["going"]  # known already
    page = pages.get_page(request.GET.get("page"))
    travelling = list(page.object_list)
    courses = courses_of(travelling, {j.version_id: definition_of(j.version) for j in travelling})
    rows = [
        (row, said_of(row), text_of(row.next.node.name) if row.next and not row.paused_until else "")
        for row in roster_of(travelling, [], clock.today(), courses=courses)
    ]
    return render(request, "web/team.html", {"part": "journeys", "page": page, "rows": rows, "led": numbers["led"]})


@signed_in
def offers(request: Asked) -> HttpResponse:
    """What one offers to whom one leads, and what they share with one. There is nothing to assign."""
    people = page_of(request, led_by(request.user).order_by("name", "id"))
    shown: dict[str, Any] = {"part": "offers", "page": people, "people": list(people), "made": made_by(request.user)}
    shown["shared"] = shared_by_team(request.user)
    return render(request, "web/team_offers.html", shown)


@signed_in
def mandatory(request: Asked) -> HttpResponse:
    """What is part of the job of whom one leads, and still to do."""
    people = page_of(request, led_by(request.user).order_by("name", "id"))
    shown = {"part": "mandatory", "page": people, "people": list(people), "mandatory": still_mandatory(list(people))}
    return render(request, "web/team_mandatory.html", shown)
