"""Open sessions: what can be booked, a place for oneself, who has one, and events that everybody can come to."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.drafting import Draft, PatternForm, Setting, tell
from trellis.domains.sessions.models import Session
from trellis.domains.sessions.web.forms import HOSTS
from trellis.kit import clock
from trellis.kit.access import needs, require, signed_in
from trellis.kit.paging import page_of


@signed_in
def open_sessions(request: Asked) -> HttpResponse:
    """What one can book: events, and make-ups for what one missed."""
    page = page_of(request, queries.open_sessions(request.user))
    may_plan = request.user.has_perm("sessions.plan")
    return render(request, "sessions/open.html", {"page": page, "may_plan": may_plan})


@signed_in
@require_POST
def book(request: Asked, pk: int) -> HttpResponse:
    """A place for oneself, or a turn in the queue."""
    session = _session(request, pk)
    outcome = actions.book(session=session, person=request.user, actor=request.user)
    said = {
        "booked": _now("You have a place. The session is in your agenda."),
        "already": _now("You have a place. The session is in your agenda."),
        "waiting": _now("No place is left. You wait as number %(turn)s; you are told when a place becomes free."),
        "already_waiting": _now("You wait as number %(turn)s; you are told when a place becomes free."),
        "over": _now("Places are no longer given. Ask the host."),
        "cancelled": _now("The session was cancelled."),
        "not_concerned": _now("This make-up is for those who missed the session."),
        "not_open": _now("Nobody books this session: everybody of the series is expected."),
    }[outcome.code]
    (messages.success if outcome.ok else messages.error)(request, said % {"turn": outcome.turn})
    return redirect("sessions:session", pk)


@signed_in
@require_POST
def give_back(request: Asked, pk: int) -> HttpResponse:
    """One's own place, or turn, for somebody else."""
    session = _session(request, pk)
    if actions.give_back(session=session, person=request.user, actor=request.user):
        messages.success(request, _now("Given back. Whoever waits first has it."))
    return redirect("sessions:session", pk)


def _session(request: Asked, pk: int) -> Session:
    session = get_object_or_404(Session.objects.select_related("series"), pk=pk)
    require(request, "sessions.see", session)
    return session


class PlacesForm(forms.Form):
    """How many can come, and until when they say so."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)
    book_until = forms.DateTimeField(
        label=_("Book until"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


@signed_in
def bookings(request: Asked, pk: int) -> HttpResponse:
    """Who has a place and who waits, for hosts; and how many places there are."""
    session = get_object_or_404(Session.objects.select_related("series", "room"), pk=pk)
    require(request, "sessions.mark", session)
    until = timezone.localtime(session.book_until) if session.book_until else None
    initial = {"places": session.places or (session.room.capacity if session.room else 20), "book_until": until}
    form = PlacesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_places(session=session, actor=request.user, **form.cleaned_data)
        messages.success(request, _now("Saved. Who waits moves up when there are more places."))
        return redirect("sessions:bookings", pk)
    rows = queries.bookings_of(session)
    room = session.room
    page = {
        "session": session,
        "form": form,
        "booked": [row for row in rows if not row.is_waiting],
        "queue": [row for row in rows if row.is_waiting],
        "too_small": bool(room and session.places and session.places > room.capacity),
    }
    return render(request, "sessions/bookings.html", page, status=422 if form.errors else 200)


class EventForm(PatternForm):
    """Something that everybody may come to, once or as a series: a talk over lunch, a seminar."""

    name = forms.CharField(label=_("Name"), max_length=160)
    chinese_name = forms.CharField(label=_("Name in Chinese"), max_length=160, required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000, initial=20)
    days_before = forms.IntegerField(
        label=_("Book until, days before"), min_value=0, max_value=90, initial=0, help_text=_("0: until it begins.")
    )
    hosts = forms.ModelMultipleChoiceField(label=_("Hosts"), queryset=Person.objects.none())
    field_order = ("name", "chinese_name", "first_day", "number", "until", "starts", "ends", "places", "days_before")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].queryset = _hosts()  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def draft(self) -> Draft:
        """Its sessions: corrected by hand, or by the pattern."""
        data = self.cleaned_data
        hosts, others, title = list(data["hosts"]), list(_hosts()), data["name"]
        setting = Setting(title, hosts, others, self.rooms, data["place"], data["link"], seats=data["places"])
        if self.data.get("step") in {"check", "open"} and "r1-day" in self.data:
            return Draft.sent(self.data, setting)
        return Draft.of_days(self.days, data["starts"], data["ends"], data["room"], setting)


def _hosts() -> QuerySet[Person]:
    return Person.objects.get_queryset().acting_as(*HOSTS).order_by("name", "id")


@needs("sessions.plan")
def new_event(request: Asked) -> HttpResponse:
    """Open an event with its sessions, which people book themselves."""
    form = EventForm(request.POST or None, initial={"number": 1, "first_day": clock.today() + timedelta(days=7)})
    draft = form.draft() if request.method == "POST" and form.is_valid() else None
    because = request.POST.get("because", "")[:300]
    if draft and draft.is_good and request.POST.get("step") == "open":
        data = form.cleaned_data
        outcome = actions.open_event(
            name=data["name"],
            names={"zh-hans": data["chinese_name"]} if data["chinese_name"] else {},
            planned=draft.planned,
            places=data["places"],
            days_before=data["days_before"],
            because=because,
            actor=request.user,
        )
        if outcome.ok:
            messages.success(request, _now("The event is open to book."))
            return redirect("sessions:session", outcome.sessions[0].pk)
        tell([draft], outcome.clashes)
    elif draft:
        tell([draft], actions.speaks_against(draft.planned))
    page = {"form": form, "draft": draft, "because": because}
    refused = bool(form.errors) or bool(draft and (draft.is_refused or not draft.is_good))
    return render(request, "sessions/new_event.html", page, status=422 if refused else 200)
