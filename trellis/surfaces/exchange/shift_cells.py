"""What the cells of a file of work shifts say: headings, weekdays, times of a day; pure Python."""

import re
from collections.abc import Sequence
from datetime import time

from trellis.surfaces.exchange.people_rules import values
from trellis.surfaces.exchange.people_rules.columns import HEADINGS as OF_PEOPLE
from trellis.surfaces.exchange.people_rules.columns import fold

FIELDS = ("employee_id", "shift", "began_on", "ended_on", "weekdays", "from_time", "to_time")
REQUIRED = ("employee_id", "shift")
DATES = ("began_on", "ended_on")

_HEADINGS = {
    "employee_id": OF_PEOPLE["employee_id"],
    "shift": "shift|shift name|work shift|shift code|roster|schedule|work schedule|"
    "班次|班次名称|排班|班别|班组班次|工作班次",
    "began_on": "first day|from date|since|start date|begin date|valid from|effective date|begins on|shift from|"
    "开始日期|起始日期|生效日期|上班起始日|自",
    "ended_on": "last day|until|to date|end date|valid to|ends on|shift until|结束日期|截止日期|失效日期|至",
    "weekdays": "weekdays|days|days of the week|working days|work days|工作日|星期|上班日|出勤日",
    "from_time": "from|start time|begins|begins at|start|上班时间|开始时间|上班",
    "to_time": "to|end time|ends|ends at|end|下班时间|结束时间|下班",
}
_BY_HEADING = {fold(heading): name for name, headings in _HEADINGS.items() for heading in headings.split("|")}
_BY_HEADING |= {heading.replace(" ", ""): name for heading, name in _BY_HEADING.items()}

_DAYS = {name: n for n, names in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")) for name in (names,)}
_DAYS |= {sign: n for n, signs in enumerate(("1一", "2二", "3三", "4四", "5五", "6六", "7日天")) for sign in signs}
_GROUPS = {
    "daily": range(7), "every day": range(7), "每天": range(7), "每日": range(7), "全周": range(7),
    "workdays": range(5), "weekdays": range(5), "工作日": range(5), "weekend": range(5, 7), "周末": range(5, 7),
}  # fmt: skip
_DAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*|([1-7一二三四五六日天])|(-)|([\s,;、/&+和及.]+|and)")
_TIME = re.compile(r"(\d{1,2})(?:[:.点时h](\d{2})?)?分?(?::\d{2})?\s*(am|pm)?")


def field_of(heading: str) -> str:
    """The field a heading names, or an empty string."""
    folded = fold(heading)
    return _BY_HEADING.get(folded) or _BY_HEADING.get(folded.replace(" ", "")) or ""


def known_headings(cells: Sequence[str]) -> int:
    """How many of the cells are headings of such a file."""
    return len({field_of(cell) for cell in cells if cell} - {""})


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Field to heading, by the words of the headings; of two for one field the first."""
    found: dict[str, str] = {}
    for heading in headings:
        if (name := field_of(heading)) and name not in found:
            found[name] = heading
    return found


def read_weekdays(text: str) -> tuple[int, ...]:
    """`Mon-Fri`, `12345`, `周一至周五`, `Monday, Thursday`: the weekdays (0 is Monday); empty when it is none."""
    plain = fold(text)
    if plain in _GROUPS:
        return tuple(_GROUPS[plain])
    plain = re.sub(r"星期|礼拜|周", "", plain)
    plain = re.sub(r"\s*(?:[-–—~至到]|\bto\b)\s*", "-", plain)
    found: list[int] = []
    at, is_range = 0, False
    while at < len(plain):
        part = _DAY.match(plain, at)
        if part is None:
            return ()
        at = part.end()
        if part[3]:
            is_range = bool(found)
        elif (name := part[1] or part[2]) is not None:
            day = _DAYS[name]
            found += [(found[-1] + n) % 7 for n in range(1, (day - found[-1]) % 7 + 1)] if is_range else [day]
            is_range = False
    return tuple(sorted(set(found)))


def read_time(text: str) -> time | None:
    """`06:00`, `6`, `6:30 pm`, `0600`, `6点`, `06:00:00`; 24:00 is midnight. None when it is no time of a day."""
    plain = values.half_width(text).casefold().strip()
    if plain.isdecimal() and len(plain) == 4:
        plain = f"{plain[:2]}:{plain[2:]}"
    found = _TIME.fullmatch(plain)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
