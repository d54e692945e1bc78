"""Making what was deleted unreadable in the files of the database too.

A deleted row is gone for every statement, and its bytes may lie in the file for long. SQLite overwrites the row where
it stood (`secure_delete`, in settings), but pages that were split keep copies; only writing the file anew leaves none.
"""

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
                for table in private_tables():
                    cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
            finally:
                cursor.execute("RESET lock_timeout")
    return True


def private_tables() -> list[str]:
    """The tables that hold texts which nobody but their owner reads, by name."""
    policies = ((model, getattr(model, "data_policy", None)) for model in apps.get_models())
    return sorted(model._meta.db_table for model, policy in policies if policy and policy.private)
