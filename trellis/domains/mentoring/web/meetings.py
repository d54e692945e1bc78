"""My meetings: planning, moving, cancelling, and keeping times when the mentor changes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.mentoring import wording
from trellis.domains.mentoring.actions import meetings as actions
from trellis.domains.mentoring.models import Meeting, Mentorship
from trellis.domains.mentoring.queries import meetings as queries
from trellis.domains.mentoring.queries.mentors import leader_of, mentor_of
from trellis.domains.mentoring.web.meeting_forms import MoveMeetingForm, NewMeetingForm, WhyForm
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.clash_words import remarks
from trellis.domains.sessions.rules import Clash
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in
from trellis.kit.paging import page_of


def meeting_of(request: Asked, pk: int) -> Meeting:
    """The meeting, for one of the two; others are refused."""
    meeting = get_object_or_404(queries.meetings(), pk=pk)
    require(request, "mentoring.read_meeting", meeting)
    return meeting


def said(clashes: tuple[Clash, ...], planned: tuple[PlannedSession, ...]) -> list[str]:
    """What speaks against the plan, each sentence once."""
    found = remarks(clashes, planned, range(1, len(planned) + 1))
    return list(dict.fromkeys(remark.text for number in sorted(found, reverse=True) for remark in found[number]))


@signed_in
def mine(request: Asked) -> HttpResponse:
    """My meetings, coming or past, with my mentor and my mentees, and what I took on in them."""
    past = request.GET.get("when") == "past"
    own = queries.meetings_of(request.user)
    page = page_of(request, queries.past(own) if past else queries.coming(own))
    pairs = queries.mentorships_to_meet_in(request.user)[:30]
    chosen = next((one.mentor for one in pairs if one.mentee == request.user), None)
    shown = {
        "mentor": chosen or leader_of(request.user),
        "by_default": chosen is None,
        "past": past,
        "page": page,
        "lines": [(meeting, meeting.other(request.user)) for meeting in page],
        "open": queries.open_actions(request.user),
        "pairs": [(one, one.mentor if one.mentee == request.user else one.mentee) for one in pairs],
        "times": queries.times_to_look_at(request.user, pairs),
    }
    return render(request, "mentoring/meetings.html", shown)


@signed_in
def new(request: Asked) -> HttpResponse:
    """A meeting with my mentor: who said yes, else the team leader."""
    now = mentor_of(request.user)
    if now.mentor is None:
        messages.info(request, _("You have no mentor yet. Here is who is willing."))
        return redirect("mentoring:find")
    return _plan(request, now.mentorship, now.mentor)


@signed_in
def plan(request: Asked, pk: int) -> HttpResponse:
    """A meeting of the two of a mentorship, or several."""
    mentorship = get_object_or_404(Mentorship.objects.select_related("mentee", "mentor"), pk=pk)
    require(request, "mentoring.meet", mentorship)
    return _plan(request, mentorship, mentorship.mentor if mentorship.mentee == request.user else mentorship.mentee)


def _plan(request: Asked, mentorship: Mentorship | None, other: Person) -> HttpResponse:
    last = queries.last_planned(mentorship) if mentorship else None
    initial = {"every": 2, "number": 6, "minutes": 45} | (NewMeetingForm.values_of(last) if last else {})
    form = NewMeetingForm(request.POST or None, initial={"whom": other.pk, **initial})
    clashes: list[str] = []
    if request.method == "POST" and form.is_valid():
        outcome = actions.MeetOutcome("not_in_force")  # another mentor since the form was opened
        if form.cleaned_data["whom"] == other.pk:
            outcome = actions.plan_meetings(
                mentorship=mentorship,
                times=form.times,
                place=form.cleaned_data["place"],
                link=form.cleaned_data["link"],
                anyway="anyway" in request.POST,
                actor=request.user,
            )
        if outcome.ok:
            n = len(outcome.meetings)
            text = ngettext("The meeting is planned; both of you have it.", "%(n)s meetings are planned.", n)
            messages.success(request, text % {"n": n})
            return redirect("mentoring:meetings") if n > 1 else redirect("mentoring:meeting", outcome.meetings[0])
        clashes = said(outcome.clashes, outcome.planned)
        form.add_error("day" if outcome.code == "over" else None, wording.MEETINGS[outcome.code])
    page = {"form": form, "other": other, "clashes": clashes, "by_default": mentorship is None}
    return render(request, "mentoring/plan_meeting.html", page, status=422 if form.errors else 200)


@signed_in
def move(request: Asked, pk: int) -> HttpResponse:
    """Another time or place."""
    meeting = meeting_of(request, pk)
    form = MoveMeetingForm(request.POST or None, initial=MoveMeetingForm.values_of(meeting.session))
    clashes: list[str] = []
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = {name: form.cleaned_data[name] for name in ("place", "link", "why", "seen")}
        starts, ends = form.span
        outcome = actions.move_meeting(
            meeting=meeting, starts_at=starts, ends_at=ends, anyway="anyway" in request.POST, actor=request.user, **data
        )
        if outcome.ok:
            messages.success(request, wording.MEETINGS[outcome.code])
            return redirect("mentoring:meeting", pk)
        clashes = said(outcome.clashes, (PlannedSession("", starts, ends),))
        form.add_error("day" if outcome.code == "over" else None, wording.MEETINGS[outcome.code])
    page = {"form": form, "meeting": meeting, "other": meeting.other(request.user), "clashes": clashes}
    return render(request, "mentoring/move_meeting.html", page, status=422 if form.errors else 200)


@signed_in
def cancel(request: Asked, pk: int) -> HttpResponse:
    """It will not take place."""
    meeting = meeting_of(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.cancel_meeting(meeting=meeting, why=form.cleaned_data["why"], actor=request.user):
            messages.success(request, _("The meeting is cancelled, and both calendars know."))
        else:
            messages.info(request, _("It was cancelled already, or it has begun; nothing was changed."))
        return redirect("mentoring:meeting", pk)
    page = {"form": form, "meeting": meeting, "other": meeting.other(request.user)}
    return render(request, "mentoring/cancel_meeting.html", page, status=422 if form.errors else 200)


@signed_in
def times(request: Asked, pk: int) -> HttpResponse:
    """Times planned with a former mentor: the mentee proposes them to the new one, who keeps what suits."""
    mentorship = get_object_or_404(Mentorship.objects.select_related("mentee", "mentor"), pk=pk)
    require(request, "mentoring.meet", mentorship)
    clashes: list[str] = []
    if request.method == "POST":
        chosen = {pk for text in request.POST.getlist("time") if (pk := id_in(text))}
        if request.user == mentorship.mentee:
            return _proposed(request, mentorship, chosen)
        outcome = actions.answer_times(
            mentorship=mentorship,
            kept=chosen,
            seen=[pk for text in request.POST.getlist("seen") if (pk := id_in(text))],
            anyway="anyway" in request.POST,
            actor=request.user,
        )
        if outcome.code != "clash":
            messages.success(request, wording.MEETINGS["answered" if outcome.ok else outcome.code])
            return redirect("mentoring:meetings")
        clashes = said(outcome.clashes, outcome.planned)
    is_mentee = request.user == mentorship.mentee
    page = {
        "mentorship": mentorship,
        "is_mentee": is_mentee,
        "clashes": clashes,
        "proposed": queries.proposed_times(mentorship),
        "former": queries.times_to_carry(mentorship) if is_mentee else [],
    }
    return render(request, "mentoring/times.html", page, status=409 if clashes else 200)


def _proposed(request: Asked, mentorship: Mentorship, chosen: set[int]) -> HttpResponse:
    n = actions.propose_times(mentorship=mentorship, former_ids=chosen, actor=request.user)
    text = ngettext("%(n)s time is proposed.", "%(n)s times are proposed.", n) % {"n": n}
    if not n and chosen:  # sent twice
        return redirect("mentoring:meetings")
    messages.info(request, text if n else _("No time was chosen, so nothing was proposed."))
    return redirect("mentoring:meetings") if n else redirect("mentoring:times", mentorship.pk)
