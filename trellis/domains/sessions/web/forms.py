"""Forms about sessions: when, where, by whom."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.drafting import moment
from trellis.domains.sessions.models import Room, Series, Session
from trellis.domains.sessions.queries import rooms_in_use
from trellis.kit import clock

HOSTS = (RoleGrant.Role.TEACHER, RoleGrant.Role.ACADEMY, RoleGrant.Role.MENTOR)


def hosts_for(series: Series) -> QuerySet[Person]:
    """Who can host: whoever teaches, mentors or works for the academy, and who hosts in the series; by name."""
    people = Person.objects.get_queryset()
    hosts = people.acting_as(*HOSTS) | people.filter(hosted_sessions__series=series)
    return hosts.distinct().order_by("name")


class SessionForm(forms.Form):
    """One session: title, day, from when to when, where, hosts."""

    title = forms.CharField(label=_("Title"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), required=False)
    place = forms.CharField(label=_("or another place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    hosts = forms.ModelMultipleChoiceField(label=_("Hosts"), queryset=Person.objects.none())

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].queryset = hosts_for(series)  # type: ignore[attr-defined]
        self.fields["room"].queryset = rooms_in_use()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end has to be after the start."))
        readable = not {"day", "starts", "ends"} & set(self.errors)
        if readable and None in (moment(data["day"], data["starts"]), moment(data["day"], data["ends"])):
            text = _("This hour does not exist: the clocks are put forward that day. Choose another.")
            self.add_error("starts", text)
        return data

    def planned(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "starts_at": moment(data["day"], data["starts"]),
            "ends_at": moment(data["day"], data["ends"]),
            "room": data["room"],
            "place": data["place"],
            "link": data["link"],
            "hosts": list(data["hosts"]),
        }

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        """A session as the form shows it."""
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "title": session.title,
            "day": starts.date(),
            "starts": f"{starts:%H:%M}",
            "ends": f"{ends:%H:%M}",
            "room": session.room_id,
            "place": session.place,
            "link": session.link,
            "hosts": list(session.hosts.all()),
        }


class NewForm(SessionForm):
    """A session or a make-up that is to be; with places, people book it themselves."""

    places = forms.IntegerField(
        label=_("Places to book"), min_value=1, max_value=5000, required=False,
        help_text=_("Left empty: everybody of the series is expected. With a number, people take a place themselves."),
    )  # fmt: skip
    book_until = forms.DateField(label=_("Book until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean_day(self) -> date:
        """From today on."""
        day: date = self.cleaned_data["day"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def one(self, people: Collection[int]) -> PlannedSession:
        """The session, for the people who are expected at it."""
        places = self.cleaned_data["places"]
        return PlannedSession(**self.planned(), people=frozenset() if places else frozenset(people), seats=places or 0)

    def booking(self) -> dict[str, Any]:
        """The places, and until when they are given: the end of the day."""
        until = self.cleaned_data["book_until"]
        closes = clock.at_time(until + timedelta(days=1), 0) if until else None
        return {"places": self.cleaned_data["places"], "book_until": closes}


class MoveForm(SessionForm):
    """The same for a session that is there: with the reason, and the revision that was looked at."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Those concerned read it; it stays in the session's history."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def planned(self) -> dict[str, Any]:
        return {**super().planned(), "reason": self.cleaned_data["reason"], "seen": self.cleaned_data["seen"]}

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        return {**SessionForm.values_of(session), "seen": session.revision}


class FollowingForm(forms.Form):
    """What is changed for a session and all that follow; what is left as it is changes nothing."""

    shift_days = forms.IntegerField(
        label=_("Days later"), min_value=-60, max_value=60, initial=0, help_text=_("A number below 0: earlier.")
    )
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), required=False)
    place = forms.CharField(label=_("or another place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    hosts = forms.ModelMultipleChoiceField(label=_("Hosts"), queryset=Person.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].queryset = hosts_for(series)  # type: ignore[attr-defined]
        self.fields["room"].queryset = rooms_in_use()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end has to be after the start."))
        return data

    def change(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "hosts": list(self.cleaned_data["hosts"])}

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        """The session as the form shows it."""
        return {key: value for key, value in SessionForm.values_of(session).items() if key not in {"day", "title"}}


class CancelForm(forms.Form):
    """Why a session will not take place."""

    reason = forms.CharField(label=_("Reason, kept with the session"), max_length=300)
