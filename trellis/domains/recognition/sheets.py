"""The bonus list as a table for payroll."""

from collections.abc import Iterable

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trellis.domains.recognition.models import PayrollRun, Transfer
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


def list_heading() -> Row:
    """The columns of a list for payroll."""
    return [
        _("List"),
        _("Employee id"),
        pgettext("of a person", "Name"),
        _("Date"),
        _("Amount"),
        _("Currency"),
        _("Reason"),
    ]


def list_rows(run: PayrollRun) -> list[Row]:
    """One row for each line, from what was written when the list was made: the same each time it is asked for."""
    return [
        [
            run.number,
            line.employee_id,
            line.name,
            line.booked_on.isoformat(),
            in_number(line.amount, line.currency),
            line.currency,
            line.why,
        ]
        for line in run.lines.order_by("id")
    ]


def in_number(amount: int, currency: str) -> float:
    """An amount in whole units of its currency, below zero too."""
    whole, hundredths = in_units(abs(amount), currency)
    value = whole + hundredths / 100 if hundredths else whole
    return -value if amount < 0 else value


def amount_of(amount: int, currency: str) -> str:
    """An amount as people read it, with its sign and currency."""
    value = in_number(amount, currency)
    shown = number_format(abs(value), 0 if value == int(value) else 2, force_grouping=True)
    return f"{'−' if amount < 0 else ''}{shown} {currency}"


def totals(run: PayrollRun) -> list[str]:
    """What the list comes to, for each currency."""
    sums = run.lines.order_by("currency").values_list("currency").annotate(total=Sum("amount"))
    return [amount_of(total, currency) for currency, total in sums]
