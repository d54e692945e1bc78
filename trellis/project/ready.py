"""`python -m trellis.project.ready`: can this installation serve? Builds what is out of date; says what is missing."""

import os
import sys


def main() -> int:
    """0 when pages can be served."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as fault:
        sys.stderr.write(f"{fault}\n")
        return 2

    from trellis.project.prepare import build

    if missing := fault_of_database():
        sys.stderr.write(f"{missing}\n")
        return 1
    build()
    return 0


def fault_of_database(*, tables: bool = True) -> str:
    """Why the database cannot be used, and what to do; empty when it can. `tables`: and they are up to date."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    # Without the pool, which would try for half a minute before it gave up.
    options = connection.settings_dict["OPTIONS"]
    pool = options.pop("pool", None) if connection.connection is None else None
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes()) if tables else []
    except DatabaseError as fault:
        return f"The database does not answer: {fault}\nIs DATABASE_URL right, and the server running?"
    finally:
        if pool:
            connection.close()
            options["pool"] = pool
    if waiting:
        return f"The database waits for {len(waiting)} migrations. Run `trellis migrate`, then this again."
    return ""


if __name__ == "__main__":
    sys.exit(main())
