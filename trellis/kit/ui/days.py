"""Days that somebody types are days that people live in.

The year 1 and the year 9999 are days too, and a sum of days or a time zone leads beyond them into a fault of ours.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST, LAST = 1900, 2200


def within_reach(day: date) -> None:
    """Refuses a day, or a moment of a day, before 1900 or after 2200."""
    if not FIRST <= day.year <= LAST:
        said = _("The year %(year)s is out of reach. Choose a day between %(first)s and %(last)s.")
        raise ValidationError(said, "out_of_reach", {"year": day.year, "first": FIRST, "last": LAST})


def hold_days_within_reach() -> None:
    """Every field for a day or a moment asks it, of whichever form."""
    for field in (forms.DateField, forms.DateTimeField):
        field.default_validators = [within_reach]
