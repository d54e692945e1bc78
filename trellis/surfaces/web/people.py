"""A person's page, and one's own."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from trellis.domains.credentials.models import Certificate
from trellis.domains.people.actions.invitations import may_be_invited
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey
from trellis.kit.access import needs, signed_in
from trellis.surfaces.web.about_me import everything_about
from trellis.surfaces.web.holdings import held_by, who_holds_data_of


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
        "now": next((holding for holding in holdings if holding.ended_on is None), None),
        "reports": shown.reports.here().count(),
        "invitation": may_be_invited(shown) if may["manage"] else None,
    }
    may["see_levels"] = request.user.has_perm("careers.see_levels", shown)
    if may["see_history"]:
        context["journeys"] = Journey.objects.filter(person=shown).select_related("programme", "position")
        context["certificates"] = Certificate.objects.filter(person=shown, withdrawn_at=None)
        context["employments"] = shown.employments.all()
    return render(request, "web/person.html", context)


@signed_in
def me(request: Asked) -> HttpResponse:
    """One's own page: who one is here, how one is told things, who may read what about one."""
    context = {
        "person": request.user,
        "now": next((holding for holding in held_by(request.user) if holding.ended_on is None), None),
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
