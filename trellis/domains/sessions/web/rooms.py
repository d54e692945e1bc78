"""Rooms: what there is, what takes place in one, and taking one out of use."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.models import Room, Session
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.paging import page_of


class RoomForm(forms.ModelForm[Room]):
    """A room, with its name in both languages."""

    chinese_name = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)

    class Meta:
        model = Room
        fields = ["name", "chinese_name", "site", "capacity", "equipment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].min_value = 1  # type: ignore[attr-defined]
        self.fields["chinese_name"].initial = self.instance.names.get("zh-hans", "")

    def clean_capacity(self) -> int:
        """For somebody at least."""
        capacity: int = self.cleaned_data["capacity"]
        if not 1 <= capacity <= 5000:
            raise forms.ValidationError(_now("Write a number from 1 to 5000."))
        return capacity

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chinese = data.get("chinese_name")
        others = {code: name for code, name in self.instance.names.items() if code != "zh-hans"}
        self.instance.names = {**others, "zh-hans": chinese} if chinese else others
        same = Room.objects.filter(name=data.get("name"), site=data.get("site", "")).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("name", _now("There is a room of this name at this site already."))
        return data


@needs("sessions.plan")
def rooms(request: Asked) -> HttpResponse:
    """All rooms, with what is to take place in them."""
    ahead = Q(sessions__cancelled_at=None, sessions__starts_at__gte=clock.now())
    found = Room.objects.annotate(ahead=Count("sessions", filter=ahead)).order_by("site", "name", "id")
    return render(request, "sessions/rooms.html", {"page": page_of(request, found)})


@needs("sessions.plan")
def new_room(request: Asked) -> HttpResponse:
    """One more."""
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        room = actions.save_room(room=form.instance, actor=request.user)
        return redirect("sessions:room", room.pk)
    return _form(request, form, _now("New room"))


@needs("sessions.plan")
def edit_room(request: Asked, pk: int) -> HttpResponse:
    """Another name, site, number of places or equipment."""
    form = RoomForm(request.POST or None, instance=get_object_or_404(Room, pk=pk))
    if request.method == "POST" and form.is_valid():
        actions.save_room(room=form.instance, actor=request.user)
        messages.success(request, _now("Saved."))
        return redirect("sessions:room", pk)
    return _form(request, form, _now("Change the room"))


def _form(request: Asked, form: RoomForm, title: str) -> HttpResponse:
    page = {"form": form, "title": title, "room": form.instance if form.instance.pk else None}
    return render(request, "sessions/room_form.html", page, status=422 if form.errors else 200)


@needs("sessions.plan")
@require_POST
def use_room(request: Asked, pk: int) -> HttpResponse:
    """Take it out of use, or use it again. What is planned in it is moved before."""
    room = get_object_or_404(Room, pk=pk)
    if request.POST.get("use") == "again":
        actions.reopen_room(room=room, actor=request.user)
        messages.success(request, _now("The room is in use again."))
    elif ahead := actions.retire_room(room=room, actor=request.user):
        text = ngettext(
            "%(n)s session is still to take place here. Move it first, then take the room out of use.",
            "%(n)s sessions are still to take place here. Move them first, then take the room out of use.",
            ahead,
        )
        messages.error(request, text % {"n": ahead})
    else:
        messages.success(request, _now("The room is out of use. What took place in it stays on record."))
    return redirect("sessions:room", pk)


@needs("sessions.plan")
def room(request: Asked, pk: int) -> HttpResponse:
    """What takes place in a room in one week."""
    room = get_object_or_404(Room, pk=pk)
    day = _day(request.GET.get("week", "")) or clock.today()
    begins, ends = queries.week_of(day)
    monday = timezone.localtime(begins).date()
    page = {
        "room": room,
        "days": _days(monday, list(queries.in_room(room, begins, ends))),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "is_now": monday <= clock.today() < monday + timedelta(days=7),
    }
    return render(request, "sessions/room.html", page)


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2200 else None


def _days(monday: date, sessions: list[Session]) -> list[tuple[date, list[Session]]]:
    """Each day of the week with its sessions; one over midnight stands on both days."""

    def on(moment: datetime) -> date:
        return timezone.localtime(moment).date()

    days = [monday + timedelta(days=n) for n in range(7)]
    return [(day, [s for s in sessions if on(s.starts_at) <= day <= on(s.ends_at)]) for day in days]
