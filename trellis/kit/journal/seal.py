"""The journal is append-only, and it is the database that says so.

The triggers are laid after every migration rather than in one: SQLite loses a table's triggers whenever a migration
makes the table anew, and a squashed history of migrations would forget them.
"""

from typing import Any

from django.db import connections

TABLE = "journal_entry"
WORDS = "the journal is append-only"

SQLITE_SEAL = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_BREAK = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")]
POSTGRESQL_SEAL = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_emptying BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]
POSTGRESQL_BREAK = [f"DROP TRIGGER IF EXISTS {TABLE}_{which} ON {TABLE}" for which in ("no_change", "no_emptying")]


def seal(using: str = "default") -> None:
    """From now on the database refuses to change or delete an entry. Harmless when it does already."""
    _run(using, SQLITE_SEAL, POSTGRESQL_SEAL)


def break_seal(using: str = "default") -> None:
    """For emptying a whole database, never for one entry."""
    _run(using, SQLITE_BREAK, POSTGRESQL_BREAK)


def _run(using: str, sqlite: list[str], postgresql: list[str]) -> None:
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)


def after_migrating(*, using: str, **_ignored: Any) -> None:
    seal(using)
