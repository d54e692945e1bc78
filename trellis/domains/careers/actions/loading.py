"""Loading a framework: compare what is with what the file says, and change only the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from django.db import models, transaction

from trellis.domains.careers.definitions import Definitions, Fault, Text, read
from trellis.domains.careers.events import DefinitionsLoaded
from trellis.domains.careers.models import (
    Competency,
    CompetencyLevel,
    Framework,
    Pathway,
    PathwayStep,
    Profile,
    ProfileItem,
)
from trellis.domains.careers.queries.definitions import known_beside
from trellis.domains.people.models import Person, Position
from trellis.kit import clock
from trellis.kit.journal.facts import announce

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Change:
    """One difference: `what` is framework, competency, level, position, profile or pathway; `how` is added, changed or
    removed; `name` is the text of the file, for people."""

    how: str
    what: str
    name: str


@dataclass(frozen=True)
class LoadOutcome:
    """What was found: with faults nothing is loaded; without changes nothing was to be done."""

    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    framework: Framework | None = None
    definitions: Definitions | None = None

    def count(self, how: str) -> int:
        """How many differences of a kind: added, changed or removed."""
        return sum(change.how == how for change in self.changes)


def load_definitions(
    *, source: str | dict[str, Any] | Definitions, actor: Person | None, preview: bool = False
) -> LoadOutcome:
    """Make a framework what the source says: YAML text, its data, or definitions already read.

    All or nothing. Loading the same again changes nothing. With `preview` everything is tried and nothing kept.
    """
    if isinstance(source, dict):
        source = yaml.safe_dump(source, allow_unicode=True, sort_keys=False)
    if isinstance(source, str):
        definitions, faults = read(source, known_beside)
        if definitions is None:
            return LoadOutcome(tuple(faults))
    else:
        definitions = source
    with transaction.atomic():
        loading = _Loading(definitions)
        framework = loading.run()
        changes = tuple(loading.changes)
        if changes and not preview:
            found = Counter(change.how for change in changes)
            fact = DefinitionsLoaded(framework.pk, found["added"], found["changed"], found["removed"])
            announce(fact, actor=actor)
        if preview:
            transaction.set_rollback(True)
    return LoadOutcome((), changes, framework, definitions)


class _Loading:
    """One loading: writes what differs and notes it. A bounded number of statements, however large the framework."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.changes: list[Change] = []

    def run(self) -> Framework:
        d = self.definitions
        values = {"source": d.source} | _named(d.name)
        found = {f.code: f for f in Framework.objects.select_for_update().filter(code=d.code)}
        self.framework = self.sync(Framework, "framework", found, {d.code: values}, {})[d.code]
        competencies = self.competencies()
        self.levels(competencies)
        positions = self.positions()
        self.profiles(positions, competencies)
        self.pathways()
        return self.framework

    def competencies(self) -> dict[str, Competency]:
        mine = {c.code: c for c in Competency.objects.filter(framework=self.framework)}
        wanted = {
            c.code: {"kind": c.kind, "order": order, "closed_on": None} | _named(c.name) | _described(c.description)
            for order, c in enumerate(self.definitions.competencies)
        }
        left_out = [c for code, c in mine.items() if code not in wanted and c.closed_on is None]
        Competency.objects.filter(pk__in=[c.pk for c in left_out]).update(closed_on=clock.today())
        self.note("removed", "competency", [c.name for c in left_out])
        return self.sync(Competency, "competency", mine, wanted, {"framework": self.framework})

    def levels(self, competencies: dict[str, Competency]) -> None:
        codes = {c.pk: code for code, c in competencies.items()}
        mine = {
            (codes[level.competency_id], level.level): level
            for level in CompetencyLevel.objects.filter(competency__in=list(codes))
        }
        wanted, fixed = {}, {}
        for c in self.definitions.competencies:
            for level in c.levels:
                key = (c.code, level.level)
                wanted[key] = _named(level.name) | _described(level.behaviour)
                fixed[key] = {"competency": competencies[c.code], "level": level.level}
        gone = [level for key, level in mine.items() if key not in wanted]
        CompetencyLevel.objects.filter(pk__in=[level.pk for level in gone]).delete()
        self.note("removed", "level", [f"{level.name}" for level in gone])
        self.sync(CompetencyLevel, "level", mine, wanted, {}, fixed)

    def positions(self) -> dict[str, Position]:
        d = self.definitions
        codes = {p.code for p in d.positions} | {code for way in d.pathways for code in way.positions}
        known = {p.code: p for p in Position.objects.filter(code__in=codes)}
        wanted = {p.code: _named(p.name) | _described(p.description) for p in d.positions}
        return known | self.sync(Position, "position", known, wanted, {})

    def profiles(self, positions: dict[str, Position], competencies: dict[str, Competency]) -> None:
        """A profile that differs in anything is written anew: its order is part of it."""
        d = self.definitions
        described = {p.position_id: p for p in Profile.objects.filter(framework=self.framework)}
        wanted_ids = {positions[p.code].pk: p for p in d.positions}
        dropped = [pk for pk in described if pk not in wanted_ids]
        Profile.objects.filter(position__in=dropped).delete()
        order = {pk: place for place, pk in enumerate(wanted_ids)}
        moved = [p for p in described.values() if p.position_id in order and p.order != order[p.position_id]]
        for profile in moved:
            profile.order = order[profile.position_id]
        Profile.objects.bulk_update(moved, ["order"], batch_size=500)
        Profile.objects.bulk_create(
            [
                Profile(framework=self.framework, position_id=pk, order=n)
                for pk, n in order.items()
                if pk not in described
            ]
        )
        ids = {code: c.pk for code, c in competencies.items()}
        outside = {a.competency for p in d.positions for a in p.asks} - ids.keys()
        ids |= dict(Competency.objects.filter(code__in=outside).values_list("code", "pk"))
        stand: dict[int, list[tuple[Any, ...]]] = {}
        for item in ProfileItem.objects.filter(position__in=[*wanted_ids, *dropped]).order_by("id"):
            asked = (item.competency_id, item.level, item.weight, item.fresh_for_days)
            stand.setdefault(item.position_id, []).append(asked)
        ask = {
            pk: [(ids[a.competency], a.level, a.weight, a.fresh_for_days) for a in p.asks]
            for pk, p in wanted_ids.items()
        }
        anew = [pk for pk in [*wanted_ids, *dropped] if stand.get(pk, []) != ask.get(pk, [])]
        ProfileItem.objects.filter(position__in=anew).delete()
        ProfileItem.objects.bulk_create(
            [
                ProfileItem(position_id=pk, competency_id=c, level=level, weight=weight, fresh_for_days=fresh)
                for pk in anew
                for c, level, weight, fresh in ask.get(pk, [])
            ],
            batch_size=500,
        )
        self.note("added", "profile", [wanted_ids[pk].name.default for pk in anew if pk not in stand])
        self.note(
            "changed", "profile", [wanted_ids[pk].name.default for pk in anew if pk in stand and pk in wanted_ids]
        )
        gone = Position.objects.filter(pk__in=dropped).values_list("name", flat=True) if dropped else []
        self.note("removed", "profile", gone)

    def pathways(self) -> None:
        d = self.definitions
        mine = {p.code: p for p in Pathway.objects.filter(framework=self.framework)}
        wanted = {
            w.code: {"family": w.family, "order": order} | _named(w.name) | _described(w.description)
            for order, w in enumerate(d.pathways)
        }
        gone = [pathway for code, pathway in mine.items() if code not in wanted]
        Pathway.objects.filter(pk__in=[pathway.pk for pathway in gone]).delete()
        self.note("removed", "pathway", [pathway.name for pathway in gone])
        pathways = self.sync(Pathway, "pathway", mine, wanted, {"framework": self.framework})
        codes = {code for w in d.pathways for code in w.positions}
        ids = dict(Position.objects.filter(code__in=codes).values_list("code", "pk"))
        stand: dict[int, list[int]] = {}
        steps = PathwayStep.objects.filter(pathway__framework=self.framework).order_by("rank", "id")
        for pathway_id, position_id in steps.values_list("pathway_id", "position_id"):
            stand.setdefault(pathway_id, []).append(position_id)
        anew = {w.code: [ids[code] for code in w.positions] for w in d.pathways}
        anew = {code: ps for code, ps in anew.items() if stand.get(pathways[code].pk, []) != ps}
        PathwayStep.objects.filter(pathway__in=[pathways[code].pk for code in anew]).delete()
        PathwayStep.objects.bulk_create(
            [
                PathwayStep(pathway=pathways[code], position_id=position_id, rank=rank)
                for code, ps in anew.items()
                for rank, position_id in enumerate(ps, 1)
            ],
            batch_size=500,
        )
        told = {change.name for change in self.changes if change.what == "pathway"}
        self.note("changed", "pathway", [pathways[code].name for code in anew if pathways[code].name not in told])

    def sync(
        self,
        model: type[M],
        what: str,
        mine: dict[Any, M],
        wanted: dict[Any, dict[str, Any]],
        fixed: dict[str, Any],
        fixed_by_key: dict[Any, dict[str, Any]] | None = None,
    ) -> dict[Any, M]:
        """Make the rows have the wanted values: update what differs, create what is missing, note both."""
        changed, new = [], {}
        for key, values in wanted.items():
            row = mine.get(key)
            if row is None:
                own = fixed_by_key[key] if fixed_by_key else {"code": key}
                new[key] = model(**own, **fixed, **values)
            elif any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                changed.append(row)
        if changed:
            model._default_manager.bulk_update(changed, list(next(iter(wanted.values()))), batch_size=200)
        model._default_manager.bulk_create(list(new.values()), batch_size=500)
        self.note("changed", what, [getattr(row, "name", "") for row in changed])
        self.note("added", what, [getattr(row, "name", "") for row in new.values()])
        return {key: new.get(key) or mine[key] for key in wanted}

    def note(self, how: str, what: str, names: Iterable[str]) -> None:
        self.changes += [Change(how, what, name) for name in names]


def _named(text: Text) -> dict[str, Any]:
    return {"name": text.default, "names": text.others}


def _described(text: Text) -> dict[str, Any]:
    return {"description": text.default, "descriptions": text.others}
