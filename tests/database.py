"""The database of the tests: SQLite begins from one that is migrated already, and is put back rather than flushed.

Both prove the same in a fraction of the time. Migrating is still done, by whoever comes after a migration has changed
and by every run on PostgreSQL. Flushing, after a test with transactions of its own, would empty a hundred and fifty
tables and then look for each permission; PostgreSQL deletes the few rows that there are.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.kept import DATABASE, PLACE, ROOT, digest, in_memory, keep_database, kept, put_back

AS_MIGRATED = {"django_migrations", "django_content_type", "auth_permission"}


class _Empty:
    """The database as every test finds it."""

    copy: sqlite3.Connection | None = None
    held: sqlite3.Connection | None = None


def _key() -> str:
    return digest([*(ROOT / "trellis").glob("**/migrations/*.py")], "migrated")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Before it is set up: what was migrated once is copied, so that `migrate` finds nothing to do."""
    file = PLACE / f"migrated-{_key()}" / DATABASE
    if connection.vendor != "sqlite" or not file.exists():
        yield
        return
    # A database in memory is there for as long as somebody is connected: until Django itself is, this is who.
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    _Empty.held = sqlite3.connect(name, uri=True)
    in_memory(file.parent).backup(_Empty.held)
    yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Once it is set up: kept for the next process, and as a copy to put back."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            _Empty.copy = in_memory(kept("migrated", _key(), keep_database))
        if _Empty.held:
            _Empty.held.close()  # two that share a database in memory can lock each other out


@pytest.fixture
def migrated() -> Path:
    """A file of SQLite with every table and nothing in them, as `trellis migrate` makes it; to be copied."""

    def migrate(folder: Path) -> None:
        environment = {**os.environ, "TRELLIS_DATA": str(folder), "DATABASE_URL": ""}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        with sqlite3.connect(folder / DATABASE) as file:
            file.execute("PRAGMA journal_mode = DELETE")
        file.close()

    return kept("migrated", _key(), migrate) / DATABASE


def _put_back(case: Any) -> None:
    if _Empty.copy is not None:
        put_back(_Empty.copy)
    elif not _emptied():
        _flush(case)


def _emptied() -> bool:
    """On PostgreSQL: delete what there is, table by table. Only a superuser may pass over the seals and references."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser')")
        if cursor.fetchone() != ("on",):
            return False
        tables = [connection.ops.quote_name(t) for t in connection.introspection.table_names() if t not in AS_MIGRATED]
        looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables]  # noqa: S608, names of ours
        cursor.execute(" UNION ALL ".join(looks))
        empty = [f"DELETE FROM {name};" for (name,) in cursor.fetchall()]  # noqa: S608, the same
        cursor.execute("".join(["SET session_replication_role = replica;", *empty, "RESET session_replication_role"]))
    return True


_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
TransactionTestCase._fixture_teardown = _put_back  # type: ignore[attr-defined]
