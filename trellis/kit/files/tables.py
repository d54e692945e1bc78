"""Tables that leave as CSV or XLSX. What a person typed must not run as a formula on somebody else's desk."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from trellis.kit.files.keep import XLSX, safe_name

# Spreadsheets set to Chinese or Japanese take the wide signs for the narrow ones.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = Sequence[Any]
WIDTH = 18  # of a column in a workbook, in characters: the usual eight cut every name


def escape_cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers and dates stay."""
    if value is None:
        return ""
    if isinstance(value, int | float | date):
        return value
    text = str(value)
    return "'" + text if text.startswith(DANGEROUS) else text


class _Echo:
    """A file that gives back what is written, so that rows stream."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # without it, Excel reads Chinese in the wrong encoding
    yield writer.writerow([escape_cell(cell) for cell in head])
    for row in rows:
        yield writer.writerow([escape_cell(cell) for cell in row])


def _in_this_language(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, each written in the language of now: a stream runs when the request has given its own back."""
    language = translation.get_language()

    def written() -> Iterator[str]:
        while True:
            with translation.override(language):
                line = next(lines, None)
            if line is None:
                return
            yield line

    return written()


def csv_response(*, name: str, head: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """The table as a CSV download, UTF-8 with its mark, streamed row by row in the reader's language."""
    lines = _in_this_language(_csv_lines(head, rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _as_download(response, name)


def xlsx_response(*, name: str, head: Row, rows: Iterable[Row]) -> HttpResponse:
    """The table as a workbook; rows go to the disk as they come, so memory stays small."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(out, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(head) - 1), WIDTH)
        for number, row in enumerate(itertools.chain([head], rows)):
            sheet.write_row(number, 0, [escape_cell(cell) for cell in row], bold if number == 0 else None)
    return _as_download(HttpResponse(out.getvalue(), content_type=XLSX), name)


def _as_download(response: Any, name: str) -> Any:
    response.headers["Content-Disposition"] = f'attachment; filename="{safe_name(name)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
