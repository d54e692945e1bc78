"""Everything the academy holds about one person, as data that they can take along."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Field, ForeignKey, Model

from trellis.domains.people.actions.erasure import models_about_a_person
from trellis.domains.people.models import Person

# What lets one in, and what is of no use to anybody but the machine.
NEVER = {"password", "token", "token_hash", "salt", "sha256", "data", "key"}


def everything_about(person: Person) -> dict[str, Any]:
    """The person's own row, and by the name of its table every row about them; other people are left out of each."""
    mine: dict[str, Any] = {Person._meta.label: [_row(person)]}
    for model, path in models_about_a_person():
        rows = model._base_manager.filter(**{path: person}).select_related(*_links(model)).order_by("pk")
        if found := [_row(row) for row in rows]:
            mine.setdefault(model._meta.label, []).extend(found)
    return mine


def _links(model: type[Model], deeper: bool = True) -> Iterator[str]:
    """What the rows point at, and what that is named by: loaded with them."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is not Person:
            yield field.name
            if deeper:
                yield from (f"{field.name}__{name}" for name in _links(field.related_model, deeper=False))


def _row(row: Model) -> dict[str, Any]:
    return {field.name: _value(row, field) for field in row._meta.concrete_fields if _is_told(field)}


def _is_told(field: Field[Any, Any]) -> bool:
    return field.related_model is not Person and field.name not in NEVER


def _value(row: Model, field: Field[Any, Any]) -> Any:
    if isinstance(field, ForeignKey):
        linked = getattr(row, field.name)
        return str(linked) if linked else None
    return field.value_from_object(row)
