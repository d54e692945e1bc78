"""Loading and writing out definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from trellis.domains.careers.models import Competency, Pathway
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, Position
from trellis.domains.programmes.definitions import Told, read_text, tell
from trellis.domains.programmes.events import DefinitionLoaded
from trellis.domains.programmes.models import Programme, ProgrammeVersion
from trellis.domains.programmes.rules import (
    AttendanceOf,
    CoursePassed,
    Definition,
    Fault,
    LevelShown,
    branches,
    read_definition,
    write_definition,
)
from trellis.kit.journal.facts import announce
from trellis.kit.text import take_text


@dataclass(frozen=True)
class LoadOutcome:
    """The version that holds now and whether something changed, or the faults and nothing changed."""

    version: ProgrammeVersion | None = None
    changed: bool = False
    faults: tuple[Told, ...] = ()


@transaction.atomic
def load_definition(*, text_or_dict: str | dict[str, Any], actor: Person | None) -> LoadOutcome:
    """Take in a programme's definition. The same one again changes nothing; nothing is loaded when there is a fault.

    A changed definition takes the place of a version that nobody joined and no cohort uses, else it is the next one.
    """
    lines = None
    if isinstance(text_or_dict, str):
        definition, faults, lines, unreadable = read_text(text_or_dict)
        if unreadable:
            return LoadOutcome(faults=(unreadable,))
    else:
        definition, faults = read_definition(text_or_dict.get("programme", text_or_dict))
    if definition:
        faults = tuple(_unknown(definition))
    if definition is None or faults:
        return LoadOutcome(faults=tell(faults, lines))
    return _keep(definition, actor)


def _keep(definition: Definition, actor: Person | None) -> LoadOutcome:
    name, names = take_text(definition.name)
    about, abouts = take_text(definition.description)
    programme, _is_new = Programme.objects.update_or_create(
        code=definition.code,
        defaults={"name": name, "names": names, "description": about, "descriptions": abouts},
    )
    data = write_definition(definition)
    latest = programme.versions.select_for_update().order_by("-number").first()
    if latest and latest.definition == data:
        return LoadOutcome(latest)
    unused = latest is not None and not latest.journeys.exists() and not latest.cohorts.exists()
    if latest and unused:
        latest.definition = data
        latest.save(update_fields=["definition"])
    else:
        latest = programme.versions.create(number=latest.number + 1 if latest else 1, definition=data)
    announce(DefinitionLoaded(latest.pk, programme.code, latest.number, unused), actor=actor)
    return LoadOutcome(latest, changed=True)


def _unknown(definition: Definition) -> Iterator[Fault]:
    """Codes that no position, pathway, course or competency carries."""
    known = {
        "position": set(Position.objects.values_list("code", flat=True)),
        "pathway": set(Pathway.objects.values_list("code", flat=True)),
        "course": set(Course.objects.values_list("code", flat=True)),
        "competency": set(Competency.objects.values_list("code", flat=True)),
    }
    for kind, code, path in _named(definition):
        if code and code not in known[kind]:
            yield Fault(path, f"unknown_{kind}", {"code": code})


def _named(definition: Definition) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Everything of other rooms that the definition names: its kind, its code, and where."""
    for i, code in enumerate(definition.open_to):
        yield "position", code, ("open_to", i)
    for i, track in enumerate(definition.tracks):
        yield "position", track.position, ("tracks", i, "position")
        yield "pathway", track.pathway, ("tracks", i, "pathway")
        for n, course in enumerate(track.courses):
            yield "course", course, ("tracks", i, "courses", n)
    for i, gate in enumerate(definition.gates):
        for part in branches(gate.requires):
            if isinstance(part, CoursePassed | AttendanceOf):
                yield "course", part.course, ("gates", i, "requires")
            if isinstance(part, LevelShown):
                yield "competency", part.competency, ("gates", i, "requires")
