"""Forms about sessions: when, where, by whom."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.sessions.models import Series, Session

HOSTS = (RoleGrant.Role.TEACHER, RoleGrant.Role.ACADEMY, RoleGrant.Role.MENTOR)


class SessionForm(forms.Form):
    """One session: title, day, from when to when, where, hosts."""

    title = forms.CharField(label=_("Title"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    hosts = forms.ModelMultipleChoiceField(label=_("Hosts"), queryset=Person.objects.none())

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.get_queryset()
        hosts = people.acting_as(*HOSTS) | people.filter(hosted_sessions__series=series)
        self.fields["hosts"].queryset = hosts.distinct().order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end has to be after the start."))
        return data

    def planned(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "starts_at": timezone.make_aware(datetime.combine(data["day"], data["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(data["day"], data["ends"])),
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
            "place": session.place,
            "link": session.link,
            "hosts": list(session.hosts.all()),
        }


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


class CancelForm(forms.Form):
    """Why a session will not take place."""

    reason = forms.CharField(label=_("Reason, kept with the session"), max_length=300)
