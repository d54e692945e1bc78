"""Loading a whole file: what positions ask, the courses, and the programme, each read by the room it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from trellis.domains.careers.actions import load_definitions
from trellis.domains.learning.actions import load_courses
from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.definitions import load_definition
from trellis.domains.programmes.definitions import Document, Told, read_documents
from trellis.domains.programmes.models import ProgrammeVersion

Part = Callable[["WholeOutcome", str, Document, Person | None], "WholeOutcome"]


@dataclass(frozen=True)
class WholeOutcome:
    """How many things changed by the key of each document (`framework`, `courses`, `programme`), or the faults and
    nothing changed; `unread` are the documents that wait until the one with the faults is mended. Nothing waits for
    `warnings`."""

    faults: tuple[Told, ...] = ()
    unread: tuple[str, ...] = ()
    changes: dict[str, int] = field(default_factory=dict)
    warnings: tuple[Told, ...] = ()
    version: ProgrammeVersion | None = None


def load_file(*, text: str, actor: Person | None) -> WholeOutcome:
    """Take in every document of the file, in the order in which they build on each other: all of it or nothing."""
    documents, unreadable = read_documents(text)
    if unreadable:
        return WholeOutcome(faults=(unreadable,))
    outcome = WholeOutcome()
    present = [key for key in PARTS if key in documents]
    with transaction.atomic():
        for place, key in enumerate(present):
            outcome = PARTS[key](outcome, text, documents[key], actor)
            if outcome.faults:
                transaction.set_rollback(True)
                return WholeOutcome(faults=outcome.faults, unread=tuple(present[place + 1 :]))
    return outcome


def _framework(so_far: WholeOutcome, text: str, document: Document, actor: Person | None) -> WholeOutcome:
    loaded = load_definitions(source=text, actor=actor)
    faults = tuple(Told(fault.line, f"{fault.where}: {fault.text}") for fault in loaded.faults)
    return WholeOutcome(faults, changes={**so_far.changes, "framework": len(loaded.changes)})


def _courses(so_far: WholeOutcome, text: str, document: Document, actor: Person | None) -> WholeOutcome:
    loaded = load_courses(rows=document.data["courses"], actor=actor)
    faults = tuple(Told(document.lines.of(fault.path), str(fault)) for fault in loaded.faults)
    return WholeOutcome(faults, changes={**so_far.changes, "courses": len(loaded.created) + len(loaded.changed)})


def _programme(so_far: WholeOutcome, text: str, document: Document, actor: Person | None) -> WholeOutcome:
    loaded = load_definition(text_or_dict=text, actor=actor)
    return WholeOutcome(
        loaded.faults,
        changes={**so_far.changes, "programme": int(loaded.changed)},
        warnings=loaded.warnings,
        version=loaded.version,
    )


PARTS: dict[str, Part] = {"framework": _framework, "courses": _courses, "programme": _programme}
