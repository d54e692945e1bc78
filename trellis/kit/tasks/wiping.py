"""Making what was deleted unreadable in the files of the database too.

A deleted row is gone for every statement, and its bytes may lie in the file for long. SQLite overwrites the row where
it stood (`secure_delete`, in settings), but pages that were split keep copies; only writing the file anew leaves none.
PostgreSQL writes tables anew, and must have taken no samples of them.
"""

import re
from typing import Any

from django.apps import apps
from django.db import connection

WAIT_FOR_TABLE = "5s"  # then it is tried again later: nobody's page waits longer than that for a table


def wipe() -> bool:
    """Write anew what holds private texts, and cut SQLite's log; False: within a transaction, so nothing was done."""
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise TimeoutError("the log of the database is being read; it is cut when this is tried again")
        else:
            cursor.execute(f"SET lock_timeout = '{WAIT_FOR_TABLE}'")
            try:
                kept = [table for table in private_tables() if _write_anew(cursor, table)]
            finally:
                cursor.execute("RESET lock_timeout")
            if kept:
                raise TimeoutError(f"somebody may still be reading what was deleted, in {', '.join(kept)}; tried again")
    return True


def _write_anew(cursor: Any, table: str) -> int:
    """How many deleted rows PostgreSQL had to copy along, for a transaction that began before they were deleted."""
    told: list[str] = []

    def listen(said: Any) -> None:
        told.append(said.message_detail or "")

    connection.connection.add_notice_handler(listen)
    try:
        cursor.execute(f"VACUUM (FULL, VERBOSE) {connection.ops.quote_name(table)}")
    finally:
        connection.connection.remove_notice_handler(listen)
    # "0 dead row versions cannot be removed yet.", in the server's language.
    return sum(int(number[0]) for detail in told if (number := re.search(r"\d+", detail)))


def keep_out_of_statistics(**_signal: Any) -> None:
    """Let PostgreSQL's planner take no samples of private texts: its statistics are a copy that no wiping reaches.

    After every migration; what is so already stays as it is.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table, columns in _private_columns().items():
            asked = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = ANY(%s)"
            cursor.execute(f"{asked} AND attstattarget IS DISTINCT FROM 0", [f'"{table}"', columns])
            for (column,) in cursor.fetchall():
                named = (connection.ops.quote_name(each) for each in (table, column))
                cursor.execute("ALTER TABLE {} ALTER COLUMN {} SET STATISTICS 0".format(*named))


def private_tables() -> list[str]:
    """The tables that hold texts which nobody but their owner reads, by name."""
    return list(_private_columns())


def _private_columns() -> dict[str, list[str]]:
    policies = ((model, getattr(model, "data_policy", None)) for model in apps.get_models())
    return {
        model._meta.db_table: [f.column for f in model._meta.local_fields if f.column and f.name in policy.private]
        for model, policy in sorted(policies, key=lambda each: each[0]._meta.db_table)
        if policy and policy.private
    }
