"""Forgetting a person: what every model declares about itself, done in one transaction."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from trellis.domains.people.events import Erased
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock
from trellis.kit.files.keep import discard
from trellis.kit.files.models import StoredFile
from trellis.kit.journal.facts import announce
from trellis.kit.tasks.tasks import wipe_what_is_gone
from trellis.kit.text import Erasure

# The fields through which a row is about a person; others (`granted_by`, `holder`) say who wrote it or stood beside.
ABOUT = ("person", "owner", "user", "learner", "about")


@transaction.atomic
def erase(*, person: Person, actor: Person | None) -> dict[str, int]:
    """Make the person unknown and delete or empty what is about them; returns rows changed by model.

    Rows of other people stay, those this person wrote too: their writer has no name any more. The journal holds ids.
    """
    changed: dict[str, int] = {}
    for stored in StoredFile.objects.filter(owner=person):
        discard(stored)
    for model, field in models_about_a_person():
        count = _apply(model, field, person)
        if count:
            changed[model._meta.label] = changed.get(model._meta.label, 0) + count
    Unit.objects.filter(head=person).update(head=None)
    Person.objects.get_queryset().filter(manager=person).update(manager=None)
    _make_unknown(person)
    announce(Erased(person=person.pk), actor=actor)
    transaction.on_commit(wipe_what_is_gone.enqueue)
    return changed


def models_about_a_person() -> Iterator[tuple[type[Model], str]]:
    """Every model with the way from its rows to the person they are about, those of libraries too."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Person and field.name in ABOUT:
                yield model, field.name
        policy = getattr(model, "data_policy", None)
        yield from ((model, path) for path in (policy.about if policy else ()))


def _apply(model: type[Model], field: str, person: Person) -> int:
    policy = getattr(model, "data_policy", None)
    rows: Any = model._base_manager.filter(**{field: person})
    # A library's table about a user is their way to sign in; that goes.
    if policy is None or policy.erasure == Erasure.DELETED:
        for link in _links_to_itself(model):  # a correction protects what it corrects, though both go
            rows.update(**{link: None})
        return int(rows.delete()[0])
    if policy.erasure == Erasure.ANONYMISED and policy.clears:
        return int(rows.update(**{name: _emptied(model, name) for name in policy.clears}))
    return 0


def _links_to_itself(model: type[Model]) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.is_relation and f.related_model is model and f.null]


def _emptied(model: type[Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    if field.null:
        return None
    return {} if field.get_internal_type() == "JSONField" else ""


def _make_unknown(person: Person) -> None:
    person.name = person.employee_id = f"unknown-{person.pk}"
    person.language = ""
    person.email = person.manager = None
    person.is_active = False
    person.erased_at = clock.now()
    person.last_login = None
    person.set_unusable_password()
    person.save()
