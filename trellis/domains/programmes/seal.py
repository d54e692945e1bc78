"""A version that somebody joined is not changed any more, and it is the database that says so.

Laid after every migration, for the reason that the journal's seal is (docs/decisions/0010).
"""

from typing import Any

from django.db import connections

TABLE, JOURNEYS = "programmes_programmeversion", "programmes_journey"
WORDS = "somebody joined this version"
JOINED = f"EXISTS (SELECT 1 FROM {JOURNEYS} WHERE {JOURNEYS}.version_id = OLD.id)"  # noqa: S608, names of our own

SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_change BEFORE UPDATE ON {TABLE} "
    f"WHEN NEW.definition IS NOT OLD.definition AND {JOINED} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
]
POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF NEW.definition IS DISTINCT FROM OLD.definition AND {JOINED} THEN "
    f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
]


def seal(*, using: str = "default", **_ignored: Any) -> None:
    """From now on the database refuses it. Harmless when it does already."""
    connection = connections[using]
    if not {TABLE, JOURNEYS} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
