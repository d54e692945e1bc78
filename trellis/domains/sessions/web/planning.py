"""Planning sessions of a series that is there: one more, a make-up, and a change of one and all that follow."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from trellis.domains.people.asking import Asked
from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.actions import PlannedSession, PlanOutcome
from trellis.domains.sessions.clash_words import refusals, remarks
from trellis.domains.sessions.models import Series, Session
from trellis.domains.sessions.web.forms import FollowingForm, NewForm, SessionForm
from trellis.kit.access import require, signed_in


@signed_in
def new_session(request: Asked, pk: int) -> HttpResponse:
    """Add a session to a series."""
    series = get_object_or_404(Series, pk=pk)
    require(request, "sessions.schedule", series)
    form = NewForm(request.POST or None, series=series)
    page = {"form": form, "series": series, "title": _("New session")}
    if request.method == "POST" and form.is_valid():
        planned = form.one(queries.members_of(series.pk))
        outcome = _plan(request, series, planned, **form.booking())
        if outcome.ok:
            messages.success(request, _("The session is scheduled."))
            return redirect("sessions:session", outcome.sessions[0].pk)
        page["refused"] = refusals(outcome.clashes, [planned])
    return _form(request, page)


@signed_in
def make_up(request: Asked, pk: int) -> HttpResponse:
    """Offer a make-up: another session that stands for this one."""
    session = get_object_or_404(Session.objects.select_related("series", "makes_up__series", "room"), pk=pk)
    require(request, "sessions.schedule", session.series)
    values = {**SessionForm.values_of(session), "day": None}
    form = NewForm(request.POST or None, series=session.series, initial=values)
    page = {"form": form, "series": session.series, "session": session, "title": _("Offer a make-up")}
    if request.method == "POST" and form.is_valid():
        planned = form.one(queries.missing_from(session))
        outcome = _plan(request, session.series, planned, makes_up=session, **form.booking())
        if outcome.ok:
            messages.success(request, _("The make-up is scheduled; those who missed the session are told."))
            return redirect("sessions:session", outcome.sessions[0].pk)
        page["refused"] = refusals(outcome.clashes, [planned])
    return _form(request, page)


@signed_in
def following(request: Asked, pk: int) -> HttpResponse:
    """The same change for a session and all that follow in its series."""
    session = get_object_or_404(Session.objects.select_related("series", "room"), pk=pk)
    require(request, "sessions.schedule", session.series)
    form = FollowingForm(request.POST or None, series=session.series, initial=FollowingForm.values_of(session))
    title = _("Change this session and all that follow")
    page = {"form": form, "series": session.series, "session": session, "title": title}
    if request.method == "POST" and form.is_valid():
        outcome = actions.move_following(
            session=session, because=_because(request), actor=request.user, **form.change()
        )
        if outcome.ok:
            messages.success(request, _("%(n)s sessions changed; those concerned are told.") % {"n": outcome.moved})
            return redirect("sessions:session", pk)
        page["refused"] = refusals(outcome.clashes, outcome.planned)
    return _form(request, page)


def _plan(request: Asked, series: Series, planned: PlannedSession, **more: Any) -> PlanOutcome:
    """Plan it; what only warns is told beside, what refuses comes back."""
    outcome = actions.plan_one(series=series, planned=planned, because=_because(request), actor=request.user, **more)
    if outcome.ok:
        for remark in remarks(outcome.clashes, [planned], [1]).get(-1, []):
            messages.warning(request, remark.text)
    return outcome


def _because(request: Asked) -> str:
    return request.POST.get("because", "")[:300]


def _form(request: Asked, page: dict[str, Any]) -> HttpResponse:
    bad = bool(page.get("refused") or page["form"].errors)
    return render(request, "sessions/form.html", {**page, "because": _because(request)}, status=422 if bad else 200)
