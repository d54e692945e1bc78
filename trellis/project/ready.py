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

    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from trellis.project.prepare import build

    # Without a pool, which would try for half a minute before it gave up.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as fault:
        sys.stderr.write(f"The database does not answer: {fault}\nIs DATABASE_URL right, and the server running?\n")
        return 1
    if waiting:
        sys.stderr.write(f"The database waits for {len(waiting)} migrations. Run `trellis migrate`, then this again.\n")
        return 1
    build()
    return 0


if __name__ == "__main__":
    sys.exit(main())
