"""The bonus list as a file for payroll. A cell that begins like a formula is written as text."""

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from trellis.domains.recognition.models import Transfer
from trellis.domains.recognition.rules import in_units
from trellis.kit.files.tables import escape_cell


def rows_of(transfers: Iterable[Transfer]) -> list[list[str | float]]:
    """Heading and one row for each bonus."""
    head: list[str | float] = [
        _("Employee id"),
        _("Name"),
        _("Date"),
        _("Amount"),
        _("Currency"),
        _("Reason"),
        _("Taken back"),
    ]
    rows = [head]
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


def as_csv(rows: list[list[str | float]]) -> bytes:
    """UTF-8 with a mark at its beginning, as spreadsheet programs expect it."""
    out = io.StringIO()
    csv.writer(out).writerows([[escape_cell(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[list[str | float]]) -> bytes:
    """A workbook with one sheet; text stays text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Bonuses"))
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [escape_cell(cell) for cell in row], bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()
