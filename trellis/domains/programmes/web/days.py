"""The six days of a whole cohort: what is needed and offered, and asking for a plan."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from trellis.domains.mentoring import wording
from trellis.domains.mentoring.actions.proposing import Wanted, ask_for_plan
from trellis.domains.mentoring.models import PlanProposal
from trellis.domains.mentoring.queries.supply import offered_places
from trellis.domains.mentoring.tasks import plan
from trellis.domains.people.asking import Asked
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.queries.days import balances, days_wanted, window_of
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.tasks.jobs import start_job


class PlanDaysForm(forms.Form):
    """The window, and what the plan has to keep to."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    per_week = forms.TypedChoiceField(
        label=_("Days a week at most"),
        coerce=int,
        empty_value=None,
        required=False,
        initial=2,
        choices=[("", _("as many as fit")), (1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")],
    )
    few_holders = forms.BooleanField(label=_("Few different holders for each learner"), required=False, initial=True)
    only_open = forms.BooleanField(label=_("Only those for whom the mentorship is open"), required=False)


@needs("mentoring.plan_groups")
def cohort_days(request: Asked, cohort_id: int) -> HttpResponse:
    """Days needed against days offered in the window; a plan is asked for here and found in the background."""
    cohort = get_object_or_404(Cohort.objects.select_related("version__programme"), pk=cohort_id)
    today = clock.today()
    first, last = window_of(cohort, on=today)
    form = PlanDaysForm(request.POST or None, initial={"first": first, "last": last})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        window = asked["first"], asked["last"]
        wanted = days_wanted(cohort, on=today, window=window, only_open=asked.pop("only_open"))
        outcome = ask_for_plan(
            name=cohort.name,
            source=f"cohort:{cohort.pk}",
            wanted=[Wanted(w.journey.person_id, w.journey.position_id or 0, w.days) for w in wanted if not w.is_paused],
            actor=request.user,
            **asked,
        )
        if outcome.proposal:
            then = f"/mentorship-days/plans/{outcome.proposal.pk}/"
            job = start_job(plan, owner=request.user, then=then, proposal_id=outcome.proposal.pk)
            return redirect("tasks:job", job.pk)
        form.add_error(None if outcome.code == "nobody" else "last", wording.ASK[outcome.code])
    everybody = days_wanted(cohort, on=today, window=(first, last))
    wanted = [one for one in everybody if not one.is_paused]
    shown = balances(wanted, offered_places({w.journey.position_id or 0 for w in wanted}, first, last))
    page = {
        "cohort": cohort,
        "form": form,
        "balances": shown,
        "paused": [one.journey for one in everybody if one.is_paused],
        "first": first,
        "last": last,
        "earlier": PlanProposal.objects.filter(source=f"cohort:{cohort.pk}")[:5],
    }
    return render(request, "programmes/cohort_days.html", page, status=422 if form.errors else 200)
