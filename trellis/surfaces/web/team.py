"""My team: where the people one leads stand on their journeys; nothing of what is private to them."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

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
from trellis.kit.paging import SIZE


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
    return render(request, "web/team.html", {"page": page, "rows": rows, "led": numbers["led"]})
