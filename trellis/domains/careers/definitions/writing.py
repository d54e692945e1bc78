"""A framework as text."""

from __future__ import annotations

from typing import Any

import yaml

from trellis.domains.careers.definitions.shape import Definitions
from trellis.kit.files.plain_yaml import PlainDumper


def write(definitions: Definitions) -> str:
    """The framework as text, in the one form that reading and writing keeps."""
    data: dict[str, Any] = {
        "framework": _without_empty(code=definitions.code, name=definitions.name.give(), source=definitions.source),
        "competencies": [
            _without_empty(
                code=c.code,
                name=c.name.give(),
                kind=c.kind,
                description=c.description.give(),
                levels=[
                    _without_empty(level=lv.level, name=lv.name.give(), behaviour=lv.behaviour.give())
                    for lv in c.levels
                ],
            )
            for c in definitions.competencies
        ],
        "positions": [
            _without_empty(
                code=p.code,
                name=p.name.give(),
                description=p.description.give(),
                asks=[
                    _without_empty(
                        competency=a.competency,
                        level=a.level,
                        weight=a.weight if a.weight != 1 else None,
                        fresh_for_days=a.fresh_for_days,
                    )
                    for a in p.asks
                ],
            )
            for p in definitions.positions
        ],
        "pathways": [
            _without_empty(
                code=w.code,
                name=w.name.give(),
                family=w.family,
                description=w.description.give(),
                positions=list(w.positions),
            )
            for w in definitions.pathways
        ],
    }
    return yaml.dump(data, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=110)


def _without_empty(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}
