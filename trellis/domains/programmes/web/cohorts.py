"""The academy's cohorts: list, new, roster."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from trellis.domains.learning.models import Course, Offering
from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.queries.journey import journeys_loaded
from trellis.domains.programmes.queries.offers import (
    cohorts_counted,
    latest_versions,
    roster_of,
)
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import columns_of
from trellis.domains.programmes.web.forms import CohortForm
from trellis.domains.programmes.wording import LOOKS
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.paging import page_of


@needs("programmes.run")
def cohorts(request: Asked) -> HttpResponse:
    page = page_of(request, cohorts_counted().order_by("-starts_on", "-id"))
    return render(request, "programmes/cohorts.html", {"page": page, "today": clock.today()})


@needs("programmes.run")
def new_cohort(request: Asked) -> HttpResponse:
    """Open a cohort with the runs of the courses it needs."""
    coming = Offering.objects.filter(ends_on__gte=clock.today()).select_related("course").order_by("course__name", "id")
    versions = latest_versions()
    form = CohortForm(request.POST or None, versions=versions, offerings=coming)
    if request.method == "POST" and form.is_valid():
        cohort = actions.open_cohort(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The cohort is open. People join it themselves."))
        return redirect("programmes:cohort", cohort.pk)
    page = {"form": form, "may_choose": versions.exists()}
    return render(request, "programmes/new_cohort.html", page, status=422 if form.errors else 200)


@needs("programmes.run")
def cohort(request: Asked, cohort_id: int) -> HttpResponse:
    """Who is where: a column for each course, the days and the review."""
    shown = get_object_or_404(cohorts_counted(), pk=cohort_id)
    columns = columns_of(definition_of(shown.version))
    travelling = journeys_loaded().filter(cohort=shown).order_by("left_at", "person__name", "id")
    page = page_of(request, travelling)
    names = Course.objects.in_bulk(columns, field_name="code")
    rows = [
        (row, [(cell, *LOOKS[cell]) if cell else None for cell in row.cells])
        for row in roster_of(page.object_list, columns, clock.today(), courses=names)
    ]
    words = {"days": _("Days"), "approval:review": _("Review")}
    heads = [(names.get(column) or words.get(column, column.split(":")[-1])) for column in columns]
    context = {"cohort": shown, "page": page, "rows": rows, "heads": heads, "today": clock.today()}
    return render(request, "programmes/cohort.html", context)
