"""Competencies to choose from, in groups in which somebody finds theirs without reading all of a company's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from trellis.domains.careers.models import Competency, Pathway, ProfileItem
from trellis.domains.people.models import Holding, Person, on_day


@dataclass(frozen=True)
class Group:
    """`own`: what the person's position asks; `pathway` (`name`): only positions of this one ask it; `several`: those
    of more than one; `framework` (`name`): nobody's on a pathway, by where it is defined."""

    code: str
    name: str
    competencies: list[Competency]


def groups_for(person: Person, *, on: date) -> list[Group]:
    """Every open competency in one group, by name in the reader's language; no empty groups. Three statements."""
    held = Holding.objects.filter(on_day(on), person=person, position=OuterRef("position"))
    asked = ProfileItem.objects.filter(competency__closed_on=None).annotate(own=Exists(held))
    rows = asked.order_by().values_list("competency_id", "position__steps__pathway_id", "own").distinct()
    asking: defaultdict[int, set[int]] = defaultdict(set)
    own = set()
    for competency, pathway, is_own in rows:
        if is_own:
            own.add(competency)
        if pathway is not None:
            asking[competency].add(pathway)
    ways = {way.pk: str(way) for way in Pathway.objects.only("name", "names")}
    found: defaultdict[tuple[str, str], list[Competency]] = defaultdict(list)
    for one in sorted(Competency.objects.filter(closed_on=None).select_related("framework"), key=str):
        found[_group_of(one, own, asking.get(one.pk, set()), ways)].append(one)
    order = [("own", ""), *(("pathway", name) for name in ways.values()), ("several", "")]
    order += sorted(key for key in found if key[0] == "framework")
    return [Group(*key, found[key]) for key in dict.fromkeys(order) if key in found]


def _group_of(one: Competency, own: set[int], asking: set[int], ways: dict[int, str]) -> tuple[str, str]:
    if one.pk in own:
        return "own", ""
    if len(asking) == 1:
        return "pathway", ways[next(iter(asking))]
    return ("several", "") if asking else ("framework", str(one.framework))
