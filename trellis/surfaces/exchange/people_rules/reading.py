"""Bytes of a file to a table of texts. Judged by content; the file's name says nothing."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from trellis.surfaces.exchange.people_rules.columns import known_headings, name_in_two
from trellis.surfaces.exchange.people_rules.faults import Unreadable
from trellis.surfaces.exchange.people_rules.values import as_text, clean, has_control

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_UNPACKED = 400 * 1024 * 1024
HARMLESS_UNPACKED = 40 * 1024 * 1024
MAX_RATIO = 120
MAX_CELLS = 12_000_000
_SEARCH_HEADINGS_IN = 10
_HAN = re.compile(r"[\u3400-\u9fff·]+")
Known = Callable[[Sequence[str]], int]
_PLACE = re.compile(rb"\br=[\"']([A-Z]{0,3})(\d{1,8})[\"']")


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are the rows below the headings that hold something, each with its number in the file."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read_table(content: bytes, *, sheet: str = "", max_rows: int = MAX_ROWS, known: Known = known_headings) -> Table:
    """The table in a CSV, XLSX or XLS file; raises Unreadable with the reason. `known`: how many of the cells are
    headings of such a file, which tells the headings from a title above them."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MAX_BYTES:
        raise Unreadable("too_big", megabytes=MAX_BYTES // 1024 // 1024)
    if content.startswith(b"PK\x03\x04"):
        _refuse_bomb(content)
        return _read_workbook(content, sheet, max_rows, known)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("encrypted")
        return _read_workbook(content, sheet, max_rows, known)
    if content.startswith(b"%PDF"):
        raise Unreadable("pdf")
    return _read_text(content, max_rows, known)


def read_people(content: bytes, *, sheet: str = "") -> Table:
    """The table of a file of people. A name in two columns, as many systems write it, is put together in a first one:
    in the order of the file, and a Chinese one as it is written."""
    table = read_table(content, sheet=sheet)
    two = name_in_two(table.headings)
    if two is None:
        return table
    given, family = two
    heading = " + ".join(table.headings[at] for at in sorted(two))

    def whole(row: list[str]) -> str:
        parts = {at: clean(row[at]) if at < len(row) else "" for at in two}
        if _HAN.fullmatch(parts[given] + parts[family]):
            return parts[family] + parts[given]
        return " ".join(filter(None, (parts[at] for at in sorted(two))))

    rows = [(number, [whole(row), *row]) for number, row in table.rows]
    return replace(table, headings=[heading, *table.headings], rows=rows)


# -- text


def decode(content: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: a mark at the beginning, zeros as UTF-16 has them, UTF-8, then GB18030."""
    if content.startswith(b"\xef\xbb\xbf"):
        return _decode(content[3:], "utf-8"), "UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(content, "utf-16"), "UTF-16"
    head = content[:2000]
    # A comma or a line's end has one zero, always on the same side; a letter such as U+4E00 may have one on the other.
    first, second = head[::2].count(0), head[1::2].count(0)
    if second > 4 * first:
        return _decode(content, "utf-16-le"), "UTF-16"
    if first > 4 * second:
        return _decode(content, "utf-16-be"), "UTF-16"
    if b"\x00" in head:
        raise Unreadable("not_a_table")
    for codec, name in (("utf-8", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _decode(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None


def delimiter_of(text: str) -> str:
    """`,` `;` or tab: what parts the first lines most evenly (outside quotes)."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    best, most = ",", 0
    for sign in ("\t", ";", ","):
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=sign)]
        often = max(set(counts), key=counts.count) if counts else 0
        if often > most or (often == 0 and max(counts, default=0) > most and best == ","):
            best, most = sign, max(often, 1)
    return best


def _read_text(content: bytes, max_rows: int, known: Known) -> Table:
    text, encoding = decode(content)
    if sum(map(has_control, text[:2000])) > len(text[:2000]) // 50:
        raise Unreadable("not_a_table")
    start = text[:2000].lstrip().lower()
    if start.startswith(("<html", "<!doctype", "<table", "<?xml", "<meta")):
        raise Unreadable("html")
    if text[:4].lower() == "sep=":  # how Excel is told the delimiter
        first, _newline, text = text.partition("\n")
        delimiter = first.rstrip("\r")[4:5] or ","
        offset = 1
    else:
        delimiter, offset = delimiter_of(text), 0
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            if len(rows) > max_rows + _SEARCH_HEADINGS_IN:
                raise Unreadable("too_many_rows", rows=max_rows)
    except csv.Error:
        raise Unreadable("broken_quotes", row=len(rows) + 1) from None
    return _table(rows, offset, max_rows, known, encoding=encoding, delimiter=delimiter)


