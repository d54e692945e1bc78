"""A book of registers as HTML, written by hand: 250 people by 20 sessions are 5,000 cells, too many for a template."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from trellis.domains.sessions.book import Book, Line
from trellis.domains.sessions.models import Mark, Session
from trellis.domains.sessions.rules import VALUES, Attendance, prospect
from trellis.kit.ui.icons import icon
from trellis.kit.ui.templatetags.ui import day, is_han
from trellis.kit.ui.templatetags.ui import icon as drawn

# Earlier sessions beside the one that is marked, and how many of them a screen of usual width has room for.
EARLIER, NEAR = 8, 3
LOOK = {
    "present": ("ok", icon("check"), "P"),
    "late": ("warn", icon("clock-3"), "L"),
    "absent": ("bad", icon("x"), "A"),
    "excused": ("wait", icon("shield-check"), "E"),
}


def letters() -> dict[str, str]:
    """One letter for each mark, in the reader's language."""
    return {
        "present": pgettext("letter of a mark", "P"),
        "late": pgettext("letter of a mark", "L"),
        "absent": pgettext("letter of a mark", "A"),
        "excused": pgettext("letter of a mark", "E"),
    }


@lru_cache(maxsize=8)
def _cells(language: str) -> Mapping[str, str]:
    """The ready cells of past sessions: a letter with its word."""
    cells = {"": f"<td class=old><span class=m><span class=sr-only>{gettext('Not marked')}</span></span>"}
    for value, letter in letters().items():
        word = escape(str(Mark.Value(value).label))
        cells[value] = f'<td class=old><abbr class="m m--{LOOK[value][0]}" title="{word}">{letter}</abbr>'
    return cells


@lru_cache(maxsize=8)
def _choices(language: str) -> Mapping[str, str]:
    """For each value the four choices with that one chosen, to be filled with the person's id, name and mark seen."""
    found = {}
    for chosen in ("", *VALUES):
        picks = []
        for value in VALUES:
            tone, symbol, key = LOOK[value]
            word, checked = escape(str(Mark.Value(value).label)), " checked" if value == chosen else ""
            picks.append(
                f'<label class={tone} title="{word}"><input type=radio name=m%(id)s value={value}{checked} '
                f"data-key={key}>{drawn(symbol)}<span class=pick__word>{word}</span></label>"
            )
        found[chosen] = (
            f"<fieldset class=pick><legend class=sr-only>%(name)s</legend>{''.join(picks)}</fieldset>"
            "<input type=hidden name=s%(id)s value=%(seen)s>"
        )
    return found


def pill(tone: str, symbol: str, text: str) -> str:
    """A state as icon and word."""
    return f'<span class="pill pill--{tone}">{drawn(symbol)}{escape(text)}</span>'


def standing(attendance: Attendance, make_up_day: str = "", *, for_host: bool = False) -> SafeString:
    """What the attendance means for the 100 %, as a pill; one absence shows at once. Hosts get it shorter."""
    return _standing(attendance, make_up_day, for_host, get_language() or "")


@lru_cache(maxsize=4096)
def _standing(attendance: Attendance, make_up_day: str, for_host: bool, language: str) -> SafeString:
    ahead = prospect(attendance)
    away = attendance.missed + attendance.excused
    counted = {"counted": attendance.counted, "scheduled": attendance.scheduled, "n": away, "day": make_up_day}
    if ahead.state == "reached":
        return mark_safe(pill("ok", icon("check"), gettext("%(counted)s of %(scheduled)s, complete") % counted))
    if ahead.state == "on_track":
        # No tick: what is still to come may be missed.
        return mark_safe(pill("open", icon("circle-dashed"), gettext("%(counted)s of %(scheduled)s so far") % counted))
    if ahead.state == "at_risk" and make_up_day:
        text = ngettext("1 missed: make-up on %(day)s repairs it", "%(n)s missed: next make-up on %(day)s", away)
        return mark_safe(pill("warn", icon("triangle-alert"), text % counted))
    if ahead.state == "at_risk":
        text = ngettext("1 missed: a make-up is offered", "%(n)s missed: make-ups are offered", away)
        return mark_safe(pill("warn", icon("triangle-alert"), text % counted))
    if for_host:
        text = ngettext("1 missed: cannot reach 100 %%", "%(n)s missed: cannot reach 100 %%", away)
        return mark_safe(pill("bad", icon("circle-alert"), text % counted))
    text = ngettext(
        "1 missed: cannot reach 100 %% without a make-up", "%(n)s missed: cannot reach 100 %% without make-ups", away
    )
    return mark_safe(pill("bad", icon("circle-alert"), text % counted))


def standing_in(book: Book, person: int) -> SafeString:
    """The same, of a person in a book, for hosts: what has no make-up yet leads to offering one."""
    at, attendance = book.make_up_at(person), book.attendance(person)
    said = standing(attendance, day(at) if at else "", for_host=True)
    lost = None if attendance.reachable() else book.without_make_up(person)
    if lost is None:
        return said
    return mark_safe(f'{said}<br><a class="tiny" href="/sessions/{lost}/make-up/">{_offer(get_language() or "")}</a>')


