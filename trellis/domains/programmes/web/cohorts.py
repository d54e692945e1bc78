"""The academy's cohorts: list, new, their places and dates."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.learning.models import Offering
from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.queries.dues import NodeOfCohort, dates_of_cohort
from trellis.domains.programmes.queries.journey import text_of
from trellis.domains.programmes.queries.offers import (
    cohorts_counted,
    door_of,
    latest_versions,
)
from trellis.domains.programmes.web.forms import CohortForm, IntakeForm
from trellis.domains.programmes.web.roster import counted_or_404
from trellis.domains.programmes.wording_time import INTAKES, OWNERS
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.paging import page_of
from trellis.kit.turns import in_turn


@needs("programmes.run")
def cohorts(request: Asked) -> HttpResponse:
    page = page_of(request, cohorts_counted().order_by("-starts_on", "-id"))
    rows = [(cohort, *INTAKES[door_of(cohort).state(clock.today())]) for cohort in page.object_list]
    return render(request, "programmes/cohorts.html", {"page": page, "rows": rows})


@needs("programmes.run")
def new_cohort(request: Asked) -> HttpResponse:
    """Open a cohort with the runs of the courses it needs."""
    coming = Offering.objects.filter(ends_on__gte=clock.today()).select_related("course").order_by("course__name", "id")
    versions = latest_versions()
    form = CohortForm(request.POST or None, versions=versions, offerings=coming)
    if request.method == "POST" and form.is_valid():
        cohort = actions.open_cohort(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The cohort is open. People join it themselves."))
        has_runs = cohort.offerings.exists()
        return redirect("programmes:cohort" if has_runs else "programmes:plan_runs", cohort.pk)
    page = {"form": form, "may_choose": versions.exists()}
    return render(request, "programmes/new_cohort.html", page, status=422 if form.errors else 200)


@needs("programmes.run")
def intake(request: Asked, cohort_id: int) -> HttpResponse:
    """The places and the days of joining, and who waits: in the order of asking."""
    shown = counted_or_404(cohort_id)
    form = IntakeForm(request.POST or None, instance=Cohort.objects.get(pk=cohort_id))
    if request.method == "POST" and form.is_valid():
        outcome = actions.change_intake(cohort=shown, actor=request.user, **form.cleaned_data)
        if outcome.code != "too_few":
            messages.success(request, _told_of_change(outcome))
            return redirect("programmes:intake", shown.pk)
        form.add_error("places", _("%(n)s places are taken or offered now: no fewer.") % {"n": outcome.taken})
    waiting = shown.waiting.select_related("person", "position").order_by("ended_at", "asked_at", "id")
    context = {
        "cohort": shown,
        "form": form,
        "state": INTAKES[door_of(shown).state(clock.today())],
        "page": page_of(request, waiting),
        "today": clock.today(),
        "tab": "intake",
    }
    return render(request, "programmes/intake.html", context, status=422 if form.errors else 200)


def _told_of_change(outcome: actions.IntakeOutcome) -> str:
    if outcome.code == "same":
        return _("This is how it is already: nothing changed.")
    if not outcome.offered:
        return _("Changed.")
    said = ngettext(
        "Changed. %(n)s place is offered to the first in line.",
        "Changed. %(n)s places are offered to the first in line.",
        outcome.offered,
    )
    return said % {"n": outcome.offered}


@needs("programmes.run")
@in_turn
def dates(request: Asked, cohort_id: int) -> HttpResponse:
    """Every node with its date: who has it done, who is late; ticked here for everybody at once."""
    shown = counted_or_404(cohort_id)
    nodes = dates_of_cohort(shown, clock.today())
    if request.method == "POST":
        return _tick_for_all(request, shown, nodes)
    context = {
        "cohort": shown,
        "rows": [(node, text_of(node.node.name), OWNERS[node.node.owner]) for node in nodes],
        "state": INTAKES[door_of(shown).state(clock.today())],
        "ticked": request.GET.get("ticked"),
        "ticked_for": request.GET.get("for"),
        "tab": "dates",
    }
    return render(request, "programmes/dates.html", context)


def _tick_for_all(request: Asked, cohort: Cohort, nodes: list[NodeOfCohort]) -> HttpResponse:
    """Tick a node for all who have it open, or take that back for those it was just ticked for."""
    node, undo = request.POST.get("node", ""), request.POST.get("undo", "")
    if undo:
        there = [int(pk) for pk in undo.split(",") if pk.isdigit()]
        mine = cohort.journeys.filter(pk__in=there).exclude(person=request.user).values_list("pk", flat=True)
        actions.untick_for_many(journey_ids=list(mine), node=node, actor=request.user)
        messages.success(request, _("It is open again."))
        return redirect("programmes:dates", cohort.pk)
    row = next((each for each in nodes if each.node.key == node), None)
    journeys = [due.journey.pk for due in row.open if due.journey.person_id != request.user.pk] if row else []
    outcome = actions.tick_for_many(journey_ids=journeys, node=node, actor=request.user)
    said = ngettext("Done for %(n)s person.", "Done for %(n)s people.", len(outcome.journeys))
    messages.success(request, said % {"n": len(outcome.journeys)})
    undo = urlencode({"ticked": node, "for": ",".join(map(str, outcome.journeys))})
    return redirect(f"{reverse('programmes:dates', args=[cohort.pk])}?{undo}")
