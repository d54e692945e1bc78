from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.surfaces.web.calendar import queries
from trellis.surfaces.web.calendar.spans import VIEWS, WEEK, read_day, span


@signed_in
def calendar(request: Asked) -> HttpResponse:
    """Sessions by day. Of oneself, or for the office of everybody, by cohort, pathway, room and teacher."""
    view = request.GET.get("view", WEEK)
    shown = span(view if view in VIEWS else WEEK, read_day(request.GET.get("date", ""), clock.today()))
    may_see_all = request.user.has_perm("sessions.plan")
    of_all = "all" in request.GET.getlist("of")
    if of_all:
        require(request, "sessions.plan")
    wanted = queries.Wanted.read(request.GET)
    sessions = queries.everybodys(wanted) if of_all else queries.mine(request.user)
    days, too_many = queries.days_of(shown, sessions, request.user)
    page = {
        "span": shown,
        "days": days,
        "any": any(day.sessions for day in days),
        "too_many": too_many,
        "of_all": of_all,
        "may_see_all": may_see_all,
        "today": clock.today(),
        "filters": _filters(queries.choices(shown), wanted) if of_all else [],
        "filtered": "".join(f"&{name}={getattr(wanted, name)}" for name in queries.FILTERS if getattr(wanted, name)),
    }
    return render(request, "web/calendar.html", page)


def _filters(choices: dict[str, list[tuple[int, str]]], wanted: queries.Wanted) -> list[dict[str, object]]:
    labels = {"cohort": _("Cohort"), "pathway": _("Pathway"), "room": _("Room"), "teacher": _("Teacher")}
    return [
        {"name": name, "label": labels[name], "choices": found, "chosen": getattr(wanted, name)}
        for name, found in choices.items()
        if found
    ]
