"""A person's page, and one's own."""

from typing import Any, TypeVar

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from trellis.domains.mentoring.models import Willing
from trellis.domains.people.access import OfAPerson
from trellis.domains.people.actions.invitations import may_be_invited
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.kit.access import needs, signed_in
from trellis.surfaces.web.about_me import everything_about
from trellis.surfaces.web.holdings import held_by, held_now, who_holds_data_of

Own = TypeVar("Own", bound=OfAPerson)


@needs("people.see")
def person(request: Asked, person_id: int) -> HttpResponse:
    """Position, unit, manager for everybody; career, journeys and certificates for whom they concern."""
    shown = get_object_or_404(Person.objects.get_queryset().select_related("manager"), pk=person_id, erased_at=None)
    may = {
        verb: request.user.has_perm(f"people.{verb}", shown)
        for verb in ("see_history", "manage", "grant_roles", "erase")
    }
    holdings = held_by(shown)
    context: dict[str, Any] = {
        "person": shown,
        "may": may,
        "holdings": holdings if may["see_history"] else [],
        "now": held_now(holdings),
        "reports": shown.reports.here().count(),
        "willing": Willing.objects.filter(person=shown, stopped_at=None).first(),
        "invitation": may_be_invited(shown) if may["manage"] else None,
    }
    may["see_transcript"] = request.user.has_perm("learning.see_transcript", shown)
    may["offer"] = request.user.has_perm("growth.offer", shown)
    may["see_levels"] = request.user.has_perm("careers.see_levels", shown)
    if may["see_history"]:
        journeys = list(shown.journeys.select_related("programme", "position"))
        certificates = list(shown.certificates.filter(withdrawn_at=None))
        # Of one person: who may open one of them may open all.
        context["journeys"] = _to_open(journeys, request.user, "programmes.see_journey")
        context["certificates"] = _to_open(certificates, request.user, "credentials.see")
        context["employments"] = shown.employments.all()
    return render(request, "web/person.html", context)


def _to_open(things: list[Own], user: Person, permission: str) -> list[Own]:
    return things if things and user.has_perm(permission, things[0]) else []


@signed_in
def me(request: Asked) -> HttpResponse:
    """One's own page: who one is here, how one is told things, who may read what about one."""
    context = {
        "person": request.user,
        "now": held_now(held_by(request.user)),
        "readers": who_holds_data_of(request.user),
        "grants": request.user.grants,
    }
    return render(request, "web/me.html", context)


@signed_in
def about_me(request: Asked) -> HttpResponse:
    """Everything held about oneself, to keep."""
    layout = {"ensure_ascii": False, "indent": 2}
    answer = JsonResponse(everything_about(request.user), json_dumps_params=layout)
    answer["Content-Disposition"] = 'attachment; filename="about-me.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer
