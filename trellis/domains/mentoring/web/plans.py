"""Plans for groups: the list, one proposal, a day changed by hand, applied, dropped, taken back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.mentoring import wording
from trellis.domains.mentoring.actions.applying import apply_proposal, take_back
from trellis.domains.mentoring.actions.proposing import change_day, drop_proposal
from trellis.domains.mentoring.actions.replacing import propose_replacements
from trellis.domains.mentoring.models import PlanProposal, ProposedPerson
from trellis.domains.mentoring.queries import proposals as queries
from trellis.domains.mentoring.queries.needs import days_upset
from trellis.domains.mentoring.web.forms import ChangeForm
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position
from trellis.kit.access import needs
from trellis.kit.paging import page_of
from trellis.kit.text import in_language


@needs("mentoring.plan_groups")
def plans(request: Asked) -> HttpResponse:
    """Days that need another holder, and all proposals, the newest first."""
    upset = days_upset().select_related("holder", "learner", "position").order_by("holder__name", "on")[:100]
    page = {"page": page_of(request, queries.proposals_listed()), "upset": list(upset)}
    return render(request, "mentoring/plans.html", page)


@needs("mentoring.plan_groups")
def proposal(request: Asked, pk: int) -> HttpResponse:
    """One plan: who spends which day beside whom, what lacks and what would cure it, what no longer holds."""
    found = get_object_or_404(PlanProposal.objects.select_related("asked_by", "applied_by", "ended_by"), pk=pk)
    rows = queries.rows_of(found)
    page = page_of(request, rows)
    dates = sorted({day.on for row in page for day in row.days})
    broken = queries.checked(found, [d for row in rows for d in row.days]) if found.is_open else {}
    holders = queries.by_holder(rows)
    return render(
        request,
        "mentoring/proposal.html",
        {
            "proposal": found,
            "page": page,
            "dates": dates,
            "matrix": [(row, _cells(row, dates, broken)) for row in page],
            "holders": holders,
            "short": [(row, _why(row.person)) for row in rows if row.missing],
            "shortages": _shortages(found, rows, holders),
            "broken": len(broken),
            "days": sum(len(row.days) for row in rows),
            "needed": sum(row.person.days for row in rows),
        },
    )


def _cells(row: queries.PersonRow, dates: list[date], broken: dict[tuple[int, date], str]) -> list[Any]:
    """For each date the proposed day, with why it no longer holds."""
    by_date = {day.on: day for day in row.days}
    return [
        (by_date[on], wording.BROKEN.get(broken.get((row.person.learner_id, on), ""), "")) if on in by_date else None
        for on in dates
    ]


def _why(person: ProposedPerson) -> str:
    return str(wording.SHORT.get(person.why_short, "")) % {"possible": person.possible}


def _shortages(
    found: PlanProposal, rows: list[queries.PersonRow], holders: list[queries.HolderRow]
) -> list[tuple[Position, list[str]]]:
    """What lacked when the plan was found, with the names of holders who are in the plan."""
    positions = {row.person.position_id: row.person.position for row in rows}
    names = {row.holder.pk: row.holder.name for row in holders}
    return [
        (position, wording.shortage(of, position=in_language(position.name, position.names), holders=names))
        for of in found.outcome.get("short", [])
        if (position := positions.get(of["position"]))
    ]


@needs("mentoring.plan_groups")
def person(request: Asked, pk: int, learner_id: int) -> HttpResponse:
    """The days of one learner in a plan, changed by hand."""
    found = get_object_or_404(PlanProposal, pk=pk)
    proposed = get_object_or_404(found.people.select_related("learner", "position"), learner=learner_id)
    days = list(found.days.select_related("holder").order_by("on"))
    own = [day for day in days if day.learner_id == learner_id]
    free = queries.free_for(found, proposed, days) if found.is_open else []
    form = ChangeForm(request.POST or None, own=own, free=free)
    if request.method == "POST" and form.is_valid():
        code = change_day(proposal=found, learner_id=learner_id, actor=request.user, **form.cleaned_data)
        if code in {"changed", "already"}:
            messages.success(request, _("Changed."))
            return redirect("mentoring:proposed_person", pk, learner_id)
        form.add_error("takes", wording.CHANGE[code])
    page = {"proposal": found, "proposed": proposed, "own": own, "form": form}
    return render(request, "mentoring/proposed_person.html", page, status=422 if form.errors else 200)


@needs("mentoring.plan_groups")
@require_POST
def apply(request: Asked, pk: int) -> HttpResponse:
    """Plan all the days, once."""
    outcome = apply_proposal(proposal=get_object_or_404(PlanProposal, pk=pk), actor=request.user)
    if outcome.code == "stale":
        text = ngettext(
            "Nothing was planned: %(n)s day is not possible any more. It is marked below; choose another one for it.",
            "Nothing was planned: %(n)s days are not possible any more. They are marked below; choose others.",
            outcome.broken,
        )
        messages.error(request, text % {"n": outcome.broken})
    elif outcome.ok:
        messages.success(request, _("The days are planned; learners and holders are told."))
    else:
        messages.error(request, _("There is nothing to apply: the plan is empty or was dropped."))
    return redirect("mentoring:proposal", pk)


@needs("mentoring.plan_groups")
@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    """The plan is not wanted."""
    if drop_proposal(proposal=get_object_or_404(PlanProposal, pk=pk), actor=request.user):
        messages.success(request, _("The proposal is dropped."))
    return redirect("mentoring:proposal", pk)


@needs("mentoring.plan_groups")
@require_POST
def undo(request: Asked, pk: int) -> HttpResponse:
    """Cancel all its days, while none of them was held."""
    outcome = take_back(proposal=get_object_or_404(PlanProposal, pk=pk), actor=request.user)
    if outcome.code == "held":
        messages.error(request, _("Days of this plan were held already, so it stays. Cancel single days instead."))
    else:
        messages.success(request, _("The plan is taken back; everybody is told."))
    return redirect("mentoring:proposal", pk)


@needs("mentoring.plan_groups")
@require_POST
def replace(request: Asked, person_id: int) -> HttpResponse:
    """Look for other holders for the days beside this one."""
    holder = get_object_or_404(Person.objects.get_queryset(), pk=person_id)
    found = propose_replacements(holder_id=holder.pk, actor=request.user)
    if found is None:
        messages.info(request, _("No day beside this person needs another holder."))
        return redirect("mentoring:plans")
    return redirect("mentoring:proposal", found.pk)
