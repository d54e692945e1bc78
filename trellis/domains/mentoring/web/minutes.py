"""One meeting's page, and what the two write on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.mentoring.actions import minutes as actions
from trellis.domains.mentoring.models import Meeting, MeetingAction, MeetingTopic, Mentorship
from trellis.domains.mentoring.queries.meetings import agenda_of
from trellis.domains.mentoring.web.meeting_forms import ActionForm, AfterwordForm, TextForm, TopicForm
from trellis.domains.mentoring.web.meetings import meeting_of
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in


@signed_in
def meeting(request: Asked, pk: int) -> HttpResponse:
    """When and where, what is open from before, topics, notes, what is taken on, and a line afterwards."""
    return _page(request, meeting_of(request, pk))


def _page(request: Asked, found: Meeting, **forms_filled: forms.BaseForm) -> HttpResponse:
    agenda = agenda_of(found, request.user)
    two, session = found.mentorship, found.session
    own_word = next((word for word in agenda.words if word.author_id == request.user.pk), None)
    note = agenda.own_note
    page: dict[str, Any] = {
        "meeting": found,
        "session": session,
        "other": found.other(request.user),
        "agenda": agenda,
        "begun": session.starts_at <= clock.now(),
        "may_change": not session.cancelled_at
        and session.starts_at > clock.now()
        and two.state == Mentorship.State.IN_FORCE,
        "their_word": next((word for word in agenda.words if word.author_id != request.user.pk), None),
        "topic_form": TopicForm(prefix="topic"),
        "action_form": ActionForm(prefix="action", mentorship=two, reader=request.user),
        "word_form": AfterwordForm(prefix="word", instance=own_word),
        "notes_form": TextForm(prefix="notes", initial={"text": found.notes, "seen": found.revision}),
        "note_form": TextForm(
            prefix="note", initial={"text": note.text if note else "", "seen": note.revision if note else 0}
        ),
    }
    wrong = any(form.errors for form in forms_filled.values())
    return render(request, "mentoring/meeting.html", {**page, **forms_filled}, status=422 if wrong else 200)


@signed_in
@require_POST
def notes(request: Asked, pk: int) -> HttpResponse:
    """The notes both share."""
    found = meeting_of(request, pk)
    form = TextForm(request.POST, prefix="notes")
    if not form.is_valid():
        return _page(request, found, notes_form=form)
    data = form.cleaned_data
    outcome = actions.write_notes(meeting=found, text=data["text"], seen=data["seen"])
    return _written(request, found, outcome, "notes")


@signed_in
@require_POST
def note(request: Asked, pk: int) -> HttpResponse:
    """What one keeps for oneself."""
    found = meeting_of(request, pk)
    form = TextForm(request.POST, prefix="note")
    if not form.is_valid():
        return _page(request, found, note_form=form)
    data = form.cleaned_data
    outcome = actions.write_private_note(
        meeting=found, author=request.user, text=data["text"], seen=data["seen"]
    )  # fmt: skip
    return _written(request, found, outcome, "note")


def _written(request: Asked, found: Meeting, outcome: actions.TextOutcome, which: str) -> HttpResponse:
    """Back to the page; when somebody else wrote meanwhile, both texts, to be made one."""
    if outcome.ok:
        if outcome.code == "saved":
            messages.success(request, _("Kept."))
        return redirect(f"{_at(found)}#{which}")
    mine = request.POST.get(f"{which}-text", "")
    form = TextForm(prefix=which, initial={"text": mine, "seen": outcome.revision})
    page = {"meeting": found, "other": found.other(request.user), "theirs": outcome.text, "form": form, "which": which}
    return render(request, "mentoring/both_texts.html", page, status=409)


@signed_in
@require_POST
def add_topic(request: Asked, pk: int) -> HttpResponse:
    """Something to talk about."""
    found = meeting_of(request, pk)
    form = TopicForm(request.POST, prefix="topic")
    if form.is_valid() and not actions.add_topic(
        meeting=found, author=request.user, text=form.cleaned_data["text"]
    ):  # fmt: skip
        form.add_error("text", _too_many())
    return _page(request, found, topic_form=form) if form.errors else redirect(f"{_at(found)}#topics")


@signed_in
@require_POST
def remove_topic(request: Asked, pk: int) -> HttpResponse:
    """Whoever added a topic takes it away."""
    topic = get_object_or_404(MeetingTopic, pk=pk)
    require(request, "mentoring.drop", topic)
    actions.remove_topic(topic=topic)
    return redirect(f"{_at(topic.meeting_id)}#topics")


@signed_in
@require_POST
def take_on(request: Asked, pk: int) -> HttpResponse:
    """What one of the two will do."""
    found = meeting_of(request, pk)
    form = ActionForm(request.POST, prefix="action", mentorship=found.mentorship, reader=request.user)
    if form.is_valid() and not actions.take_on(meeting=found, **form.cleaned_data):
        form.add_error("text", _too_many())
    return _page(request, found, action_form=form) if form.errors else redirect(f"{_at(found)}#actions")


@signed_in
@require_POST
def tick(request: Asked, pk: int) -> HttpResponse:
    """Done, or not after all."""
    action = get_object_or_404(MeetingAction.objects.select_related("meeting__mentorship"), pk=pk)
    require(request, "mentoring.tick", action)
    actions.tick(action=action, done=request.POST.get("done") == "yes")
    return _back(request, action.meeting_id)


@signed_in
@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    """It was no action after all."""
    action = get_object_or_404(MeetingAction.objects.select_related("meeting__mentorship"), pk=pk)
    require(request, "mentoring.drop", action)
    actions.drop_action(action=action)
    return _back(request, action.meeting_id)


@signed_in
@require_POST
def afterword(request: Asked, pk: int) -> HttpResponse:
    """A line for the other, once the meeting has begun."""
    found = meeting_of(request, pk)
    form = AfterwordForm(request.POST, prefix="word")
    if not form.is_valid():
        return _page(request, found, word_form=form)
    if found.session.starts_at <= clock.now():
        actions.say_afterwards(meeting=found, author=request.user, text=form.cleaned_data["text"])
    return redirect(f"{_at(found)}#afterwards")


def _too_many() -> str:
    return _("Fifty are enough for one meeting. Keep it for the next.")


def _at(meeting: Meeting | int) -> str:
    return f"/meetings/{meeting if isinstance(meeting, int) else meeting.pk}/"


def _back(request: Asked, meeting_id: int) -> HttpResponse:
    """To the meeting whose page it was ticked on, which need not be the one it was taken on in; or to the list."""
    on = request.POST.get("on", "")
    if on == "list":
        return redirect("mentoring:meetings")
    return redirect(f"{_at(id_in(on) or meeting_id)}#actions")
