from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person, RoleGrant, Unit
from trellis.domains.people.web.directory import units_to_choose


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=RoleGrant.Role.choices)
    unit = forms.ModelChoiceField(
        Unit.objects.filter(closed_on=None),
        label=_("For the unit"),
        required=False,
        help_text=_("With everything below it. Leave it open for the whole company."),
    )

    def __init__(self, *args: Any, reach: list[str] | None, **kwargs: Any) -> None:
        """`reach`: the branches whoever grants may grant for; None: the whole company."""
        super().__init__(*args, **kwargs)
        self.reach = reach
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101, for the type checker; the mark or the field above made sure of it
        unit.choices = [("", _("the whole company")), *units_to_choose()]

    def clean_unit(self) -> Unit | None:
        unit: Unit | None = self.cleaned_data["unit"]
        if self.reach is not None and not (unit and any(unit.path.startswith(path) for path in self.reach)):
            raise forms.ValidationError(_("You can grant roles for your own units only. Choose one of them."))
        return unit


class EraseForm(forms.Form):
    employee_id = forms.CharField(
        label=_("Employee id"), help_text=_("Type the person's employee id, so that nobody is erased by a slip.")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_employee_id(self) -> str:
        if self.cleaned_data["employee_id"].strip() != self.person.employee_id:
            raise forms.ValidationError(_("This is not the employee id of this person. Nothing was erased."))
        return self.person.employee_id
