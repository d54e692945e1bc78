from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.domains.people.models import Employment, Holding, Person, Position, Unit
from trellis.domains.people.web.directory import units_within
from trellis.kit import clock

JOINED, LEFT = "joined", "left"
HERE = [
    (Holding.Began.MOVED.value, _("moved")),
    (Holding.Began.PROMOTED.value, _("promoted")),
    (LEFT, _("left the company")),
]
AWAY = [(JOINED, _("came back"))]
A_YEAR = timedelta(days=366)
LONG_AGO = date(1950, 1, 1)


class PlaceForm(forms.Form):
    """A position and a unit from a day on; the unit out of the branches of who writes it down."""

    position = forms.ModelChoiceField(Position.objects.filter(closed_on=None), label=_("Position"), empty_label="—")
    unit = forms.ModelChoiceField(
        Unit.objects.filter(closed_on=None),
        label=_("Unit"),
        error_messages={"invalid_choice": _("You can choose your own units only. Choose one of them.")},
    )
    on = forms.DateField(label=_("From which day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, reach: list[str] | None, **kwargs: Any) -> None:
        """`reach`: the branches whoever writes may choose from; None: the whole company."""
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101, for the type checker; the field above made sure of it
        unit.choices = [("", "—"), *units_within(reach)]
        self.reach = reach

    def clean_unit(self) -> Unit | None:
        unit: Unit | None = self.cleaned_data["unit"]
        if unit and self.reach is not None and not unit.path.startswith(tuple(self.reach)):
            raise forms.ValidationError(_("You can choose your own units only. Choose one of them."))
        return unit

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today() + A_YEAR:
            raise forms.ValidationError(_("This is more than a year ahead. Correct the date."))
        if day < LONG_AGO:
            raise forms.ValidationError(_("This is too long ago. Correct the date."))
        return day


class ChangeForm(PlaceForm):
    """What happened in a working life. Leaving asks for its kind, everything else for the position and the unit."""

    what = forms.ChoiceField(label=_("What happened"))
    leaving = forms.ChoiceField(
        label=_("Kind of leaving"),
        choices=[("", "—"), *Employment.Leaving.choices],
        required=False,
        help_text=_("Only if the person left."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    field_order = ("what", "position", "unit", "on", "leaving", "reason")

    def __init__(self, *args: Any, is_here: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101, for the type checker; the field above made sure of it
        what.choices = HERE if is_here else AWAY
        if is_here:
            self.fields["on"].help_text = _("If the person left: the last day.")
        else:
            del self.fields["leaving"], self.fields["reason"]

    def clean(self) -> None:
        if self.cleaned_data.get("what") != LEFT:
            return
        for name in ("position", "unit"):  # who leaves goes to neither; what stands there does not matter
            self.errors.pop(name, None)
        if not self.cleaned_data.get("leaving"):
            self.add_error("leaving", _("Say how the person left."))


class NewPersonForm(PlaceForm):
    """Somebody not known yet."""

    employee_id = forms.CharField(label=_("Employee id"), max_length=60)
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Without it the person cannot be invited to sign in.")
    )
    manager = forms.CharField(
        label=_("Manager"), required=False, max_length=254, help_text=_("Their employee id or e-mail address.")
    )
    field_order = ("employee_id", "name", "email", "position", "unit", "manager", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Joins on")

    def clean_manager(self) -> Person | None:
        asked = self.cleaned_data["manager"].strip()
        if not asked:
            return None
        by = {"email__iexact": asked} if "@" in asked else {"employee_id": asked}
        if found := Person.objects.here().filter(**by).first():
            return found
        raise forms.ValidationError(_("Nobody here has this employee id or address. Correct it, or leave it empty."))
