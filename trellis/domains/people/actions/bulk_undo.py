"""Taking back one writing of many people, exactly, or saying what stands on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from trellis.domains.people.actions.bulk_ledger import (
    BY_LABEL,
    WATCHED,
    checksum,
    chunks,
    delete_rows,
    plain,
    update_rows,
)
from trellis.domains.people.events import UndoneInBulk
from trellis.domains.people.models import Person, Unit
from trellis.kit.journal.facts import announce_many

EXAMPLES = 5


@dataclass(frozen=True)
class Obstacle:
    """Why it cannot be taken back: `changed` or `gone` since, or `used` by other rows (their kind in `by`).

    `what` is the model's name of the row concerned (person, holding, unit...), `examples` a few names.
    """

    code: str
    what: str
    by: str
    count: int
    examples: tuple[str, ...] = ()


@transaction.atomic
def undo(*, ledger: dict[str, Any], actor: Person | None) -> tuple[Obstacle, ...]:
    """Take back what the ledger tells. Nothing happens when there is an obstacle."""
    obstacles = (*_touched_since(ledger), *_used_elsewhere(ledger))
    if obstacles:
        return obstacles
    created, changed = ledger["created"], ledger["changed"]
    for label in ("holding", "employment"):
        _delete(label, created)
        _restore(label, changed)
    emails = [int(pk) for pk, (before, _after) in changed.get("person", {}).items() if "email" in before]
    for some in chunks(emails):
        Person.objects.get_queryset().filter(pk__in=some).update(email=None)
    # Not the manager's own row decides the order: who is to be deleted lets go of everybody first.
    for some in chunks([int(pk) for pk in created.get("person", {})]):
        Person.objects.get_queryset().filter(pk__in=some).update(manager=None)
    for some in chunks([int(pk) for pk in created.get("unit", {})]):
        Unit.objects.filter(pk__in=some).update(head=None, parent=None)
    for label in ("person", "unit"):
        _restore(label, changed)
    for label in ("person", "unit", "position"):
        _delete(label, created)
    known = [int(pk) for pk in changed.get("person", {})]
    announce_many(
        [
            UndoneInBulk(persons_deleted=len(created.get("person", {})), persons=tuple(some))
            for some in (list(chunks(known, 1000)) or [()])
        ],
        actor=actor,
    )
    return ()


def _delete(label: str, created: dict[str, dict[str, int]]) -> None:
    delete_rows(BY_LABEL[label], [int(pk) for pk in created.get(label, {})])


def _restore(label: str, changed: dict[str, Any]) -> None:
    update_rows(BY_LABEL[label], [(int(pk), before) for pk, (before, _after) in changed.get(label, {}).items()])


def _touched_since(ledger: dict[str, Any]) -> Iterable[Obstacle]:
    for label, model in BY_LABEL.items():
        touched: list[models.Model] = []
        gone = 0
        kept: dict[str, int] = ledger["created"].get(label, {})
        changed: dict[str, Any] = ledger["changed"].get(label, {})
        for some in chunks([int(pk) for pk in {**kept, **changed}]):
            found = {row.pk: row for row in model._default_manager.filter(pk__in=some)}
            gone += len(some) - len(found)
            for pk, row in found.items():
                key = str(pk)
                as_left = checksum(row) == kept[key] if key in kept else _is_as(row, changed[key][1])
                if not as_left:
                    touched.append(row)
        if touched:
            yield Obstacle("changed", label, "", len(touched), _names(touched))
        if gone:
            yield Obstacle("gone", label, "", gone)


def _is_as(row: models.Model, after: dict[str, Any]) -> bool:
    return all(plain(getattr(row, name)) == value for name, value in after.items())


def _used_elsewhere(ledger: dict[str, Any]) -> Iterable[Obstacle]:
    """Rows that were written since and point at what would be deleted; whichever room they are of."""
    own = {model: {int(pk) for pk in ledger["created"].get(label, {})} for label, model in BY_LABEL.items()}
    restored = {model: {int(pk) for pk in ledger["changed"].get(label, {})} for label, model in BY_LABEL.items()}
    for model in WATCHED:
        if not own[model]:
            continue
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel) or isinstance(relation.related_model, str):
                continue
            user = relation.related_model
            spared = own.get(user, set()) | restored.get(user, set())
            name = relation.field.attname
            near = {f"{name}__gte": min(own[model]), f"{name}__lte": max(own[model])}  # keys given out in one go
            pairs = user._default_manager.filter(**near).order_by().values_list("pk", name)
            users = [pk for pk, pointed in pairs.iterator() if pointed in own[model] and pk not in spared]
            if users:
                rows = user._default_manager.filter(pk__in=users[:EXAMPLES])
                pointed = [getattr(row, relation.field.name) for row in rows]
                by = str(user._meta.verbose_name)
                yield Obstacle("used", str(model._meta.model_name), by, len(users), _names(pointed))


def _names(rows: Iterable[models.Model]) -> tuple[str, ...]:
    named = [str(row if isinstance(row, Person | Unit) else getattr(row, "person", row)) for row in rows]
    return tuple(dict.fromkeys(named))[:EXAMPLES]
