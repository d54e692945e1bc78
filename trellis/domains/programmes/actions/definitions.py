"""Loading and writing out definitions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.definitions import Told, read_text, tell
from trellis.domains.programmes.events import DefinitionLoaded
from trellis.domains.programmes.models import Programme, ProgrammeVersion
from trellis.domains.programmes.queries.checking import check_definition
from trellis.domains.programmes.rules import Definition, write_definition
from trellis.kit.journal.facts import announce
from trellis.kit.text import take_text


@dataclass(frozen=True)
class LoadOutcome:
    """The version that holds now and whether something changed, or the faults and nothing changed.

    `warnings` stand in nobody's way.
    """

    version: ProgrammeVersion | None = None
    changed: bool = False
    faults: tuple[Told, ...] = ()
    warnings: tuple[Told, ...] = ()


@transaction.atomic
def load_definition(*, text_or_dict: str | dict[str, Any], actor: Person | None) -> LoadOutcome:
    """Take in a programme's definition. The same one again changes nothing; nothing is loaded when there is a fault.

    A changed definition takes the place of a version that nobody joined and no cohort uses, else it is the next one.
    """
    lines = None
    if isinstance(text_or_dict, str):
        document, unreadable = read_text(text_or_dict)
        if document is None:
            return LoadOutcome(faults=(unreadable,) if unreadable else ())
        text_or_dict, lines = document.data, document.lines
    checked = check_definition(text_or_dict.get("programme", text_or_dict))
    warnings = tell(checked.warnings, lines)
    if checked.faults:
        return LoadOutcome(faults=tell(checked.faults, lines), warnings=warnings)
    return replace(_keep(checked.definition, actor), warnings=warnings)


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
