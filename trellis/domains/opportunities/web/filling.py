"""Filling a post: interviews in the order of the list, the choice, and the report of who was passed over."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.models import Interest, Interview, Opening
from trellis.domains.opportunities.queries import Filling
from trellis.domains.opportunities.web.forms import ChoiceForm, InviteForm
from trellis.domains.opportunities.web.wording import LOOKS, OUTCOMES, REFUSALS, in_short
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.access import needs, require
from trellis.kit.files.tables import csv_response
from trellis.kit.paging import page_of


def _post(request: Asked, opening_id: int, permission: str) -> Opening:
    posts = Opening.objects.select_related("position", "unit").prefetch_related(
        Prefetch("interests", Interest.objects.order_by("said_at", "id"))
    )
    shown = get_object_or_404(posts, pk=opening_id)
    require(request, permission, shown)
    return shown


@needs("opportunities.fill")
def interviews(request: Asked, opening_id: int) -> HttpResponse:
    """The list in its order, with who is invited, what came of it, and the choice."""
    filling = queries.filling_of(_post(request, opening_id, "opportunities.fill"), clock.today())
    return render(request, "opportunities/interviews.html", _shown(request, filling))


def _shown(request: Asked, filling: Filling, **more: Any) -> dict[str, Any]:
    chosen = {placement.person_id for placement in filling.placements}
    rows = [
        {
            "listed": row,
            "look": LOOKS[row.place.reason],
            "why": in_short(row.place),
            "interview": filling.interviews.get(row.person.pk),
            "state": OUTCOMES.get(filling.interviews[row.person.pk].outcome)
            if row.person.pk in filling.interviews
            else None,
            "is_held": row.person.pk in filling.interviews and filling.interviews[row.person.pk].at <= clock.now(),
            "needs_reason": bool(filling.not_yet_invited(row.person.pk)),
        }
        for row in filling.listed
        if row.person.pk not in chosen
    ]
    can_fill = filling.opening.closed_at is None and filling.posts_left > 0
    return {
        "opening": filling.opening,
        "filling": filling,
        "rows": rows,
        "can_fill": can_fill,
        "may_choose": can_fill and request.user.has_perm("opportunities.choose", filling.opening),
        "outcomes": [choice for choice in Interview.Outcome.choices if choice[0]],
        "soon": timezone.localtime(clock.now()),
        **more,
    }


@needs("opportunities.fill")
@require_POST
def invite(request: Asked, opening_id: int, person_id: int) -> HttpResponse:
    """Invite to an interview, or to another time."""
    opening = _post(request, opening_id, "opportunities.fill")
    person = get_object_or_404(Person, pk=person_id)
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say on which day and at what time the interview is."))
        return redirect("opportunities:interviews", opening.pk)
    outcome = actions.invite(opening=opening, person=person, actor=request.user, **form.cleaned_data)
    if outcome.ok:
        messages.success(request, _("%(person)s is invited and has been told.") % {"person": person})
    elif outcome.passed_over:
        names = ", ".join(str(p) for p in Person.objects.get_queryset().filter(pk__in=outcome.passed_over))
        messages.error(
            request,
            _("Certified and not invited yet: %(names)s. They interview first; else write down the reason.")
            % {"names": names},
        )
    else:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("opportunities:interviews", opening.pk)


@needs("opportunities.fill")
@require_POST
def outcome(request: Asked, opening_id: int, person_id: int) -> HttpResponse:
    """Note what came of an interview."""
    opening = _post(request, opening_id, "opportunities.fill")
    interview = get_object_or_404(opening.interviews.select_related("person"), person=person_id)
    noted = actions.note_outcome(
        interview=interview,
        outcome=request.POST.get("outcome", ""),
        note=request.POST.get("note", ""),
        actor=request.user,
    )
    if noted.ok:
        messages.success(request, _("Noted."))
    else:
        messages.error(request, REFUSALS["interview_" + noted.code])
    return redirect("opportunities:interviews", opening.pk)


@needs("opportunities.choose")
def choose(request: Asked, opening_id: int, person_id: int) -> HttpResponse:
    """Who gets the post, from when; and for each certified person passed over, why."""
    opening = _post(request, opening_id, "opportunities.choose")
    person = get_object_or_404(Person, pk=person_id)
    filling = queries.filling_of(opening, clock.today())
    over = [row for row in filling.listed if row.person.pk in filling.passed_over_by(person.pk)]
    form = ChoiceForm(request.POST or None, over=[row.person for row in over], initial={"on": _next_first()})
    if request.method == "POST" and form.is_valid():
        made = actions.choose(
            opening=opening, person=person, on=form.cleaned_data["on"], reasons=form.reasons(), actor=request.user
        )
        if made.ok:
            messages.success(
                request,
                _("%(person)s is chosen; it is in the history, and everybody concerned is told.") % {"person": person},
            )
            return redirect("opportunities:interviews", opening.pk)
        form.add_error(None, REFUSALS[made.code])
    page = {"opening": opening, "person": person, "form": form, "over": over}
    return render(request, "opportunities/choose.html", page, status=422 if form.errors else 200)


def _next_first() -> date:
    """The first day of the next month: when a new position usually begins."""
    today = clock.today()
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


@needs("opportunities.see_pool")
def passed_over(request: Asked) -> HttpResponse:
    """The report: who was passed over for whom, and why."""
    return render(request, "opportunities/passed_over.html", {"page": page_of(request, queries.passings_over())})


@needs("opportunities.see_pool")
def passed_over_csv(request: Asked) -> HttpResponseBase:
    head = [
        _("Date"),
        _("Position"),
        _("Unit"),
        _("Passed over"),
        _("In favour of"),
        _("How"),
        _("Reason"),
        _("Written by"),
    ]
    rows = (
        [
            timezone.localdate(p.written_at),
            str(p.opening.position),
            str(p.opening.unit),
            p.person.name,
            p.instead.name,
            p.get_kind_display(),
            p.reason,
            p.written_by.name,
        ]
        for p in queries.passings_over()
    )
    return csv_response(name="passed-over.csv", head=head, rows=rows)
