"""Queries whose SQL is written once and run many times.

    @prepared
    def _members(series: Collection[int], person_id: int) -> QuerySet[Member, Member]:
        return Member.objects.filter(series_id__in=series, person_id=person_id)

    _members({3, 4}, person.pk)        # list[Member]

For a page that is asked for all day, Django takes several times as long to build a queryset and to write its SQL as the
database takes to answer. What is built here is built at the first call, with a placeholder for each argument; later
calls only hand the arguments over. So the function only builds: it does not look at its arguments, ask the clock or the
reader's language, nor prefetch.
"""

import json
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from inspect import signature
from typing import Any, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, DateField, DateTimeField, Expression, Field, QuerySet, TextField
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

P = ParamSpec("P")
Row = TypeVar("Row")

# What an argument may be, each with PostgreSQL's name for many of them.
_KINDS: dict[type, tuple[type[Field[Any, Any]], str]] = {
    int: (BigIntegerField, "bigint"),
    str: (TextField, "text"),
    date: (DateField, "date"),
    datetime: (DateTimeField, "timestamptz"),
}

# PostgreSQL finds rows by an index with `= ANY(array)`, and not with `IN (SELECT unnest(array))`.
_ANY = "in_array"


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """The query as a function of the same arguments that returns its rows: one statement each call.

    An argument is one value (a number, text, date or time) or a `Collection` of numbers or texts, for an `__in`.
    """
    hints = get_type_hints(build)
    names = list(signature(build).parameters)
    arguments = {name: _Argument(name, hints[name]) for name in names}
    written: dict[str, _Written] = {}

    def run(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        statement = written.get(connection.vendor)
        if statement is None:
            queryset = build(**arguments)  # type: ignore[arg-type, call-arg]  # placeholders for what the hints say
            statement = written[connection.vendor] = _Written(queryset, connection)
        given = dict(zip(names, args, strict=False)) | kwargs
        return statement.run(connection, given)

    return run


class _Argument(Expression):
    """Stands in the SQL for an argument: one value, or each of a collection."""

    def __init__(self, name: str, hint: Any) -> None:
        self.name, self.many = name, get_origin(hint) is Collection
        field, self._array = _KINDS[get_args(hint)[0] if self.many else hint]
        super().__init__(output_field=field())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT value FROM json_each(%s))" if self.many else "%s", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"({_ANY}(%s::{self._array}[]))" if self.many else "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []

    def adapted(self, value: Any, connection: Any) -> Any:
        """The value as the database's driver takes it."""
        if self.many:
            return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class _Written:
    """The SQL of a queryset, and how its rows become what the queryset would have given."""

    def __init__(self, queryset: Any, connection: Any) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, self._parameters = compiler.as_sql()
        self._sql = sql.replace(f"IN ({_ANY}(%s", "= ANY((%s")
        shown = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = list(compiler.get_converters(shown).items())
        self._width = compiler.col_count if compiler.has_extra_select else None
        shapes: dict[type, Callable[[Iterator[Any]], list[Any]]] = {
            ModelIterable: self._instances,
            ValuesListIterable: lambda rows: list(map(tuple, rows)),
            FlatValuesListIterable: lambda rows: [row[0] for row in rows],
        }
        if queryset._iterable_class not in shapes or queryset._prefetch_related_lookups:
            raise TypeError(f"prepared: {queryset._iterable_class.__name__} and prefetching are not provided for")
        self._shape = shapes[queryset._iterable_class]
        if queryset._iterable_class is ModelIterable:
            self._prepare_instances(compiler)

    def _prepare_instances(self, compiler: Any) -> None:
        info = compiler.klass_info
        self._model = info["model"]
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self._columns = slice(first, last)
        self._attributes = [column[0].target.attname for column in compiler.select[first:last]]
        related: list[Any] = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the hints are Django 6's
        self._related = [_Related(one) for one in related]
        self._annotations = list((compiler.annotation_col_map or {}).items())

    def run(self, connection: Any, given: dict[str, Any]) -> list[Any]:
        parameters = [p.adapted(given[p.name], connection) if isinstance(p, _Argument) else p for p in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            rows = cursor.fetchall()
        return self._shape(self._converted(rows, connection))

    def _converted(self, rows: list[Any], connection: Any) -> Iterator[Any]:
        if not self._converters:
            yield from rows
            return
        for row in map(list, rows):
            for place, (converters, expression) in self._converters:
                value = row[place]
                for converter in converters:
                    value = converter(value, expression, connection)
                row[place] = value
            yield row

    def _instances(self, rows: Iterator[Any]) -> list[Any]:
        found = []
        seen: dict[tuple[int, Any], Any] = {}
        for row in rows:
            instance = self._model.from_db(DEFAULT_DB_ALIAS, self._attributes, row[self._columns])
            for related in self._related:
                related.populate(row, instance, seen)
            for name, place in self._annotations:
                setattr(instance, name, row[place])
            found.append(instance)
        return found


class _Related:
    """Puts what `select_related` selected into its instances.

    As with prefetching, those who refer to the same row get the same object: hundreds of journeys have one cohort, and
    Django would make it anew for each of them.
    """

    def __init__(self, one: Any) -> None:
        if one.reorder_for_init:
            raise TypeError(f"prepared: parents of {one.model_cls.__name__} are not provided for")
        self._start, self._columns = one.cols_start, slice(one.cols_start, one.cols_end)
        self._key = one.cols_start + one.pk_idx
        self._model, self._attributes = one.model_cls, one.init_list
        self._within = [_Related(below) for below in one.related_populators]
        self._set_there, self._set_back = one.local_setter, one.remote_setter

    def populate(self, row: Any, instance: Any, seen: dict[tuple[int, Any], Any]) -> None:
        key = (self._start, row[self._key])
        if key[1] is None:
            self._set_there(instance, None)
            return
        found = seen.get(key)
        if found is None:
            found = seen[key] = self._model.from_db(DEFAULT_DB_ALIAS, self._attributes, row[self._columns])
            for below in self._within:
                below.populate(row, found, seen)
        self._set_there(instance, found)
        self._set_back(found, instance)
