"""Whether there are enough mentors: for everybody to see, in numbers without a name."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.mentoring.queries.demand import supply as supply_on
from trellis.domains.mentoring.rules.supply import (
    JUNIOR_YEARS,
    MOST_JUNIORS,
    SENIOR_RANK,
    SENIOR_YEARS,
    SMALLEST_TEAM,
    Line,
)
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Unit
from trellis.domains.people.queries import unit_paths
from trellis.kit import clock
from trellis.kit.access import signed_in
from trellis.kit.files.tables import csv_response
from trellis.kit.paging import page_of
from trellis.kit.turns import in_turn

BANDS = {
    0: gettext_lazy("nobody"),
    1: gettext_lazy("a few"),
    5: gettext_lazy("5 to 9"),
    10: gettext_lazy("10 to 19"),
    20: gettext_lazy("20 or more"),
}
STATES = {
    "none": gettext_lazy("juniors, and nobody senior"),
    "short": gettext_lazy("many juniors to a senior"),
    "enough": gettext_lazy("enough seniors"),
    "small": gettext_lazy("too small to tell"),
}
DEFINED = {
    "senior_years": SENIOR_YEARS,
    "senior_rank": SENIOR_RANK,
    "junior_years": JUNIOR_YEARS,
    "most": MOST_JUNIORS,
    "smallest": SMALLEST_TEAM,
}


@signed_in
@in_turn
def supply(request: Asked) -> HttpResponse:
    """By topic and by team, with the finding in a sentence."""
    found = supply_on(clock.today())
    page = page_of(request, found.teams)
    units = Unit.objects.select_related("parent").in_bulk([unit for unit, _team, _line in page])
    context = {
        "found": found,
        "waiting": BANDS[found.whole.waiting_band],
        "topics": [(topic, line, BANDS[line.mentees_band], BANDS[line.waiting_band]) for topic, line in found.topics],
        "page": page,
        "teams": [
            (units[unit], team, STATES[team.state], line, BANDS[line.mentees_band], BANDS[line.waiting_band])
            for unit, team, line in page
        ],
        "defined": DEFINED,
    }
    return render(request, "mentoring/supply.html", context)


@signed_in
def supply_csv(request: Asked) -> StreamingHttpResponse:
    """The same as a file: topics, then teams."""
    head = (
        _("Topic or team"),
        _("Willing mentors"),
        _("Free places"),
        _("Mentees"),
        _("Waiting"),
        _("People"),
        _("Seniors"),
        _("Juniors"),
        _("State"),
    )
    return csv_response(name="mentors.csv", head=head, rows=_lines())


def _lines() -> Iterator[tuple[object, ...]]:
    found, paths = supply_on(clock.today()), unit_paths()
    for topic, line in found.topics:
        yield (str(topic), *_numbers(line), "", "", "", "")
    for unit, team, line in found.teams:
        told = (team.people, team.seniors, team.juniors) if team.is_told else ("", "", "")
        yield (paths[unit], *_numbers(line), *told, str(STATES[team.state]))


def _numbers(line: Line) -> tuple[object, ...]:
    return line.mentors, line.free, str(BANDS[line.mentees_band]), str(BANDS[line.waiting_band])
