"""What the wizard asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.surfaces.exchange.people_import.texts import FIELD_NAMES, ORDER_NAMES
from trellis.surfaces.exchange.people_rules.columns import DATES, FIELDS, REQUIRED
from trellis.surfaces.exchange.people_rules.reading import MAX_BYTES, Table

EXAMPLES = 3
EXAMPLE_LENGTH = 40


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File of people"),
        help_text=_("CSV or XLSX, at most 20 MB and 200,000 rows. Headings in English or Chinese, in any order."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls"}),
        error_messages={"empty": _("The file is empty. Export the list again and choose that file.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Split it, or leave out columns nobody needs."), code="too_big"
            )
        return file


class ColumnsForm(forms.Form):
    """One choice of a heading for each field, and how the file is to be taken."""

    partial = forms.BooleanField(
        label=_("Take the good rows even if others have faults"),
        required=False,
        help_text=_("Otherwise a file with a single fault changes nothing."),
    )
    missing_left = forms.BooleanField(
        label=_("Who is not in the file has left"),
        required=False,
        help_text=_("Only for a list of everybody. Otherwise people who are not in the file stay as they are."),
    )
    remember_as = forms.CharField(
        label=_("Remember these columns as"),
        required=False,
        max_length=100,
        help_text=_("Used by itself for files with the same headings, and by name on the command line."),
    )

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        headings = [(heading, heading) for heading in dict.fromkeys(table.headings) if heading]
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=FIELD_NAMES[name], required=name in REQUIRED, choices=[("", _("not in the file")), *headings]
            )
        self.fields["date_order"] = forms.ChoiceField(
            label=_("Dates such as 8/1/2024"),
            required=False,
            choices=[("", _("judge by the whole column")), *ORDER_NAMES.items()],
        )
        if len(table.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet of the workbook"), choices=[(sheet, sheet) for sheet in table.sheets], required=False
            )

    def clean(self) -> None:
        chosen: dict[str, str] = {}
        for name in FIELDS:
            heading = self.cleaned_data.get(f"column_{name}")
            if not heading:
                continue
            if heading in chosen:
                other = FIELD_NAMES[chosen[heading]]
                words = {"heading": heading, "other": other}
                text = _("“%(heading)s” is chosen for %(other)s already. Choose another column for one of them.")
                self.add_error(f"column_{name}", forms.ValidationError(text, params=words))
            chosen.setdefault(heading, name)

    @property
    def columns(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(f"column_{name}", "") for name in FIELDS}

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each field with its choice and what the chosen column holds."""
        at = {heading: index for index, heading in reversed(list(enumerate(self.table.headings)))}
        return [
            {
                "field": self[f"column_{name}"],
                "is_required": name in REQUIRED,
                "examples": self._examples(at.get(self[f"column_{name}"].value() or "")),
                "is_date": name in DATES,
            }
            for name in FIELDS
        ]

    def _examples(self, index: int | None) -> list[str]:
        if index is None:
            return []
        cells = (row[index].strip()[:EXAMPLE_LENGTH] for _n, row in self.table.rows[:200] if index < len(row))
        return list(dict.fromkeys(cell for cell in cells if cell))[:EXAMPLES]
