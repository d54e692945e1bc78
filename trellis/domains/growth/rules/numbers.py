"""Numbers as people type them: "0,5", "1,200", "０．５", "85 %"."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

PLACES = 3
MOST = Decimal(10) ** 10  # what a column of fourteen digits with three places surely holds
BY_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
BY_POINT = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+")
PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


class NotANumberError(ValueError):
    """Why it is none; `code` is empty, not_a_number, too_large or too_fine (more than three decimal places)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_number(text: str) -> Decimal:
    """The number that was typed: a decimal point or comma, thousands set apart by the other one or by spaces.

    "1,200" is one thousand two hundred, as English and Chinese write it; "0,5" and "1,25" can only be decimals.
    Full-width digits count, and a sign of per cent at the end is left out. Raises NotANumberError.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-")
    plain = re.sub(r"\s", "", plain).removesuffix("%")
    if not plain:
        raise NotANumberError("empty")
    if BY_COMMA.fullmatch(plain):
        plain = plain.replace(",", "")
    elif BY_POINT.fullmatch(plain):
        plain = plain.replace(".", "")
    elif not PLAIN.fullmatch(plain):
        raise NotANumberError("not_a_number")
    if len(plain) > 40:
        raise NotANumberError("too_large")
    number = Decimal(plain.replace(",", "."))
    if abs(number) >= MOST:
        raise NotANumberError("too_large")
    if number != round(number, PLACES):
        raise NotANumberError("too_fine")
    return round(number, PLACES)
