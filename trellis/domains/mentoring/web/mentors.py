"""My mentor and my mentees: what is asked, the answer to it, and the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.mentoring.actions import mentors as actions
from trellis.domains.mentoring.actions.parting import end as end_it
from trellis.domains.mentoring.models import Mentorship, Willing
from trellis.domains.mentoring.queries.meetings import next_meetings
from trellis.domains.mentoring.queries.mentors import mine, room_of
from trellis.domains.mentoring.web.mentor_forms import AnswerForm, EndForm
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in


@signed_in
def mentors(request: Asked) -> HttpResponse:
    """Who my mentor is, who asks me, whom I accompany, and what I said of myself."""
    willing = Willing.objects.filter(person=request.user, stopped_at=None).first()
    now = mine(request.user)
    own = [now.now.mentorship] if now.now.mentorship else []
    ahead = next_meetings([one.pk for one in (*own, *now.mentees)])
    page: dict[str, Any] = {"mine": now, "willing": willing, "leads": bool(request.user.headed_paths)}
    page["next_meeting"] = ahead.get(own[0].pk) if own else None
    page["mentees"] = [(one, ahead.get(one.pk)) for one in now.mentees]
    return render(request, "mentoring/mentors.html", page)


@signed_in
def mentorship(request: Asked, pk: int) -> HttpResponse:
    """One question, or one mentorship: what the two wrote, and what each can do."""
    found = _found(request, pk, "mentoring.read_mentorship")
    return _shown(request, found, AnswerForm())


@signed_in
@require_POST
def answer(request: Asked, pk: int) -> HttpResponse:
    """The mentor says yes or no."""
    found = _found(request, pk, "mentoring.answer")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    words, said, name = form.cleaned_data["words"], request.POST.get("answer"), {"mentee": found.mentee.name}
    if said == "no":
        if actions.decline(mentorship=found, words=words):
            messages.success(request, _("%(mentee)s is told kindly. Thank you for answering.") % name)
        return redirect("mentoring:mentors")
    outcome = actions.accept(mentorship=found, words=words, one_more=said == "one_more")
    if outcome == "full":
        return _shown(request, found, form, status=409)
    if outcome == "gone":
        messages.info(request, _("The question was taken back meanwhile. There is nothing left to do."))
    else:
        messages.success(request, _("You are the mentor of %(mentee)s now. Find a first time to talk.") % name)
    return redirect("mentoring:mentors")


@signed_in
@require_POST
def take_back(request: Asked, pk: int) -> HttpResponse:
    """The mentee takes the question back."""
    found = _found(request, pk, "mentoring.take_back")
    if actions.take_back(mentorship=found):
        messages.success(request, _("Taken back. Look for somebody else whenever you like."))
    else:
        messages.info(request, _("It was answered meanwhile."))
    return redirect("mentoring:mentors")


@signed_in
def end(request: Asked, pk: int) -> HttpResponse:
    """Either of the two ends it, at once; why is for themselves."""
    found = _found(request, pk, "mentoring.end")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if end_it(mentorship=found, actor=request.user, reason=form.cleaned_data["reason"]):
            messages.success(request, _("It has ended. The other one is thanked and told kindly."))
        return redirect("mentoring:mentors")
    page = {"mentorship": found, "form": form, "other": _other(found, request)}
    return render(request, "mentoring/end.html", page, status=422 if form.errors else 200)


def _found(request: Asked, pk: int, permission: str) -> Mentorship:
    """Only for the two; which of them may do what is in access.py."""
    found = get_object_or_404(Mentorship.objects.select_related("mentee", "mentor", "topic"), pk=pk)
    require(request, permission, found)
    return found


def _shown(request: Asked, found: Mentorship, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    is_mentor = found.mentor_id == request.user.pk
    page = {"mentorship": found, "form": form, "is_mentor": is_mentor, "other": _other(found, request)}
    if is_mentor and found.state == Mentorship.State.ASKED:
        page["is_full"] = found.origin == Mentorship.Origin.ASKED and room_of(request.user).free == 0
    return render(request, "mentoring/mentorship.html", page, status=status)


def _other(found: Mentorship, request: Asked) -> object:
    return found.mentee if found.mentor_id == request.user.pk else found.mentor
