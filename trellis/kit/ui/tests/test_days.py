import pytest
from django import forms
from django.core.exceptions import ValidationError


class WhenForm(forms.Form):
    day = forms.DateField(required=False)
    at = forms.DateTimeField(required=False)


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [("0001-01-01", False), ("1899-12-31", False), ("1900-01-01", True), ("2200-12-31", True), ("9999-12-31", False)],
)
def test_a_day_out_of_reach_is_told_by_every_form(typed, is_taken):
    for name, said in (("day", typed), ("at", f"{typed} 23:59")):
        form = WhenForm({name: said})
        assert form.is_valid() == is_taken
        if not is_taken:
            year = int(typed[:4])
            assert form.errors[name] == [f"The year {year} is out of reach. Choose a day between 1900 and 2200."], (
                "what, where, and what to do"
            )


def test_no_day_is_no_fault():
    assert WhenForm({}).is_valid()
    with pytest.raises(ValidationError):
        forms.DateField().clean("0001-01-01")
