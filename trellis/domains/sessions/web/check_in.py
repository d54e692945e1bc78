"""The code in the room: the page that shows it, and the page where it is entered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from trellis.domains.people.asking import Asked
from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.models import Mark, Session
from trellis.domains.sessions.rules.check_in import CheckInOutcome, code_of, seconds_left
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.ui.templatetags.ui import time_of

LAST_SHOWN = 8


@signed_in
def board(request: Asked, pk: int) -> HttpResponse:
    """For the projector: the code of this minute, and who came by it. Its host opens and closes it."""
    session = get_object_or_404(Session.objects.select_related("series", "makes_up", "check_in"), pk=pk)
    require(request, "sessions.mark", session)
    if request.method == "POST":
        return _open_or_close(request, session)
    part = "#live" if request.headers.get("HX-Request") else ""
    return render(request, f"sessions/check_in_board.html{part}", {"session": session, **_shown(request, session)})


def _open_or_close(request: Asked, session: Session) -> HttpResponse:
    if "close" in request.POST:
        actions.close_check_in(session=session, actor=request.user)
        messages.success(request, _("Check-in is closed. The register has who came."))
        return redirect("sessions:register", session.pk)
    refused = {
        "cancelled": _("The session was cancelled; nobody can check in."),
        "too_early": _("Check-in can be opened from half an hour before the start."),
        "over": _("The session is over. Mark who came in the register."),
    }.get(actions.open_check_in(session=session, actor=request.user))
    if refused:
        messages.error(request, refused)
    return redirect("sessions:check_in", session.pk)


def is_checking_in(session: Session) -> bool:
    """Whether a code is shown now; asks nothing when `check_in` was loaded with the session."""
    check = getattr(session, "check_in", None)
    return bool(check and not check.closed_at and not session.cancelled_at and clock.now() < session.ends_at)


def _shown(request: Asked, session: Session) -> dict[str, object]:
    if not is_checking_in(session):
        return {"is_open": False}
    now = clock.now()
    code = code_of(session.check_in.secret, session.pk, now)
    came = queries.came_by_code(session)
    return {
        "is_open": True,
        "code": f"{code[:3]} {code[3:]}",
        "seconds": seconds_left(now),
        "qr": _qr(request.build_absolute_uri(f"{reverse('sessions:enter_code')}?code={code}")),
        "address": request.build_absolute_uri(reverse("sessions:enter_code")),
        "came": came.count(),
        "last": came[:LAST_SHOWN],
        "expected": queries.expected(session).count(),
    }


def _qr(address: str) -> SafeString:
    import segno  # here, since most processes never need it and it would take memory in all

    return mark_safe(segno.make(address, error="m").svg_inline(omitsize=True, border=2, light="#fff", svgclass="qr"))


@signed_in
def enter_code(request: Asked) -> HttpResponse:
    """Say "I am here" by the code in the room. The address under the picture brings the code along."""
    typed = request.POST.get("code", request.GET.get("code", ""))[:20]
    if request.method != "POST":
        return render(request, "sessions/enter_code.html", {"typed": typed})
    if not typed.strip():
        fault = _("Type the code that is shown in the room.")
        return render(request, "sessions/enter_code.html", {"typed": "", "fault": fault}, status=422)
    outcome = actions.check_in(person=request.user, typed=typed)
    if outcome.ok:
        messages.success(request, _said(outcome))
        return redirect("sessions:session", outcome.session_id)
    return render(request, "sessions/enter_code.html", {"typed": typed, "fault": _said(outcome)}, status=422)


def _said(outcome: CheckInOutcome) -> str:
    """What became of the code: what is wrong, and what to do."""
    value = str(Mark.Value(outcome.value).label) if outcome.value else ""
    return {
        "here": _("You are here: %(value)s, at %(time)s.") % {"value": value, "time": time_of(clock.now())},
        "already": _("You were here already: %(value)s.") % {"value": value},
        "wrong": _("No session shows this code now. It changes every minute: look again and type the one you see."),
        "too_often": _("Too many wrong codes. Wait ten minutes, or ask the host to mark you."),
        "not_expected": _("You are not expected at this session. Ask the host or the academy."),
        "over": _("Check-in for this session is closed. Ask the host to mark you in the register."),
        "marked": _("The host has marked you “%(value)s”. Ask them to correct it.") % {"value": value},
        "oneself": _("You opened this check-in, and nobody attests for themselves. Ask another host or the academy."),
    }[outcome.code]
