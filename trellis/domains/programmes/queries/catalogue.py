"""Everything a definition can name: positions, pathways, courses, competencies; asked for once a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Max, Value
from django.db.models.functions import Coalesce

from trellis.domains.careers.models import Competency, Pathway
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Position, on_day
from trellis.domains.programmes import phrases
from trellis.domains.programmes.leaf_wording import Names
from trellis.domains.programmes.rules import Known
from trellis.kit import clock
from trellis.kit.text import in_language


@dataclass(frozen=True)
class Item:
    """One thing with a code: its name in the reader's language; of a course its kind, and `n` holders of a position or
    the highest level of a competency."""

    code: str
    name: str
    kind: str
    n: int


@dataclass(frozen=True)
class Catalogue:
    """The things by their kind and code, those of a kind by name."""

    items: dict[str, dict[str, Item]]

    def of(self, what: str) -> Iterable[Item]:
        """All of a kind: position, pathway, course or competency."""
        return self.items[what].values()

    @cached_property
    def known(self) -> Known:
        """What checking a definition asks for."""
        return Known(
            positions={item.code: item.n for item in self.of("position")},
            pathways=frozenset(self.items["pathway"]),
            courses=frozenset(self.items["course"]),
            levels={item.code: item.n for item in self.of("competency")},
        )

    @cached_property
    def words(self) -> phrases.Words:
        """What telling a definition asks for."""
        names = {what: {item.code: item.name for item in found.values()} for what, found in self.items.items()}
        return phrases.Words(
            Names(names["course"], names["competency"], position=phrases.CHOSEN),
            positions=names["position"],
            pathways=names["pathway"],
        )


def catalogue() -> Catalogue:
    """All of it, in one statement."""
    nothing, none = Value("", output_field=CharField()), Value(0, output_field=IntegerField())
    holding = Count("holdings", filter=on_day(clock.today(), "holdings__"))
    asked: list[tuple[str, Any, Any, Any]] = [
        ("position", Position, nothing, holding),
        ("pathway", Pathway, nothing, none),
        ("course", Course, F("kind"), none),
        ("competency", Competency, nothing, Coalesce(Max("levels__level"), 0)),
    ]
    first, *others = (
        model._default_manager.order_by()
        .annotate(what=Value(what, output_field=CharField()), sort=kind, n=n)
        .values_list("what", "code", "name", "names", "sort", "n")
        for what, model, kind, n in asked
    )
    items: dict[str, list[Item]] = {what: [] for what, *_rest in asked}
    for what, code, name, names, kind, n in first.union(*others, all=True):
        items[what].append(Item(code, in_language(name, names), kind, n))
    return Catalogue(
        {what: {item.code: item for item in sorted(found, key=lambda i: i.name)} for what, found in items.items()}
    )
