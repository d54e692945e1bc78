"""Drafts of definitions, and what a page needs to show one in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from trellis.domains.programmes import phrases
from trellis.domains.programmes.models import Draft, DraftStep, ProgrammeVersion
from trellis.domains.programmes.queries.catalogue import Catalogue, catalogue
from trellis.domains.programmes.queries.checking import check_definition
from trellis.domains.programmes.rules import Definition, Fault, editing, read_loosely
from trellis.domains.programmes.rules.changes import differences
from trellis.domains.programmes.rules.definition import Path


def open_drafts() -> QuerySet[Draft]:
    """The drafts people are writing, with `edited_by` and `edited_at` of the last change, the latest first."""
    last = DraftStep.objects.filter(draft=OuterRef("pk")).order_by("-number")
    return (
        Draft.objects.filter(published=None)
        .annotate(edited_by=Subquery(last.values("made_by__name")[:1]), edited_at=Subquery(last.values("made_at")[:1]))
        .order_by("-edited_at", "-pk")
    )


def published_drafts() -> QuerySet[Draft]:
    """What was published from drafts, the latest first."""
    return (
        Draft.objects.filter(published__isnull=False)
        .select_related("published__programme", "published_by")
        .order_by("-published_at", "-pk")
    )


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong, or to be looked at: the sentence, where, and the place where it is mended."""

    text: str
    where: str
    place: Path

    @property
    def at(self) -> str:
        """The place as it stands in an address."""
        return editing.write_place(self.place)


@dataclass(frozen=True)
class Desk:
    """A draft as an editing page shows it: read as far as it can be, with what is wrong and the names of its codes."""

    draft: Draft
    definition: Definition
    faults: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...]
    known: Catalogue
    last: DraftStep | None

    @property
    def words(self) -> phrases.Words:
        """The names of what the draft speaks of."""
        return self.known.words

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self.last is not None and self.last.back_to is not None


def desk(draft: Draft) -> Desk:
    """Everything about a draft but what is particular to one form; four statements."""
    known = catalogue()
    checked = check_definition(draft.body, known=known.known)

    def told(found: tuple[Fault, ...]) -> tuple[Trouble, ...]:
        return tuple(
            Trouble(
                phrases.trouble(fault),
                phrases.where(checked.definition, fault.path, known.words),
                editing.nearest(draft.body, fault.path),
            )
            for fault in found
            if fault.about.get("key") != "of"  # a group without parts is told as empty
        )

    last = draft.steps.filter(number=draft.number).select_related("made_by").defer("body").first()
    return Desk(draft, checked.definition, told(checked.faults), told(checked.warnings), known, last)


def told_changes(old: Any, new: Any, known: Catalogue | None = None) -> list[str]:
    """What differs between two bodies, a sentence each."""
    before, _faults = read_loosely(old)
    after, _more = read_loosely(new)
    found = differences(before, after)
    words = (known or catalogue()).words if found else phrases.Words()
    return [phrases.change(change, words) for change in found]


def changes_since(draft: Draft, seen: int) -> tuple[list[str], list[str]]:
    """What was changed in a draft since the step `seen`, and by whom; nothing when that step is no longer kept."""
    step = draft.steps.filter(number=seen).first()
    people = draft.steps.filter(number__gt=seen).order_by("made_by__name").values_list("made_by__name", flat=True)
    return (told_changes(step.body, draft.body) if step else []), list(dict.fromkeys(people))


def version_before(draft: Draft) -> ProgrammeVersion | None:
    """The version that the draft would take the place of."""
    return (
        ProgrammeVersion.objects.filter(programme__code=draft.code)
        .select_related("programme")
        .order_by("-number")
        .first()
    )
