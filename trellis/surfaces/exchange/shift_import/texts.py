"""Codes of the rules as sentences: what is wrong, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from trellis.surfaces.exchange.people_import import texts as of_people
from trellis.surfaces.exchange.people_rules.faults import Fault

FIELD_NAMES: Mapping[str, Any] = {
    "employee_id": of_people.FIELD_NAMES["employee_id"],
    "shift": gettext_lazy("Shift"),
    "began_on": gettext_lazy("First day"),
    "ended_on": gettext_lazy("Last day"),
    "weekdays": gettext_lazy("Weekdays"),
    "from_time": pgettext_lazy("of a shift", "From"),
    "to_time": pgettext_lazy("of a shift", "To"),
    "": of_people.FIELD_NAMES[""],
}
FAULTS: Mapping[str, Any] = {
    **of_people.FAULTS,
    "column_missing": gettext_lazy("No column is chosen for this. Choose one below."),
    "nobody_here": gettext_lazy("Nobody who works here has this employee ID. Correct it, or take the row out."),
    "shift_unknown": gettext_lazy(
        "No shift is called so. Correct the name, or give its weekdays and hours in this row to open it."
    ),
    "hours_differ": gettext_lazy(
        "This shift is known with other weekdays or hours. Leave them empty here, or give the shift another name."
    ),
    "hours_differ_in_file": gettext_lazy(
        "Row %(row)s gives the same shift other weekdays or hours. Make them the same."
    ),
    "weekdays_unreadable": gettext_lazy("These are no weekdays. Write them as Mon-Fri, 周一至周五 or 12345."),
    "time_unreadable": gettext_lazy("This is no time of a day. Write it as 06:00."),
    "no_hours": gettext_lazy("A shift that ends as it begins has no hours. Choose another time."),
    "ends_before": gettext_lazy("The last day lies before the first one (%(day)s). Correct one of them."),
    "far_away": gettext_lazy("This is more than a year from today. Correct the date."),
    "same_day_twice": gettext_lazy("Row %(row)s begins on the same day for the same person. Leave one of them."),
    "overlaps": gettext_lazy("Row %(row)s of the same person has not ended by then. Correct one of the days."),
}


def of_fault(fault: Fault) -> str:
    """What is wrong in a cell and what to do."""
    return str(FAULTS[fault.code]) % fault.details
