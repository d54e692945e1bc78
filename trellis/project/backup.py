"""One archive of everything an installation holds: rows, files, secret key.

Rows are written as lines of JSON by model and field, not as a copy of one database's own files, so the same archive
goes back into SQLite or PostgreSQL: moving from one to the other is a backup and a restore.
"""

import base64
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_string

import trellis
from trellis.kit import clock

FORMAT = 1
CHUNK = 2000
KEY_FILE = "secret-key"


def back_up(archive: Path) -> tuple[bool, str]:
    """Write the archive, readable by its owner only; done or not, and a sentence. The rows are those of one moment."""
    if archive.exists():
        return False, f"{archive} exists already; nothing was written. Name a new file."
    if not archive.parent.is_dir():
        return False, f"The folder {archive.parent} does not exist; nothing was written."
    part = archive.with_name(archive.name + ".part")
    try:
        part.touch(mode=0o600)
        with tarfile.open(part, "w:gz", compresslevel=6) as tar:
            with one_moment():
                counts = {_label(model): _add_rows(tar, model) for model in stored_models()}
                manifest = describe(counts)
            _add_text(tar, "manifest.json", json.dumps(manifest, indent=1))
            _add_files(tar)
        part.replace(archive)
    finally:
        part.unlink(missing_ok=True)
    return True, f"{sum(counts.values())} rows written to {archive} ({archive.stat().st_size / 1e6:.1f} MB)."


def describe(counts: dict[str, int]) -> dict[str, Any]:
    """What an archive says about itself."""
    return {
        "format": FORMAT,
        "trellis": trellis.__version__,
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "rows": counts,
    }


def stored_models() -> list[type[models.Model]]:
    """Every model that has rows of its own, the tables between two models included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]


def stored_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of the model's own table that are written, not computed."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads within the block see the database as it was at the first of them, and nobody has to wait for it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # Our transactions are IMMEDIATE and would hold up every writer; a plain one only looks at its snapshot.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
        return
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _add_rows(tar: tarfile.TarFile, model: type[models.Model]) -> int:
    names = [field.attname for field in stored_fields(model)]
    count = 0
    with tempfile.TemporaryFile("w+b") as lines:
        lines.write(json.dumps(names).encode() + b"\n")
        rows = model._base_manager.order_by("pk").values_list(*names)
        for row in rows.iterator(chunk_size=CHUNK):
            lines.write(json.dumps(row, default=_plain, ensure_ascii=False).encode() + b"\n")
            count += 1
        _add_stream(tar, f"rows/{_label(model)}.jsonl", lines)
    return count


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case timedelta():
            return duration_string(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no way to write {type(value).__name__}")


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _add_files(tar: tarfile.TarFile) -> None:
    secret = settings.DATA / KEY_FILE
    if secret.exists():
        tar.add(secret, KEY_FILE)
    folder = settings.DATA / "files"
    for file in sorted(folder.rglob("*")) if folder.exists() else ():
        if file.is_file():
            tar.add(file, f"files/{file.relative_to(folder).as_posix()}")


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    _add_stream(tar, name, io.BytesIO(text.encode()))


def _add_stream(tar: tarfile.TarFile, name: str, stream: Any) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = stream.seek(0, os.SEEK_END)
    entry.mtime = int(clock.now().timestamp())
    entry.mode = 0o600
    stream.seek(0)
    tar.addfile(entry, stream)
