"""Forms about days beside a holder."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import holders_of
from trellis.domains.sessions.models import Mark
from trellis.domains.sessions.rules import ATTENDED


class PlanForm(forms.Form):
    """With whom, and on which day."""

    holder = forms.ModelChoiceField(label=_("Beside"), queryset=Person.objects.none())
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, position: Position, learner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

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
