from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.opportunities.models import Opening
from trellis.domains.people.models import Position, Unit
from trellis.kit import clock


class OpeningForm(forms.ModelForm[Opening]):
    """A post to be filled."""

    class Meta:
        model = Opening
        fields = ["position", "unit", "posts", "closes_on", "about"]
        widgets = {
            "closes_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "about": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"] = forms.ModelChoiceField(Position.objects.filter(closed_on=None), label=_("Position"))
        self.fields["unit"] = forms.ModelChoiceField(Unit.objects.filter(closed_on=None), label=_("Unit"))

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is past. Choose today or a later one."))
        return day
