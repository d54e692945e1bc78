"""Puts an archive of backup.py back: all of it, or nothing at all."""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from trellis.domains.people.models import Person
from trellis.kit.journal.models import Entry
from trellis.project.backup import CHUNK, FORMAT, KEY_FILE, stored_fields, stored_models


class UnfitError(Exception):
    """The archive cannot go into this database; the message says why and what to do."""


def put_back(archive: Path, *, force: bool = False) -> tuple[bool, str]:
    """Replace rows, files and secret key by those of the archive; done or not, and a sentence.

    A database with people or facts in it is refused unless forced.
    """
    if not archive.is_file():
        return False, f"There is no file {archive}."
    if not force and (Person.objects.exists() or Entry.objects.exists()):
        return (
            False,
            "This database is not empty; nothing was changed. With --force the archive replaces what is there.",
        )
    settings.DATA.mkdir(parents=True, exist_ok=True)
    # Beside the data, so that moving what was unpacked into place is a rename.
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="restoring-") as folder:
        unpacked = Path(folder)
        try:
            with tarfile.open(archive) as tar:
                tar.extractall(unpacked, filter="data")
            manifest = _manifest(unpacked)
            with transaction.atomic():
                _clear(connection)
                count = sum(_load(unpacked, model, manifest) for model in stored_models())
                _set_sequences()
                with _files_from(unpacked):
                    # A row that points nowhere must be found before files are moved for good.
                    connection.check_constraints()
        except (UnfitError, tarfile.TarError, DatabaseError, ValidationError, ValueError, KeyError, EOFError) as fault:
            return False, f"{archive.name} cannot be restored: {fault} Nothing was changed."
    return True, f"{count} rows restored from {archive.name}, made {manifest['made_at'][:16]} by {manifest['trellis']}."


def _manifest(unpacked: Path) -> dict[str, Any]:
    file = unpacked / "manifest.json"
    if not file.exists():
        raise UnfitError("it is not a backup of Trellis (no manifest.json).")
    manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise UnfitError(f"its format is {manifest['format']}, this version reads {FORMAT}.")
    here = {tuple(name) for name in MigrationRecorder(connection).applied_migrations()}
    there = {tuple(name) for name in manifest["migrations"]}
    if here != there:
        raise UnfitError(
            f"it was made by Trellis {manifest['trellis']}, whose tables differ from these. "
            f"Install that version, migrate an empty database, restore there, and upgrade afterwards."
        )
    return manifest


def _clear(connection: BaseDatabaseWrapper) -> None:
    """Empty every table. The triggers that keep facts from being deleted are put aside within this transaction only."""
    quote = connection.ops.quote_name
    tables = [quote(model._meta.db_table) for model in stored_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {quote(name)}")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608, a table of ours, quoted
        for _name, sql in triggers:
            cursor.execute(sql)


def _load(unpacked: Path, model: type[models.Model], manifest: dict[str, Any]) -> int:
    file = unpacked / "rows" / f"{model._meta.label_lower}.jsonl"
    count = 0
    with file.open(encoding="utf-8") as lines:
        by_name = {field.attname: field for field in stored_fields(model)}
        fields = [by_name[name] for name in json.loads(next(lines))]
        while chunk := [_row(model, fields, json.loads(line)) for line in islice(lines, CHUNK)]:
            size = connection.ops.bulk_batch_size(fields, chunk)
            for start in range(0, len(chunk), size):
                # Raw: as it was written, also what Django would fill in by itself on saving.
                model._base_manager.all()._insert(  # type: ignore[attr-defined]
                    chunk[start : start + size], fields=fields, using=connection.alias, raw=True
                )
            count += len(chunk)
    if count != manifest["rows"][model._meta.label_lower]:
        raise UnfitError(f"rows of {model._meta.label_lower} are missing; the archive is damaged.")
    return count


def _row(model: type[models.Model], fields: list[models.Field[Any, Any]], values: list[Any]) -> models.Model:
    return model(**{field.attname: field.to_python(value) for field, value in zip(fields, values, strict=True)})


def _set_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), stored_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _files_from(unpacked: Path) -> Iterator[None]:
    """The archive's files and key in place of ours; back as it was when the block fails."""
    aside = unpacked / "aside"
    aside.mkdir()
    names = ["files", *([KEY_FILE] if (unpacked / KEY_FILE).exists() else [])]
    moved: list[str] = []
    try:
        for name in names:
            if (settings.DATA / name).exists():
                shutil.move(settings.DATA / name, aside / name)
            moved.append(name)
            if (unpacked / name).exists():
                shutil.move(unpacked / name, settings.DATA / name)
        yield
    except BaseException:
        for name in moved:
            here = settings.DATA / name
            if here.is_dir():
                shutil.rmtree(here)
            else:
                here.unlink(missing_ok=True)
            if (aside / name).exists():
                shutil.move(aside / name, here)
        raise