@lru_cache(maxsize=8)
def _offer(language: str) -> str:
    return escape(gettext("Offer a make-up"))


def _name(line: Line, chinese_page: bool) -> str:
    name = escape(line.name)
    return f'<span lang="zh-Hans">{name}</span>' if not chinese_page and is_han(line.name) else name


def _heads(sessions: list[Session], now: Session | None = None) -> str:
    heads = []
    for place, session in enumerate(sessions):
        far = now is not None and place < len(sessions) - 1 - NEAR
        kind = "today" if now and session.pk == now.pk else '"old far"' if far else "old"
        title = session.title[:28]
        if session.makes_up_id:
            title = f"{gettext('Make-up')}: {title}" if title else gettext("Make-up")
        said = f"{escape(title)}<br>" if title else ""
        heads.append(f'<th scope=col class={kind}><a href="/sessions/{session.pk}/">{said}{day(session.starts_at)}</a>')
    return "".join(heads)


@dataclass(frozen=True)
class Fault:
    """What was asked for and refused: shown in the person's row with the choice kept."""

    value: str
    text: str


def register(book: Book, session: Session, *, oneself: int, faults: Mapping[int, Fault] | None = None) -> SafeString:
    """The register of one session as table rows: earlier sessions as letters, this one to choose, and what it means."""
    faults = faults or {}
    language = get_language() or ""
    cells, choices, in_chinese = _cells(language), _choices(language), language.startswith("zh")
    far = {value: cell.replace("class=old", 'class="old far"', 1) for value, cell in cells.items()}
    earlier = [s.pk for s in book.sessions if s.starts_at < session.starts_at and s.pk != session.pk][-EARLIER:]
    shown = [s for s in book.sessions if s.pk in set(earlier)]
    person_word, counts_word = escape(gettext("Person")), escape(gettext("Counted, needs all"))
    heads = _heads([*shown, session], session)
    out = [f"<thead><tr><th scope=col>{person_word}{heads}<th scope=col>{counts_word}</thead><tbody>"]
    nothing: dict[int, str] = {}
    for line in book.people:
        marks, seen = book.marks.get(line.id, nothing), book.mark_ids.get((line.id, session.pk), 0)
        fault = faults.get(line.id)
        value = fault.value if fault else marks.get(session.pk, "")
        old = "".join(
            [far[marks.get(s, "")] for s in earlier[:-NEAR]] + [cells[marks.get(s, "")] for s in earlier[-NEAR:]]
        )
        pid = line.id
        if pid == oneself:
            choice = f'<span class="tiny muted">{escape(gettext("Somebody else marks you."))}</span>'
        else:
            choice = choices[value if value in choices else ""] % {"id": pid, "name": escape(line.name), "seen": seen}
        said = f'<p class="field__error">{drawn(icon("circle-alert"), "i--s")}{escape(fault.text)}</p>' if fault else ""
        out.append(
            f"<tr data-person={pid}><th scope=row>{_name(line, in_chinese)}<small>{escape(line.unit)}</small>"
            f"{by_code() if (pid, session.pk) in book.by_code else ''}{old}"
            f"<td class=today>{choice}{said}<td class=sum>{standing_in(book, pid)}"
        )
    out.append("</tbody>")
    return mark_safe("".join(out))


def by_code() -> str:
    """Says below a name that the person entered the code in the room."""
    return f'<small class="bycode">{drawn(icon("qr-code"), "i--s")} {escape(gettext("by code"))}</small>'


def matrix(book: Book, *, link: str = "/people/%s/") -> SafeString:
    """The whole series as table rows: people by sessions, read only."""
    language = get_language() or ""
    cells, in_chinese = _cells(language), language.startswith("zh")
    ids = [session.pk for session in book.sessions]
    out = [
        f"<thead><tr><th scope=col>{escape(gettext('Person'))}{_heads(book.sessions)}"
        f"<th scope=col>{escape(gettext('Counted, needs all'))}</thead><tbody>"
    ]
    nothing: dict[int, str] = {}
    for line in book.people:
        marks = book.marks.get(line.id, nothing)
        old = "".join([cells[marks.get(s, "")] for s in ids])
        name = f'<a href="{link % line.id}">{_name(line, in_chinese)}</a><small>{escape(line.unit)}</small>'
        out.append(f"<tr><th scope=row>{name}{old}<td class=sum>{standing_in(book, line.id)}")
    out.append("</tbody>")
    return mark_safe("".join(out))


def counts(values: Counter[str], people: int) -> SafeString:
    """How many of the people are marked what, as pills."""
    words = {
        "present": gettext("%s present"),
        "late": gettext("%s late"),
        "absent": gettext("%s absent"),
        "excused": gettext("%s excused"),
    }
    pills = [pill(LOOK[v][0], LOOK[v][1], words[v] % n) for v in VALUES if (n := values[v])]
    if people > values.total():
        pills.append(pill("", icon("circle-dashed"), gettext("%s not marked") % (people - values.total())))
    return mark_safe("".join(pills))
