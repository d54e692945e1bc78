"""Moving and cancelling a session. Days beside a holder are planned and given back where they are agreed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from trellis.domains.people.asking import Asked
from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.clash_words import refusals
from trellis.domains.sessions.models import Series, Session
from trellis.domains.sessions.rules import MoveOutcome
from trellis.domains.sessions.web.forms import CancelForm, MoveForm, SessionForm
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of


@signed_in
def move(request: Asked, pk: int) -> HttpResponse:
    """Another time, place or host, with the reason that those concerned are told."""
    session = _changeable(request, pk)
    if session.series.kind == Series.Kind.MENTORSHIP:
        return _elsewhere(request)
    form = MoveForm(request.POST or None, series=session.series, initial=MoveForm.values_of(session))
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        because = request.POST.get("because", "")[:300]
        outcome = actions.move(session=session, actor=request.user, because=because, **form.planned())
        if outcome.ok:
            messages.success(request, _said(outcome))
            return redirect("sessions:session", session.pk)
        if outcome.code == "clash":
            refused = refusals(outcome.clashes, [PlannedSession(**SessionForm.planned(form))])
        form.add_error(None, _said(outcome))
    title = _("Move or change the session")
    page = {"form": form, "series": session.series, "session": session, "title": title, "refused": refused}
    return render(request, "sessions/form.html", page, status=422 if form.errors else 200)


@signed_in
def cancel(request: Asked, pk: int) -> HttpResponse:
    """Say why, then it will not take place."""
    session = _changeable(request, pk)
    if session.series.kind == Series.Kind.MENTORSHIP:
        return _elsewhere(request)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel(session=session, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("The session is cancelled; those concerned are told."))
        return redirect("sessions:session", session.pk)
    page = {"form": form, "series": session.series, "session": session, "title": _("Cancel the session")}
    return render(request, "sessions/form.html", page, status=422 if form.errors else 200)


@signed_in
def corrections(request: Asked, pk: int) -> HttpResponse:
    """Which marks of a session were corrected: by whom, when, why."""
    session = get_object_or_404(Session.objects.select_related("series"), pk=pk)
    require(request, "sessions.mark", session)
    page = page_of(request, queries.corrections_of(session))
    return render(request, "sessions/corrections.html", {"session": session, "page": page})


def _changeable(request: Asked, pk: int) -> Session:
    session = get_object_or_404(Session.objects.select_related("series").prefetch_related("hosts"), pk=pk)
    require(request, "sessions.schedule", session.series)
    return session


def _elsewhere(request: Asked) -> HttpResponse:
    messages.info(request, _("Days beside a holder are changed here, where both of you agreed on them."))
    return redirect("mentoring:days")


def _said(outcome: MoveOutcome) -> str:
    """What became of it: what is wrong, and what to do."""
    return {
        "moved": _("Changed; those concerned are told."),
        "unchanged": _("Nothing was to be changed."),
        "cancelled": _("The session was cancelled meanwhile; schedule a new one."),
        "clash": _("Nothing was changed: something stands in the way."),
        "conflict": _(
            "Somebody else changed this session meanwhile. Open the page again and look at what it says now."
        ),
        "held": _(
            "People are marked in its register already, so it cannot be put on a later day. "
            "Schedule another session, or correct the register first."
        ),
    }[outcome.code]
