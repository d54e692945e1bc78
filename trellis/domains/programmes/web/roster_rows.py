"""The rows of a roster as HTML, written by hand: hundreds of people by thirty columns are too many for a template."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from trellis.domains.programmes.queries.journey import text_of
from trellis.domains.programmes.queries.roster import RosterRow
from trellis.domains.programmes.rules import State
from trellis.domains.programmes.wording import LOOKS
from trellis.kit.ui.icons import icon
from trellis.kit.ui.templatetags.ui import day, is_han, named
from trellis.kit.ui.templatetags.ui import icon as drawn

# What a row says of a person: icon, word, tone of the pill.
STATES: dict[str, tuple[str, Any, str]] = {
    "left": (icon("log-out"), gettext_lazy("Left"), ""),
    "completed": (icon("award"), gettext_lazy("Completed"), "pill--ok"),
    "paused": (icon("circle-pause"), gettext_lazy("Paused"), ""),
    "out": (icon("circle-x"), gettext_lazy("Out of reach"), "pill--bad"),
    "risk": (icon("triangle-alert"), gettext_lazy("At risk"), "pill--warn"),
    "going": (icon("route"), gettext_lazy("On the way"), ""),
}


@lru_cache(maxsize=64)
def _cell(state: State | None, language: str) -> str:
    if state is None:
        return f'<td class=roster__cell><span class=faint aria-label="{escape(gettext("not asked"))}" role=img>·</span>'
    sign, word, _tone = LOOKS[state]
    return f'<td class=roster__cell><span class="mark mark--{state}">{drawn(sign, "", str(word))}</span>'


def _state(row: RosterRow) -> str:
    sign, word, tone = STATES[row.code]
    if row.code == "paused":
        word = gettext("Paused until %(d)s") % {"d": day(row.paused_until)}
    said = f'<span class="pill {tone}">{drawn(sign)}{escape(str(word))}</span>'
    if row.late and row.is_going and not row.paused_until:
        late = ngettext("%(n)s day late", "%(n)s days late", row.late_by) % {"n": row.late_by}
        said += f' <span class="pill pill--warn">{drawn(icon("clock-alert"))}{escape(late)}</span>'
    if row.why and row.is_going:
        said += f"<p class='tiny muted'>{escape(row.why)}</p>"
    return said


def _next(row: RosterRow) -> str:
    if not row.next or not row.is_going or row.paused_until:
        return ""
    return f"{escape(text_of(row.next.node.name))} <span class='muted nowrap'>{day(row.next.due)}</span>"


def rows_of(rows: Iterable[RosterRow], *, may_act: bool) -> SafeString:
    """One row of the table for each person; with a box to tick where somebody may act on many."""
    language = get_language() or ""
    in_chinese, out = language.startswith("zh"), []
    # A page has a thousand cells and hardly seven that differ; its people are due for the same, and late alike.
    cells: dict[tuple[State | None, ...], str] = {}
    about: dict[tuple[Any, ...], tuple[str, str]] = {}
    positions: dict[int | None, str] = {}
    for row in rows:
        journey = row.journey
        if row.cells not in cells:
            cells[row.cells] = "".join([_cell(state, language) for state in row.cells])
        alike = (row.code, row.paused_until, row.late_by, row.why, row.next and (row.next.node.key, row.next.due))
        if alike not in about:
            about[alike] = _state(row), _next(row)
        if journey.position_id not in positions:
            positions[journey.position_id] = named(journey.position) if journey.position else ""
        written = journey.person.name
        box, name = "", escape(written)
        if may_act and row.is_going:
            box = f'<input type=checkbox name=journey value={journey.pk} aria-label="{name}"> '
        if not in_chinese and is_han(written):
            name = f'<span lang="zh-Hans">{name}</span>'
        state, due = about[alike]
        out.append(
            f'<tr><th scope=row>{box}<a href="/journeys/{journey.pk}/">{name}</a>'
            f'<td>{state}<td class="num nowrap">{row.met} / {row.total}<td class=small>{due}'
            f"<td class=nowrap>{positions[journey.position_id]}{cells[row.cells]}\n"
        )
    return mark_safe("".join(out))
