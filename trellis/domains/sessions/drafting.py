"""A plan of sessions on its way: read from a form, looked at for clashes, shown again. Nothing is kept meanwhile.

The rooms that plan sessions (courses, cohorts, events) put it on their pages with {% include "sessions/draft.html" %}.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.clash_words import Remark, remarks
from trellis.domains.sessions.models import Room
from trellis.domains.sessions.queries import rooms_in_use
from trellis.domains.sessions.rules import AT_MOST, Clash, Pattern, days_of
from trellis.kit import clock

WEEKDAYS = (
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
    (5, _("Saturday")), (6, _("Sunday")),
)  # fmt: skip
FAULTS = {
    "no_weekday": ("weekdays", _("Choose at least one weekday.")),
    "no_end": ("number", _("Say how many sessions there are, or until which day.")),
    "ends_before": ("until", _("The last day lies before the first one.")),
    "too_many": (
        "number",
        _("A series has at most 100 sessions. Plan the rest as another one."),
    ),
    "none_left": ("skip", _("No day is left: all of them are skipped, or none falls on these weekdays.")),
}

SELECTED = mark_safe(" selected")


def moment(day: date, at: time) -> datetime | None:
    """That time of that day, aware; None where the clocks are put forward over it."""
    aware = timezone.make_aware(datetime.combine(day, at))
    there = timezone.localtime(aware.astimezone(UTC))
    return aware if (there.date(), there.time()) == (day, at) else None


class PatternForm(forms.Form):
    """When a series takes place: weekdays, hours, how often or until when, what is skipped; and where."""

    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple(attrs={"class": "days"}),
        required=False, help_text=_("Left empty: on the weekday of the first day."),
    )  # fmt: skip
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}), initial="14:00")
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}), initial="16:00")
    number = forms.IntegerField(label=_("Number of sessions"), min_value=1, max_value=9999, required=False)
    until = forms.DateField(label=_("or until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    skip = forms.CharField(
        label=_("Not on these days"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Holidays, as 2026-04-30, parted by spaces or lines."),
    )  # fmt: skip
    room = forms.ChoiceField(label=_("Room"), required=False)
    place = forms.CharField(
        label=_("or another place"), max_length=200, required=False, help_text=_("Such as: at the customer's")
    )
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, rooms: Sequence[Room] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = list(rooms_in_use()) if rooms is None else rooms
        choices = [("", _now("no room")), *((str(room.pk), str(room)) for room in self.rooms)]
        self.fields["room"].choices = choices  # type: ignore[attr-defined]
        self.days: tuple[date, ...] = ()
        self.holidays: frozenset[date] = frozenset()

    def clean_room(self) -> Room | None:
        """The room itself."""
        return next((room for room in self.rooms if str(room.pk) == self.cleaned_data["room"]), None)

    def clean_skip(self) -> frozenset[date]:
        """The days, or a word on the first that is none."""
        return days_written(self.cleaned_data["skip"])

    def clean_first_day(self) -> date:
        """From today on: what was held before is no plan."""
        day: date = self.cleaned_data["first_day"]
        if day < clock.today():
            raise forms.ValidationError(_now("This day is over. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end has to be after the start."))
        if not self.errors:
            weekdays = frozenset(data["weekdays"]) or frozenset({data["first_day"].weekday()})
            skip = data.get("skip", frozenset()) | self.holidays
            found = days_of(Pattern(data["first_day"], weekdays, data["number"], data.get("until"), skip))
            if found.fault:
                field, text = FAULTS[found.fault]
                self.add_error(field if field in self.fields else None, text)
            self.days = found.days
        return data


def days_written(text: str) -> frozenset[date]:
    """Days as people write them into a field, parted by spaces, commas or lines."""
    found = set()
    for word in text.replace(",", " ").replace(";", " ").split():
        day = _date(word)
        if day is None:
            raise forms.ValidationError(_now("“%(word)s” is no day. Write it as 2026-04-30.") % {"word": word[:40]})
        found.add(day)
    return frozenset(found)


def _date(word: str) -> date | None:
    try:
        return parse_date(word)
    except ValueError:
        return None


def _time(word: str) -> time | None:
    try:
        return parse_time(word)
    except ValueError:
        return None


@dataclass
class Row:
    """One session of the plan as it is written in the form, what is wrong with it, and what it clashes with."""

    name: str
    number: int
    day: str
    starts: str
    ends: str
    room: str = ""
    host: str = ""
    out: bool = False
    fault: str = ""
    remarks: list[Remark] = field(default_factory=list)
    planned: PlannedSession | None = None
    rooms: str = ""
    hosts: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether something stands in its way."""
        return any(remark.is_refused for remark in self.remarks)


@dataclass(frozen=True)
class Setting:
    """What the sessions of a plan have in common: by whom, where, for whom."""

    title: str
    hosts: Sequence[Person]
    others: Sequence[Person]  # who else can be chosen for a single session
    rooms: Sequence[Room]
    place: str = ""
    link: str = ""
    people: frozenset[int] = frozenset()
    seats: int = 0


