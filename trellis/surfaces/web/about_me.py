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
    told = _Telling(person)
    mine: dict[str, Any] = {Person._meta.label: [told.row(person)]}
    for model, path in models_about_a_person():
        rows = model._base_manager.filter(**{path: person}).select_related(*_links(model)).order_by("pk")
        if found := [told.row(row) for row in rows]:
            mine.setdefault(model._meta.label, []).extend(found)
    return mine


def _links(model: type[Model], deeper: bool = True) -> Iterator[str]:
    """What the rows point at, and what that is named by: loaded with them."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is not Person:
            yield field.name
            if deeper:
                yield from (f"{field.name}__{name}" for name in _links(field.related_model, deeper=False))


def _is_told(field: Field[Any, Any]) -> bool:
    return field.related_model is not Person and field.name not in NEVER


class _Telling:
    """Rows as data. What they point at is named, but for the private things of others: of those the number is told."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.owned: dict[type[Model], set[Any]] = {}

    def row(self, row: Model) -> dict[str, Any]:
        """The fields of one row by their names."""
        return {field.name: self._value(row, field) for field in row._meta.concrete_fields if _is_told(field)}

    def _value(self, row: Model, field: Field[Any, Any]) -> Any:
        if not isinstance(field, ForeignKey):
            return field.value_from_object(row)
        linked = getattr(row, field.name)
        if linked is None:
            return None
        return linked.pk if self._is_private_of_another(linked) else str(linked)

    def _is_private_of_another(self, linked: Model) -> bool:
        model, policy = type(linked), getattr(linked, "data_policy", None)
        if policy is None or not policy.private:
            return False
        if model not in self.owned:
            ways = [path for about, path in models_about_a_person() if about is model]
            rows = (model._base_manager.filter(**{path: self.person}).values_list("pk", flat=True) for path in ways)
            self.owned[model] = {pk for found in rows for pk in found}
        return linked.pk not in self.owned[model]
