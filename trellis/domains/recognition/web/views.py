from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.access import Role, only_about
from trellis.domains.people.asking import Asked
from trellis.domains.recognition import actions, queries, sheets
from trellis.domains.recognition.models import Transfer
from trellis.kit.access import needs, require
from trellis.kit.files.tables import csv_response, xlsx_response
from trellis.kit.paging import page_of


def _bonuses(request: Asked) -> QuerySet[Transfer]:
    """Those of the people whom the reader acts for."""
    return only_about(queries.bonuses(), request.user, Role.HR, Role.ADMINISTRATOR, by="credit__person")


@needs("recognition.see_bonuses")
def bonuses(request: Asked) -> HttpResponse:
    """What payroll has to pay."""
    page = page_of(request, _bonuses(request))
    context = {"page": page, "may_reverse": request.user.has_perm("recognition.reverse")}
    return render(request, "recognition/bonuses.html", context)


@needs("recognition.see_bonuses")
def bonuses_csv(request: Asked) -> HttpResponseBase:
    return csv_response(name="bonuses.csv", head=sheets.heading(), rows=sheets.rows_of(_bonuses(request)))


@needs("recognition.see_bonuses")
def bonuses_xlsx(request: Asked) -> HttpResponseBase:
    return xlsx_response(name="bonuses.xlsx", head=sheets.heading(), rows=sheets.rows_of(_bonuses(request)))


@needs("recognition.reverse")
@require_POST
def reverse(request: Asked, transfer_id: int) -> HttpResponse:
    """Take a bonus back, by a transfer the other way."""
    transfer = get_object_or_404(queries.bonuses(), pk=transfer_id)
    require(request, "recognition.reverse", transfer)
    outcome = actions.reverse(transfer=transfer, why=request.POST.get("why", ""), actor=request.user)
    if outcome.ok:
        messages.success(request, _("Taken back."))
    else:
        messages.error(request, _("Write down the reason: it is kept in the books."))
    return redirect("recognition:bonuses")
