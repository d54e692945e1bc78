"""Today: what waits, counted by kind, longest first; and the cohorts and positions that need a look."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.access import Role, reach_of
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import signed_in
from trellis.kit.paging import SIZE
from trellis.kit.ui.icons import icon
from trellis.surfaces.web.today import queries

# Kind to its icon, what it is, and where it is done.
KINDS: dict[str, tuple[str, Any, str]] = {
    "review": (icon("list-checks"), _("Review to decide"), "/reviews/{pk}/"),
    "time": (icon("circle-pause"), _("Pause or later end asked"), "/journeys/{pk}/time/"),
    "credit": (icon("book-open-check"), _("Earlier learning to decide"), "/credits/{pk}/"),
    "day": (icon("handshake"), _("Mentorship day to confirm"), "/mentorship-days/{pk}/"),
    "result": (icon("presentation"), _("Results to record"), "/offerings/{pk}/results/"),
    "register": (icon("clipboard-check"), _("Register to mark"), "/sessions/{pk}/register/"),
    "certificate": (icon("award"), _("Certificate to issue"), "/certificates/ceremony/"),
    "clash": (icon("triangle-alert"), _("Kept in spite of a clash"), "/sessions/{pk}/"),
    "unhosted": (icon("user-minus"), _("Session whose host has left"), "/sessions/{pk}/"),
    "interview": (icon("message-circle"), _("Interview held: what came of it"), "/openings/{pk}/"),
    "opening": (icon("door-open"), _("Opening without an interview"), "/openings/{pk}/"),
}


@signed_in
def today(request: Asked) -> HttpResponse:
    """Nothing is shown that this reader may not do something about."""
    reader = request.user
    found = queries.kinds_for(reader)
    numbers = {kind: n for kind, n in queries.counted(found).items() if n}
    chosen = request.GET.get("kind", "")
    kinds = [chosen] if chosen in numbers else list(numbers)
    rows: Any = queries.in_order(found[kind] for kind in kinds) if kinds else []
    pages: Paginator[Any] = Paginator(rows, SIZE)
    pages.count = sum(numbers[kind] for kind in kinds)  # known already
    page = pages.get_page(request.GET.get("page"))
    expiring = queries.run_out_soon() if reader.has_perm("opportunities.plan") else []
    waits, names = queries.told(page.object_list, positions=[row[0] for row in expiring])
    is_office = reach_of(reader, Role.ACADEMY) is None
    context = {
        "page": page,
        "rows": [(one, *KINDS[one.kind][:2], KINDS[one.kind][2].format(pk=one.pk)) for one in waits],
        "tiles": [(kind, *KINDS[kind][:2], numbers[kind]) for kind in KINDS if kind in numbers],
        "total": sum(numbers.values()),
        "kind": chosen if chosen in numbers else "",
        "cohorts": queries.cohorts_to_look_at() if is_office else [],
        "expiring": [(*names["position", pk], number, first) for pk, number, first in expiring],
        "is_office": is_office,
        "today": clock.today(),
    }
    return render(request, "web/today.html", context)