class Draft:
    """The sessions of one plan. `name` keeps the fields of several plans on one page apart."""

    def __init__(self, rows: list[Row], setting: Setting, name: str = "r") -> None:
        self.rows, self.setting, self.name = rows, setting, name
        self._options()

    @classmethod
    def of_days(
        cls, days: Iterable[date], starts: time, ends: time, room: Room | None, setting: Setting, name: str = "r"
    ) -> "Draft":
        """A first plan: each day at the same hours."""
        where = str(room.pk) if room else ""
        rows = [
            Row(f"{name}{n}", n, f"{day:%Y-%m-%d}", f"{starts:%H:%M}", f"{ends:%H:%M}", where)
            for n, day in enumerate(days, start=1)
        ]
        return cls(rows, setting, name)._read()

    @classmethod
    def sent(cls, data: Mapping[str, Any], setting: Setting, name: str = "r") -> "Draft":
        """As it was corrected by hand; those taken out stay on the page, to be put back."""
        rows = []
        for n in range(1, AT_MOST + 1):
            key = f"{name}{n}"
            if f"{key}-day" not in data:
                break
            day, starts, ends, room, host = (
                str(data.get(f"{key}-{part}", ""))[:40] for part in ("day", "starts", "ends", "room", "host")
            )
            rows.append(Row(key, n, day, starts, ends, room, host, out=bool(data.get(f"{key}-out"))))
        return cls(rows, setting, name)._read()

    def _read(self) -> "Draft":
        rooms = {str(room.pk): room for room in self.setting.rooms}
        hosts = {str(host.pk): host for host in (*self.setting.hosts, *self.setting.others)}
        kept = 0
        for row in self.rows:
            if row.out:
                continue
            kept += 1
            row.fault, starts, ends = _times(row)
            if not row.fault and row.room and row.room not in rooms:
                row.fault = _now("This room is out of use. Choose another one.")
            if row.fault or starts is None or ends is None:
                continue
            row.planned = PlannedSession(
                f"{self.setting.title} {kept}"[:200],
                starts,
                ends,
                (hosts[row.host],) if row.host in hosts else tuple(self.setting.hosts),
                self.setting.place if not row.room else "",
                self.setting.link,
                rooms.get(row.room),
                self.setting.people,
                self.setting.seats,
            )
        return self

    def _options(self) -> None:
        """The choices of each row, drawn once for each that is chosen."""
        rooms = [("", _now("no room")), *((str(room.pk), str(room)) for room in self.setting.rooms)]
        usual = ", ".join(host.name for host in self.setting.hosts) or _now("nobody yet")
        hosts = [("", usual), *((str(p.pk), p.name) for p in self.setting.others if p not in self.setting.hosts)]
        known: dict[tuple[int, str], SafeString] = {}
        for row in self.rows:
            for which, (choices, chosen) in enumerate(((rooms, row.room), (hosts, row.host))):
                if (which, chosen) not in known:
                    known[which, chosen] = _drawn(choices, chosen)
            row.rooms, row.hosts = known[0, row.room], known[1, row.host]

    @property
    def planned(self) -> tuple[PlannedSession, ...]:
        """What is to be scheduled, in the order of the rows; nothing of those with a fault."""
        return tuple(row.planned for row in self.rows if row.planned)

    @property
    def is_good(self) -> bool:
        """Whether there is something to plan, and every row can be read."""
        return bool(self.planned) and not any(row.fault for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether some row clashes so that somebody has to insist."""
        return any(row.is_refused for row in self.rows)

    @property
    def has_remarks(self) -> bool:
        """Whether there is anything to look at."""
        return any(row.remarks or row.fault for row in self.rows)


def _drawn(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}',
        ((value, SELECTED if value == chosen else "", name) for value, name in choices),
    )


def _times(row: Row) -> tuple[str, datetime | None, datetime | None]:
    """What is wrong with the times of a row, or both of them."""
    day, begins, until = _date(row.day), _time(row.starts), _time(row.ends)
    if day is None:
        return _now("Write the day as 2026-04-30."), None, None
    if begins is None or until is None:
        return _now("Write the time as 14:00."), None, None
    if until <= begins:
        return _now("The end has to be after the start."), None, None
    if day < clock.today():
        return _now("This day is over. Choose today or a later day."), None, None
    starts, ends = moment(day, begins), moment(day, until)
    if starts is None or ends is None:
        return (
            _now("This hour does not exist: the clocks are put forward that day. Choose another."),
            None,
            None,
        )
    return "", starts, ends


def tell(drafts: Sequence[Draft], clashes: Collection[Clash]) -> None:
    """Put what was found beside the rows it concerns; the plan is that of all drafts, one after the other."""
    rows = [row for draft in drafts for row in draft.rows if row.planned]
    said = remarks(clashes, [row.planned for row in rows if row.planned], [row.number for row in rows])
    for number, row in enumerate(rows, start=1):
        row.remarks = said.get(-number, [])
