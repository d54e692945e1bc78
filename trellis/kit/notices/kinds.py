"""What there is to be told, each declared once in its domain's notices.py.

    notice_kind("sessions.marked_absent", title=_("Absences"), text=_("You were marked absent in %(course)s."))

`title` names the kind in the preferences and heads the mail; `text` is the sentence. Both are lazily translated.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from trellis.kit.notices.models import Channel
from trellis.kit.text import in_language

DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Kind:
    code: str
    title: Any
    text: Any
    channel: str

    def sentence(self, params: dict[str, Any]) -> str:
        """The text in the reader's language."""
        return str(self.text) % {name: _readable(value) for name, value in params.items()}


_kinds: dict[str, Kind] = {}


def notice_kind(code: str, *, title: Any, text: Any, channel: str = Channel.MAIL) -> Kind:
    """Declare a kind and the channel it takes for whoever did not choose one."""
    if code in _kinds:
        raise ValueError(f"two notices are called {code}")
    _kinds[code] = Kind(code, title, text, channel)
    return _kinds[code]


def kind_of(code: str) -> Kind:
    """The kind; a notice whose kind is gone (an older version wrote it) shows its code rather than fail."""
    return _kinds.get(code) or Kind(code, code, code.replace("%", "%%"), Channel.HERE)


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def _readable(value: Any) -> Any:
    """A name in several languages in the reader's, a day as the reader writes it."""
    if isinstance(value, dict):
        return in_language(str(value.get("en", "")), value)
    if isinstance(value, str) and DAY.match(value):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value
