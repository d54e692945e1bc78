"""Codes of a framework that lead nowhere, or to something that is not its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.careers.definitions.shape import Ask, Definitions, Fault, Known

Lines = dict[tuple[str, ...], int]


def broken_references(definitions: Definitions, lines: Lines, known: Known) -> Iterator[Fault]:
    """All that refers to nothing, or that another framework owns; `lines` says where things stand in the file."""
    yield from _owned_by_others(definitions, lines, known)
    levels = known.levels | {c.code: frozenset(lv.level for lv in c.levels) for c in definitions.competencies}
    for position in definitions.positions:
        for ask in position.asks:
            text = _wrong_ask(ask, levels)
            if text:
                line = lines.get(("ask", position.code, ask.competency), 1)
                yield Fault(line, f"position {position.code}", text)
    positions = known.positions | {p.code for p in definitions.positions}
    for pathway in definitions.pathways:
        for step in pathway.positions:
            if step and step not in positions:
                text = _("There is no position with the code “%s”.") % step
                yield Fault(lines.get(("step", pathway.code, step), 1), f"pathway {pathway.code}", text)


def _owned_by_others(definitions: Definitions, lines: Lines, known: Known) -> Iterator[Fault]:
    codes = [("competency", c.code) for c in definitions.competencies] + [
        ("pathway", p.code) for p in definitions.pathways
    ]
    for what, code in codes:
        owner = known.owned_elsewhere.get(f"{what} {code}")
        if owner:
            text = _("The code belongs to the framework “%s” already; choose another.") % owner
            yield Fault(lines.get((what, code), 1), f"{what} {code}", text)
    for position in definitions.positions:
        owner = known.described_elsewhere.get(position.code)
        if owner:
            text = _("The framework “%s” describes this position already; choose another code.") % owner
            yield Fault(lines.get(("position", position.code), 1), f"position {position.code}", text)


def _wrong_ask(ask: Ask, levels: dict[str, frozenset[int]]) -> str:
    if not ask.competency or not ask.level:
        return ""  # told already where it was read
    if ask.competency not in levels:
        return _("There is no competency with the code “%s”.") % ask.competency
    if not levels[ask.competency] or ask.level in levels[ask.competency]:
        return ""
    count = len(levels[ask.competency])
    text = ngettext(
        "“%(code)s” has only %(count)s level, not a level %(level)s.",
        "“%(code)s” has only %(count)s levels, not a level %(level)s.",
        count,
    )
    return text % {"code": ask.competency, "count": count, "level": ask.level}
