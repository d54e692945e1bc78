"""The pool: who is ready or nearly for which position, how long certificates count, supply against what is expected."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from trellis.domains.careers.models import Competency
from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.models import ExpectedOpening
from trellis.domains.opportunities.rules import HORIZONS
from trellis.domains.opportunities.web.forms import ExpectedOpeningForm, TermForm
from trellis.domains.opportunities.web.wording import OUTLOOKS, REFUSALS, STATES, foresight
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response, xlsx_response
from trellis.kit.paging import page_of
from trellis.kit.turns import in_turn


@needs("opportunities.see_pool")
@in_turn
def pool(request: Asked) -> HttpResponse:
    """How many are ready, or nearly, for which position, beside the posts that are open."""
    return render(request, "opportunities/pool.html", {"rows": queries.pool(clock.today())})


@needs("opportunities.see_pool")
@in_turn
def position(request: Asked, code: str) -> HttpResponse:
    """Who: the people of the pool for one position, those who count first, and what the others lack."""
    shown = get_object_or_404(Position.objects.select_related("pool_term"), code=code)
    page = page_of(request, queries.people_in_pool(clock.today(), position_ids=[shown.pk]))
    ids = [row.person for row in page.object_list]
    people = queries.with_holdings(ids, clock.today())
    names = Competency.objects.in_bulk({r.competency for row in page.object_list for r in row.lacks})
    rows = [
        {
            "row": row,
            "person": people[row.person][0],
            "holding": people[row.person][1],
            "look": STATES[row.state],
            "lacks": ", ".join(f"{names[r.competency]} {r.level}" for r in row.lacks),
            "number": row.certified.number if row.certified else "",
        }
        for row in page.object_list
    ]
    given = shown.pool_term.months if hasattr(shown, "pool_term") else None
    context = {
        "position": shown,
        "page": page,
        "rows": rows,
        "months": given,
        "form": TermForm(initial={"months": given}),
        "may_plan": request.user.has_perm("opportunities.plan"),
    }
    return render(request, "opportunities/pool_position.html", context)


@needs("opportunities.plan")
@require_POST
def term(request: Asked, code: str) -> HttpResponse:
    """For how many months a certificate counts for the position."""
    shown = get_object_or_404(Position, code=code)
    form = TermForm(request.POST)
    if form.is_valid():
        actions.set_term(position=shown, months=form.cleaned_data["months"], actor=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Months: a whole number from 1 to 240, or nothing for good."))
    return redirect("opportunities:pool_position", shown.code)


@needs("opportunities.plan")
@require_POST
def renew(request: Asked, number: str) -> HttpResponse:
    """Let a certificate's months count from today again."""
    certificate = get_object_or_404(Certificate.objects.select_related("position"), number=number)
    outcome = actions.renew(certificate=certificate, why=request.POST.get("why", ""), actor=request.user)
    if outcome.ok:
        messages.success(request, _("Renewed from today."))
    else:
        messages.error(request, REFUSALS["renew_" + outcome.code])
    if certificate.position is None:
        return redirect("opportunities:pool")
    return redirect("opportunities:pool_position", certificate.position.code)


def _people_head() -> list[str]:
    return [
        _("Position"),
        _("Employee id"),
        pgettext("of a person", "Name"),
        _("State"),
        _("Certified on"),
        _("Counts until"),
        _("Requirements left"),
        _("Lacking"),
    ]


def _people_rows() -> Iterator[list[Any]]:
    """The whole pool, a row for each person and position; the people are loaded once."""
    found = queries.people_in_pool(clock.today())
    here = Person.objects.here().values_list("pk", "employee_id", "name")
    people = {pk: (number, name) for pk, number, name in here}
    positions = Position.objects.in_bulk({row.position for row in found})
    names = {pk: str(c) for pk, c in Competency.objects.in_bulk({r.competency for f in found for r in f.lacks}).items()}
    for row in found:
        number, name = people.get(row.person, ("", ""))
        certified = row.certified
        yield [
            str(positions[row.position]),
            number,
            name,
            str(STATES[row.state][2]),
            certified.issued_on if certified else "",
            certified.until if certified and certified.until else "",
            len(row.lacks),
            "; ".join(f"{names[r.competency]} {r.level}" for r in row.lacks),
        ]


@needs("opportunities.see_pool")
def people_csv(request: Asked) -> HttpResponseBase:
    return csv_response(name="pool.csv", head=_people_head(), rows=_people_rows())


@needs("opportunities.see_pool")
def people_xlsx(request: Asked) -> HttpResponseBase:
    return xlsx_response(name="pool.xlsx", head=_people_head(), rows=_people_rows())


@needs("opportunities.see_pool")
@in_turn
def supply(request: Asked) -> HttpResponse:
    """Supply against expected openings per position, 3, 6 and 12 months ahead, and what the office expects."""
    expected = list(queries.expected_openings())
    found = queries.supply_ahead(clock.today(), expected=expected)
    rows = [(row.position, [(o, OUTLOOKS[o.state]) for o in row.outlooks], foresight(row)) for row in found]
    context = {
        "rows": rows,
        "expected": expected,
        "may_plan": request.user.has_perm("opportunities.plan"),
        "horizons": HORIZONS,
    }
    return render(request, "opportunities/supply.html", context)


def _supply_head() -> list[str]:
    return [
        _("Position"),
        _("Months ahead"),
        _("Open now"),
        _("Leavers expected"),
        pgettext("of openings", "Planned"),
        _("Expected openings"),
        _("Ready"),
        _("Nearly"),
        _("Through by then"),
        _("Cover"),
        _("Short by"),
        _("State"),
    ]


def _supply_rows() -> Iterator[list[Any]]:
    for row in queries.supply_ahead(clock.today()):
        for o in row.outlooks:
            yield [
                str(row.position),
                o.months,
                o.open_now,
                round(o.leavers, 1),
                o.planned,
                round(o.expected, 1),
                o.ready,
                o.nearly,
                o.arriving,
                "" if o.cover is None else round(o.cover, 2),
                round(o.gap, 1),
                str(OUTLOOKS[o.state][2]),
            ]


@needs("opportunities.see_pool")
def supply_csv(request: Asked) -> HttpResponseBase:
    return csv_response(name="supply.csv", head=_supply_head(), rows=_supply_rows())


@needs("opportunities.see_pool")
def supply_xlsx(request: Asked) -> HttpResponseBase:
    return xlsx_response(name="supply.xlsx", head=_supply_head(), rows=_supply_rows())


@needs("opportunities.plan")
def expect(request: Asked) -> HttpResponse:
    """Write down posts that will have to be filled."""
    form = ExpectedOpeningForm(request.POST or None, initial={"position": request.GET.get("position")})
    if request.method == "POST" and form.is_valid():
        actions.expect_opening(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Written down; the outlook counts it."))
        return redirect("opportunities:supply")
    return render(request, "opportunities/expect.html", {"form": form}, status=422 if form.errors else 200)


@needs("opportunities.plan")
@require_POST
def drop(request: Asked, expected_id: int) -> HttpResponse:
    """It is expected no more."""
    if actions.drop_expected(expected=get_object_or_404(ExpectedOpening, pk=expected_id), actor=request.user):
        messages.success(request, _("Not expected any more."))
    return redirect("opportunities:supply")
