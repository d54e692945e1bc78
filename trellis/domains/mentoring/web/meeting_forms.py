"""Forms of meetings: when and how often, moving, and the lines two people write."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.domains.mentoring.models import Afterword, MeetingAction, MeetingTopic, Mentorship
from trellis.domains.mentoring.rules.meetings import dates_every
from trellis.domains.people.models import Person
from trellis.domains.sessions.drafting import moment
from trellis.domains.sessions.models import Session

MINUTES = [(30, _("half an hour")), (45, _("45 minutes")), (60, _("one hour")), (90, _("an hour and a half"))]
EVERY = [(0, _("once")), (1, _("every week")), (2, _("every two weeks")), (4, _("every four weeks"))]
FAULTS = {
    "no_end": ("number", _("Say how many meetings, or until when.")),
    "ends_before": ("until", _("This day is before the first meeting.")),
    "too_many": ("number", _("At most 26 meetings are planned at once. Plan the others later.")),
}
DAY = forms.DateInput(attrs={"type": "date"})
NO_SUCH_HOUR = _("This hour does not exist: the clocks are put forward that day. Choose another.")


class TimeForm(forms.Form):
    """One time, and where."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    starts = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.TypedChoiceField(label=_("How long"), choices=MINUTES, coerce=int)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")

    span: tuple[datetime, datetime]  # of a form without a fault

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        """The hour, the length and the place of a session as the form shows them."""
        starts = timezone.localtime(session.starts_at)
        return {
            "starts": f"{starts:%H:%M}",
            "minutes": (session.ends_at - session.starts_at) // timedelta(minutes=1),
            "place": session.place,
            "link": session.link,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("minutes")
        if now and now not in dict(MINUTES):
            told = (now, _now("%(n)s minutes") % {"n": now})
            self.fields["minutes"].choices = sorted([*MINUTES, told])  # type: ignore[attr-defined]

    def starts_on(self, day: date) -> datetime | None:
        """The hour of the form on that day; None where the clocks are put forward over it."""
        return moment(day, self.cleaned_data["starts"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            starts = self.starts_on(data["day"])
            if starts is None:
                self.add_error("starts", NO_SUCH_HOUR)
            else:
                self.span = starts, starts + self.length
        return data

    @property
    def length(self) -> timedelta:
        """How long they meet."""
        return timedelta(minutes=self.cleaned_data["minutes"])


class NewMeetingForm(TimeForm):
    """The first of one or several."""

    field_order = ("day", "starts", "minutes", "every", "number", "until", "place", "link")
    every = forms.TypedChoiceField(label=_("How often"), choices=EVERY, coerce=int)
    number = forms.IntegerField(label=_("How many meetings"), min_value=1, required=False)
    until = forms.DateField(label=_("or until"), widget=DAY, required=False)
    whom = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times: list[tuple[datetime, datetime]] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        found = dates_every(data["day"], data["every"], number=data["number"], until=data["until"])
        if found.fault:
            self.add_error(*FAULTS[found.fault])
        for day in found.days:
            starts = self.starts_on(day)
            if starts is None:
                self.add_error("starts", NO_SUCH_HOUR)
            else:
                self.times.append((starts, starts + self.length))
        return data


class MoveMeetingForm(TimeForm):
    """Another time or place; the reason is for the two."""

    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Only the two of you read it, on the meeting's page."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        """A meeting as the form shows it."""
        day = timezone.localtime(session.starts_at).date()
        return TimeForm.values_of(session) | {"day": day, "seen": session.revision}


class WhyForm(forms.Form):
    """Why a meeting is cancelled."""

    why = MoveMeetingForm.base_fields["why"]


class TextForm(forms.Form):
    """Notes, with the revision they were written upon."""

    text = forms.CharField(max_length=20_000, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """With one kind of line end, whichever browser sent it."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()


class TopicForm(forms.ModelForm[MeetingTopic]):
    """A line for the agenda."""

    class Meta:
        model = MeetingTopic
        fields = ("text",)


class ActionForm(forms.ModelForm[MeetingAction]):
    """What somebody took on."""

    class Meta:
        model = MeetingAction
        fields = ("text", "whose", "due_on")
        widgets = {"due_on": DAY, "whose": forms.Select}

    def __init__(self, *args: Any, mentorship: Mentorship, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        two = sorted((mentorship.mentee, mentorship.mentor), key=lambda one: one != reader)
        choices = [(two[0].pk, pgettext_lazy("who does it", "me")), (two[1].pk, two[1].name)]
        self.people = {one.pk: one for one in two}
        self.fields["whose"] = forms.TypedChoiceField(label=_("Who"), choices=choices, coerce=int)
        self.order_fields(["text", "whose", "due_on"])

    def clean_whose(self) -> Person:
        """One of the two."""
        return self.people[self.cleaned_data["whose"]]


class AfterwordForm(forms.ModelForm[Afterword]):
    """A line for the other; an empty one takes it back."""

    class Meta:
        model = Afterword
        fields = ("text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
