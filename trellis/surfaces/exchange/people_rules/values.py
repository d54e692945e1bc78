"""What a cell says: text, dates, addresses, words for changes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD])
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "########"}
_NOTHING = {"-", "--", "—", "/", "n/a", "none", "null", "无", "nil"}
_TOTALS = {"total", "totals", "grand total", "subtotal", "合计", "总计", "小计", "共计", "总人数", "人数合计"}
KEPT_EXACTLY = 10**15
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)


def clean(cell: str) -> str:
    """Without surrounding, doubled, full-width or invisible spaces; letters stay as they are."""
    if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@"):  # as our own exports escape what would be a formula
        cell = cell[1:]
    if cell.isascii() and cell.isprintable():
        cell = cell.strip()
        return cell if "  " not in cell else _SPACES.sub(" ", cell)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", cell.translate(_INVISIBLE))).strip()


def half_width(text: str) -> str:
    """Full-width letters, digits and signs (ＡＢ１２＠) as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_nothing(text: str) -> bool:
    """What people write into a cell that is to be empty."""
    return not text or text.casefold() in _NOTHING


def is_error(text: str) -> bool:
    """What a spreadsheet shows for a formula that failed."""
    return text[0] == "#" and (text.upper() in _ERRORS or set(text) == {"#"})


def is_totals(text: str) -> bool:
    """What stands before the sums below a list."""
    return half_width(text).casefold().split(":")[0].strip() in _TOTALS


def has_control(text: str) -> bool:
    return bool(_CONTROL.search(text))


def is_scientific(text: str) -> bool:
    """A long number that the spreadsheet has rounded: `1.23E+11`."""
    return bool(_SCIENTIFIC.fullmatch(text))


def is_email(text: str) -> bool:
    """Whether the text has the form of an address (its mailbox may still not exist)."""
    return bool(_EMAIL.fullmatch(text)) and ".." not in text and len(text.split("@")[0]) <= 64


# -- dates

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?")
_EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?: \d{1,2}:\d{2}(:\d{2})?)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}))")
_MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))  # noqa: SIM905, shorter to read
_SERIAL = re.compile(r"([2-7]\d{4})(\.0+)?")


def date_order(cells: Iterable[str]) -> tuple[str, bool]:
    """Whether `8/1/2024` in these cells is the day or the month first, and whether the cells leave no doubt.

    Judged over all of them: one 25/1/2024 says day first. Without any such it is taken as day first, in doubt.
    """
    votes: Counter[str] = Counter()
    doubtful = False
    for cell in cells:
        if found := _EITHER.fullmatch(half_width(cell)):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                votes[DAY_FIRST] += 1
            elif second > 12 >= first:
                votes[MONTH_FIRST] += 1
            elif first != second:
                doubtful = True
    if votes:
        return max(votes, key=lambda order: votes[order]), True
    return DAY_FIRST, not doubtful


def read_date(text: str, order: str = DAY_FIRST) -> tuple[date | None, str]:
    """The day a cell names, or None and why not: `date_unreadable`, `date_impossible`."""
    text = half_width(text)
    if found := _YMD.fullmatch(text):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif text.isdecimal() and len(text) == 8:
        parts = (int(text[:4]), int(text[4:6]), int(text[6:]))
    elif found := _EITHER.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        parts = (_year(found[3]), second, first) if order == DAY_FIRST else (_year(found[3]), first, second)
    elif found := _DOTTED.fullmatch(text):
        parts = (_year(found[3]), int(found[2]), int(found[1]))
    elif found := _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(found[1])), ""
    elif (found := _WORDS.fullmatch(text)) and (month := _MONTHS.get((found[2] or found[4])[:3].lower())):
        parts = (int(found[3] or found[6]), month, int(found[1] or found[5]))
    else:
        return None, "date_unreadable"
    try:
        return date(*parts), ""
    except ValueError:
        return None, "date_impossible"


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def as_text(value: object) -> str:
    """A spreadsheet's cell as the text it stands for: 10023.0 is `10023`, a day is `2024-01-08`, and a number with
    more than the 15 digits that a spreadsheet keeps says by its form that it was rounded: `1.234568E+17`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)) and abs(value) >= KEPT_EXACTLY:
        return f"{value:E}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


# -- words

CHANGES = {
    "hired": "hired|hire|new hire|joined|new|join|入职|新入职|录用",
    "rehired": "rehired|rehire|returned|came back|重新入职|返聘|再入职|二次入职",
    "moved": "moved|move|transfer|transferred|lateral|lateral move|调动|调岗|转岗|平调|异动|轮岗|调整",
    "promoted": "promoted|promotion|promote|晋升|升职|提拔|晋级",
    "left": "left|leave|leaver|termination|terminated|resigned|离职|辞职|退休|终止",
}
LEAVINGS = {
    "voluntary": "voluntary|resignation|resigned|of their own will|主动离职|主动|辞职|自愿离职|个人原因|自愿",
    "involuntary": "involuntary|dismissal|dismissed|by the company|layoff|laid off|redundancy|"
    "被动离职|被动|辞退|裁员|解雇|公司辞退",
    "contract_end": "contract end|contract ended|end of contract|contract_end|expired|合同到期|合同终止|到期不续|期满",
    "retirement": "retirement|retired|退休",
    "other": "other|其他|其它|death|身故",
}
YES_NO = {"yes": "yes|y|true|1|x|是|√|✓", "no": "no|n|false|0|否"}


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in words.split("|")}


CHANGE_WORDS, LEAVING_WORDS, YES_NO_WORDS = _words(CHANGES), _words(LEAVINGS), _words(YES_NO)


def word(text: str, words: dict[str, str]) -> str:
    """The code of a word, or an empty string."""
    return words.get(half_width(text).casefold().strip(), "")
