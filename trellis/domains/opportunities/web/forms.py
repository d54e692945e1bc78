from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.opportunities.models import ExpectedOpening, Opening, Story
from trellis.domains.people.models import Person, Position, Unit
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


class InviteForm(forms.Form):
    """When and where somebody is spoken with."""

    at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M"])
    place = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=500)


class ChoiceForm(forms.Form):
    """From which day, and one reason for each who is passed over."""

    on = forms.DateField(
        label=_("In the new position from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, over: Collection[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._over = [person.pk for person in over]
        for person in over:
            self.fields[f"reason_{person.pk}"] = forms.CharField(
                label=_("Why not %(person)s?") % {"person": person}, max_length=500
            )

    def reasons(self) -> dict[int, str]:
        return {pk: self.cleaned_data[f"reason_{pk}"] for pk in self._over}


class ExpectedOpeningForm(forms.ModelForm[ExpectedOpening]):
    """Posts the company will have to fill."""

    class Meta:
        model = ExpectedOpening
        fields = ["position", "unit", "count", "by", "why", "note"]
        widgets = {"by": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"] = forms.ModelChoiceField(Position.objects.filter(closed_on=None), label=_("Position"))
        self.fields["unit"] = forms.ModelChoiceField(
            Unit.objects.filter(closed_on=None), label=_("Unit"), required=False
        )

    def clean_by(self) -> Any:
        day = self.cleaned_data["by"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is past. Choose today or a later one."))
        return day


class TermForm(forms.Form):
    """For how many months a certificate counts; empty: for good."""

    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=240, required=False)


class StoryForm(forms.ModelForm[Story]):
    """One's own story."""

    class Meta:
        model = Story
        fields = ["title", "words", "shows_pay"]
        widgets = {"words": forms.Textarea(attrs={"rows": 14})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pay_line:
            self.fields["shows_pay"].label = _("Show the line on pay: “%(line)s”") % {"line": self.instance.pay_line}
        else:
            del self.fields["shows_pay"]
