"""What one writing of many people did to which row, in plain values, so that it can be taken back exactly.

Of a created row a checksum is kept, of a changed row the touched fields before and after. Both tell at the time of
undoing whether somebody has worked on the row since.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models

from trellis.domains.people.models import Employment, Holding, Person, Position, Unit

CHUNK = 2000
# In the order in which rows may be created; taken back the other way round.
WATCHED: dict[type[models.Model], tuple[str, ...]] = {
    Position: ("code", "name", "names", "closed_on"),
    Unit: ("code", "name", "names", "parent_id", "head_id", "closed_on"),
    Person: ("employee_id", "name", "email", "manager_id", "is_active", "password", "last_login", "erased_at"),
    Employment: ("person_id", "began_on", "ended_on", "leaving", "leaving_reason"),
    Holding: ("person_id", "position_id", "unit_id", "began_on", "ended_on", "began", "reason"),
}
BY_LABEL: dict[str, type[models.Model]] = {str(model._meta.model_name): model for model in WATCHED}
Values = dict[str, Any]


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def checksum(row: models.Model) -> int:
    """A number that tells whether any watched field of the row was touched."""
    fields = WATCHED[type(row)]
    return zlib.crc32("|".join([str(plain(getattr(row, name))) for name in fields]).encode())


class Ledger:
    """Collects while writing; `as_json` is what is kept."""

    def __init__(self) -> None:
        self.created: dict[str, dict[str, int]] = {}
        self.changed: dict[str, dict[str, tuple[Values, Values]]] = {}

    def note_created(self, rows: Iterable[models.Model]) -> None:
        """Remember rows as they were made; noted again, as they are now."""
        for row in rows:
            self.created.setdefault(str(row._meta.model_name), {})[str(row.pk)] = checksum(row)

    def note_changed(self, row: models.Model, before: Values) -> None:
        """Remember what the touched fields said before, and say now."""
        after = {name: plain(getattr(row, name)) for name in before}
        self.changed.setdefault(str(row._meta.model_name), {})[str(row.pk)] = (before, after)

    def as_json(self) -> dict[str, Any]:
        """What is kept with the writing, and taken by `undo`."""
        return {"created": self.created, "changed": self.changed}


def set_fields(row: models.Model, changed: dict[models.Model, Values], **values: Any) -> None:
    """Set fields in memory and remember in `changed` how they were."""
    before = changed.setdefault(row, {})
    for name, value in values.items():
        if getattr(row, name) != value:
            before.setdefault(name, plain(getattr(row, name)))
            setattr(row, name, value)


def update_rows(model: type[models.Model], rows: Collection[tuple[int, Values]]) -> None:
    """Write each row's own fields: one prepared statement per set of fields, far quicker than one long CASE."""
    by_names: dict[tuple[str, ...], list[list[Any]]] = {}
    columns = {field.attname: field for field in model._meta.concrete_fields}
    for pk, values in rows:
        prepared = [columns[n].get_db_prep_save(columns[n].to_python(v), connection) for n, v in values.items()]
        by_names.setdefault(tuple(values), []).append([*prepared, pk])
    quote = connection.ops.quote_name
    for names, parameters in by_names.items():
        if not names:
            continue
        sets = ", ".join(f"{quote(str(columns[name].column))} = %s" for name in names)
        table = quote(model._meta.db_table)
        with connection.cursor() as cursor:  # names come from the model, values are parameters
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {quote('id')} = %s", parameters)  # noqa: S608, names of ours, quoted


def delete_rows(model: type[models.Model], pks: Iterable[int]) -> None:
    """Delete without looking for what hangs on them: that has been asked, and the database still watches."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        sql = f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote('id')} = %s"  # noqa: S608, a name of the model
        cursor.executemany(sql, [[pk] for pk in pks])


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Pieces of at most that many: a statement takes only so many parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
