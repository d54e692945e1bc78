"""Writing a definition in the editor. Two people at once never lose a change: who comes second is told of the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.definitions import load_definition
from trellis.domains.programmes.definitions import Told, read_text, tell
from trellis.domains.programmes.events import DraftDiscarded
from trellis.domains.programmes.models import Draft, Programme, ProgrammeVersion
from trellis.domains.programmes.rules import editing, read_loosely
from trellis.kit import clock
from trellis.kit.journal.facts import announce

STEPS_KEPT = 50
Edit = Callable[[editing.Body], editing.Body]


@dataclass(frozen=True)
class EditOutcome:
    """`done` (also when this very click did it before), `overtaken` by another's change, `over` when it is published,
    `nothing` to undo; and the draft as it is now."""

    code: str
    draft: Draft

    @property
    def ok(self) -> bool:
        return self.code == "done"


@dataclass(frozen=True)
class PublishOutcome:
    """The version, and whether something changed; or the faults and nothing published."""

    version: ProgrammeVersion | None = None
    changed: bool = False
    faults: tuple[Told, ...] = ()
    code: str = "published"


def open_draft(*, version: ProgrammeVersion, actor: Person) -> Draft:
    """The draft of the programme's next version: the one that is open, or a new one that begins as the version is."""
    return _draft(version.programme.code, version.definition, version, actor)


def new_draft(*, name: Any, actor: Person, like: ProgrammeVersion | None = None) -> Draft:
    """A draft of a new programme: blank, or with all that another one has. A second click gets the same one."""
    open_ones = Draft.objects.filter(published=None)
    untouched = next((d for d in open_ones.filter(made_by=actor, number=0) if _begins(d, name, like)), None)
    if untouched:
        return untouched
    taken = {*Programme.objects.values_list("code", flat=True), *open_ones.values_list("code", flat=True)}
    code = editing.key_for(name, taken, "programme")
    body = {**like.definition, "code": code, "name": name} if like else editing.blank(name, code)
    return _draft(code, body, None, actor)


def _begins(draft: Draft, name: Any, like: ProgrammeVersion | None) -> bool:
    alike = like.definition["gates"] if like else editing.blank(name, draft.code)["gates"]
    return bool(draft.based_on_id is None and draft.body["name"] == name and draft.body["gates"] == alike)


def _draft(code: str, body: editing.Body, version: ProgrammeVersion | None, actor: Person) -> Draft:
    with transaction.atomic():
        draft, is_new = Draft.objects.get_or_create(
            code=code, published=None, defaults={"body": body, "based_on": version, "made_by": actor}
        )
        if is_new:
            draft.steps.create(number=0, body=body, made_by=actor)
    return draft


def edit(*, draft_id: int, seen: int, by: Edit, token: str, actor: Person) -> EditOutcome:
    """Make one change to the draft as it was `seen`. `token`: what was asked for, the same for a second click on it."""
    digest = sha256(f"{seen}:{token}".encode()).hexdigest()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.published_id:
            return EditOutcome("over", draft)
        if draft.number != seen:
            again = draft.steps.filter(number=seen + 1, token=digest, made_by=actor).exists()
            return EditOutcome("done" if again else "overtaken", draft)
        body = by(draft.body)
        if body != draft.body:
            _write(draft, body, back_to=draft.number, token=digest, actor=actor)
    return EditOutcome("done", draft)


def undo(*, draft_id: int, seen: int, actor: Person) -> EditOutcome:
    """Make the draft what it was before the last change; again: before the one before."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.published_id:
            return EditOutcome("over", draft)
        if draft.number != seen:
            return EditOutcome("overtaken", draft)
        last = draft.steps.filter(number=draft.number).first()
        before = draft.steps.filter(number=last.back_to).first() if last and last.back_to is not None else None
        if before is None:
            return EditOutcome("nothing", draft)
        _write(draft, before.body, back_to=before.back_to, token="", actor=actor)
    return EditOutcome("done", draft)


def _write(draft: Draft, body: editing.Body, *, back_to: int | None, token: str, actor: Person) -> None:
    draft.number += 1
    draft.body = body
    draft.save(update_fields=["number", "body"])
    draft.steps.create(number=draft.number, body=body, back_to=back_to, token=token, made_by=actor)
    draft.steps.filter(number__lte=draft.number - STEPS_KEPT).delete()


@dataclass(frozen=True)
class TakeOutcome:
    """What became of a text for a draft: the outcome of the change, or the faults of form by line and nothing taken."""

    edit: EditOutcome | None = None
    faults: tuple[Told, ...] = ()


def take_text(*, draft: Draft, seen: int, text: str, actor: Person) -> TakeOutcome:
    """Put the programme of a YAML text in the draft's place.

    What is only unfinished is taken, to be mended in the editor; the draft keeps its code.
    """
    document, unreadable = read_text(text)
    if document is None:
        return TakeOutcome(faults=(unreadable,) if unreadable else ())
    data = document.data["programme"]
    _definition, faults = read_loosely(data)
    if wrong := editing.of_the_form(faults):
        return TakeOutcome(faults=tell(wrong, document.lines))
    outcome = edit(draft_id=draft.pk, seen=seen, by=lambda _body: {**data, "code": draft.code}, token=text, actor=actor)
    return TakeOutcome(outcome)


def publish(*, draft_id: int, seen: int, note: str, actor: Person) -> PublishOutcome:
    """Make the draft the programme's version that holds from now on. Once, however often it is asked for."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).select_related("published__programme").get(pk=draft_id)
        if draft.published:
            return PublishOutcome(draft.published)
        if draft.number != seen:
            return PublishOutcome(code="overtaken")
        loaded = load_definition(text_or_dict=draft.body, actor=actor)
        if loaded.faults or loaded.version is None:
            return PublishOutcome(faults=loaded.faults, code="faulty")
        draft.published, draft.published_by, draft.published_at = loaded.version, actor, clock.now()
        draft.note = note[:500]
        draft.save(update_fields=["published", "published_by", "published_at", "note"])
        draft.steps.all().delete()
    return PublishOutcome(loaded.version, loaded.changed)


@transaction.atomic
def discard(*, draft_id: int, seen: int, actor: Person) -> bool:
    """Throw the draft away, unless somebody went on writing it or it is published."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id, number=seen, published=None).first()
    if draft is None:
        return False
    draft.delete()
    announce(DraftDiscarded(draft_id, draft.code), actor=actor)
    return True
