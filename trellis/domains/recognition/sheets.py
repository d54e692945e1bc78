"""The bonus list as a table for payroll."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trellis.domains.recognition.models import Transfer
from trellis.domains.recognition.rules import in_units

Row = list[str | float]


def heading() -> Row:
    """The names of the columns, in the reader's language."""
    return [
        _("Employee id"),
        pgettext("of a person", "Name"),
        _("Date"),
        _("Amount"),
        _("Currency"),
        _("Reason"),
        _("Taken back"),
    ]


def rows_of(transfers: Iterable[Transfer]) -> list[Row]:
    """One row for each bonus; the amount in whole units of its currency."""
    rows: list[Row] = []
    for transfer in transfers:
        person = transfer.credit.person
        whole, hundredths = in_units(transfer.amount, transfer.debit.currency)
        rows.append(
            [
                person.employee_id if person else "",
                person.name if person else "",
                timezone.localdate(transfer.made_at).isoformat(),
                whole + hundredths / 100 if hundredths else whole,
                transfer.debit.currency,
                transfer.why,
                _("yes") if getattr(transfer, "reversed_by", None) else "",
            ]
        )
    return rows