def _table(
    rows: list[list[str]],
    offset: int,
    max_rows: int,
    known: Known,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    sheets: tuple[str, ...] = (),
) -> Table:
    at = _headings_at(rows, known)
    if at is None:
        raise Unreadable("empty")
    headings = [clean(cell) for cell in rows[at]]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise Unreadable("too_many_columns", columns=MAX_COLUMNS)
    body = [
        (number, row) for number, row in enumerate(rows[at + 1 :], start=at + 2 + offset) if any(map(str.strip, row))
    ]
    if not body:
        raise Unreadable("headings_only")
    if len(body) > max_rows:
        raise Unreadable("too_many_rows", rows=max_rows)
    return Table(headings, body, encoding, delimiter, sheet, sheets)


def _headings_at(rows: list[list[str]], known: Known) -> int | None:
    """The row of headings: of the first ten the one with the most that we know; else the first that holds anything."""
    first = [(index, row) for index, row in enumerate(rows[:_SEARCH_HEADINGS_IN]) if any(map(str.strip, row))]
    if not first:
        return None
    index, row = max(first, key=lambda pair: (known(pair[1]), -pair[0]))
    return index if known(row) >= 2 else first[0][0]


# -- workbooks


def _refuse_bomb(content: bytes) -> None:
    """Unpack for counting only, whatever the archive says of itself; and see that it is a workbook and not locked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable("damaged") from None
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted")
    if not any(name.startswith("xl/workbook") for name in names):
        raise Unreadable("not_a_table")
    unpacked = 0
    allowed = max(HARMLESS_UNPACKED, min(MAX_UNPACKED, MAX_RATIO * len(content)))
    for part in parts:
        unpacked += _unpacked_size(content, part, allowed - unpacked)
        if unpacked > allowed:
            raise Unreadable("bomb")


def _unpacked_size(content: bytes, part: zipfile.ZipInfo, allowed: int) -> int:
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable("damaged")
    at = part.header_offset
    begin = at + 30 + int.from_bytes(content[at + 26 : at + 28], "little")
    begin += int.from_bytes(content[at + 28 : at + 30], "little")
    unpacker, size, tail = zlib.decompressobj(-15), 0, b""
    data = content[begin : begin + part.compress_size]
    lowest = rightmost = 0
    try:
        while data and size <= allowed:
            piece = unpacker.decompress(data, 1 << 20)
            data = unpacker.unconsumed_tail
            size += len(piece)
            if part.filename.startswith("xl/worksheets/"):
                for letters, digits in _PLACE.findall(tail + piece):
                    lowest = max(lowest, int(digits))
                    rightmost = max(rightmost, _column_number(letters))
                tail = piece[-40:]
    except zlib.error:
        raise Unreadable("damaged") from None
    if lowest * max(rightmost, 1) > MAX_CELLS:  # the reader makes room for every cell up to the last one
        raise Unreadable("bomb")
    return size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_workbook(content: bytes, sheet: str, max_rows: int, known: Known) -> Table:
    # A compiled reader, wanted only when a workbook comes.
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
        names = tuple(book.sheet_names)
        if sheet and sheet not in names:
            raise Unreadable("no_such_sheet", sheet=sheet, sheets=", ".join(names))
        # A sheet that is hidden is seldom the list of today; it can still be chosen.
        shown = tuple(about.name for about in book.sheets_metadata if about.visible == SheetVisibleEnum.Visible)
        chosen = sheet or _best_sheet(book, shown or names, known)
        source = book.get_sheet_by_name(chosen)
        if source.height > max_rows + _SEARCH_HEADINGS_IN:
            raise Unreadable("too_many_rows", rows=max_rows)
        rows = [[as_text(cell) for cell in row] for row in source.iter_rows()]
    except CalamineError:
        raise Unreadable("damaged") from None
    return _table(rows, 0, max_rows, known, sheet=chosen, sheets=names)


def _best_sheet(book: object, names: tuple[str, ...], known: Known) -> str:
    """The sheet whose first rows hold the most headings we know."""

    def most(name: str) -> int:
        rows = book.get_sheet_by_name(name).to_python(nrows=_SEARCH_HEADINGS_IN)  # type: ignore[attr-defined]
        return max((known([as_text(cell) for cell in row]) for row in rows), default=0)

    return names[0] if len(names) == 1 else max(names, key=lambda name: (most(name), -names.index(name)))
