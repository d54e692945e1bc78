"""Forms about days beside a holder."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.mentoring.models import ProposedDay
from trellis.domains.mentoring.queries.supply import OfferedPlace
from trellis.domains.mentoring.rules import OfferedDays
from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import holders_of
from trellis.domains.sessions.models import Mark
from trellis.domains.sessions.rules import ATTENDED
from trellis.kit.ui.templatetags.ui import day as told_day


class PlanForm(forms.Form):
    """With whom, and on which day."""

    holder = forms.ModelChoiceField(label=_("Beside"), queryset=Person.objects.none())
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    because = forms.CharField(
        label=_("Why it has to be all the same"), max_length=300, required=False, widget=forms.HiddenInput
    )

    def ask_why(self) -> None:
        """Something speaks against the day: the reason to plan it all the same can be written."""
        self.fields["because"].widget = forms.TextInput()

    def __init__(self, *args: Any, position: Position, learner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("because"):
            self.ask_why()
        holders = holders_of(position).exclude(pk=learner.pk).order_by("name")
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """What the day was."""

    value = forms.ChoiceField(label=_("The learner was"), choices=Mark.Value.choices, widget=forms.RadioSelect)
    starts = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}), initial="08:00"
    )
    ends = forms.TimeField(
        label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}), initial="17:00"
    )
    pause = forms.IntegerField(label=_("Break, in minutes"), required=False, min_value=0, max_value=600, initial=60)
    note = forms.CharField(
        label=_("What the learner saw and did"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("When you correct a confirmed day later on: also why."),
    )
    behaviours = forms.TypedMultipleChoiceField(
        label=_("What you saw, of what the position asks"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, checklist: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if checklist:
            self.fields["behaviours"].choices = list(checklist)  # type: ignore[attr-defined]
        else:
            del self.fields["behaviours"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["minutes"] = None
        if data.get("value") in ATTENDED and not self.errors:
            if not (data.get("starts") and data.get("ends")):
                self.add_error("starts", _("Write from when to when the day was."))
            else:
                data["minutes"] = _minutes(data["starts"], data["ends"], data.get("pause") or 0)
                if data["minutes"] <= 0:
                    self.add_error("ends", _("The end has to be after the start and the break."))
        return data


def _minutes(starts: Any, ends: Any, pause: int) -> int:
    day = date(2000, 1, 1)
    spent = datetime.combine(day, ends) - datetime.combine(day, starts)
    return int(spent / timedelta(minutes=1)) - pause


class SignForm(forms.Form):
    """What the learner did."""

    text = forms.CharField(
        label=_("What you saw and did"),
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In your own words; the holder and the academy read it."),
        error_messages={"required": _("Write in a few words what you did.")},
    )


WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


def _date(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class OfferForm(forms.Form):
    """Which days, from when to when, and with how many learners."""

    first = _date(_("First day"))
    last = _date(_("Last day"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays"),
        coerce=int,
        choices=WEEKDAYS,
        initial=["0", "1", "2", "3", "4"],
        widget=forms.CheckboxSelectMultiple,
    )
    starts = forms.TimeField(label=_("The day begins"), initial="08:00", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("and ends"), initial="17:00", widget=forms.TimeInput(attrs={"type": "time"}))
    places = forms.IntegerField(label=_("Learners at once"), initial=1)

    def wish(self) -> OfferedDays:
        """As the rules take it."""
        return OfferedDays(**self.cleaned_data)

    def refuse(self, code: str, sentence: str) -> None:
        """Say beside the right field why it cannot be."""
        fields = {"in_past": "first", "no_day": "weekdays", "too_short": "ends", "holds_nothing": None}
        places = {"no_places": "places", "too_many_places": "places"}
        self.add_error({**fields, **places}.get(code, "last"), sentence)


class AwayForm(forms.Form):
    """From when to when."""

    first = _date(_("First day away"))
    last = _date(_("Last day away"))


class WindowForm(forms.Form):
    """A stretch of time to look at."""

    first = _date(_("From"))
    last = _date(_("To"))

    def window(self, first: date, last: date) -> tuple[date, date]:
        """What was asked for, at most a year of it; else what is given."""
        if not self.is_bound or not self.is_valid() or self.cleaned_data["last"] < self.cleaned_data["first"]:
            return first, last
        asked = self.cleaned_data
        return asked["first"], min(asked["last"], asked["first"] + timedelta(days=366))


class ChangeForm(forms.Form):
    """A day that is left, one that is taken, or both."""

    leaves = forms.ChoiceField(label=_("Leave out"), required=False)
    takes = forms.ChoiceField(label=_("Put in"), required=False)

    def __init__(self, *args: Any, own: list[ProposedDay], free: list[OfferedPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("none"))
        self.fields["leaves"].choices = [  # type: ignore[attr-defined]
            none,
            *((day.on.isoformat(), f"{told_day(day.on)} · {day.holder.name}") for day in own),
        ]
        self.fields["takes"].choices = [  # type: ignore[attr-defined]
            none,
            *(
                (f"{place.offer.holder_id}:{place.on.isoformat()}", f"{told_day(place.on)} · {place.offer.holder.name}")
                for place in free
            ),
        ]

    def clean_leaves(self) -> date | None:
        given = self.cleaned_data["leaves"]
        return date.fromisoformat(given) if given else None

    def clean_takes(self) -> tuple[int, date] | None:
        holder, _colon, on = self.cleaned_data["takes"].partition(":")
        return (int(holder), date.fromisoformat(on)) if holder else None
