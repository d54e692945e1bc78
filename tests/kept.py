"""What takes long to make and is the same each time, kept in var/testing from one run to the next.

A migrated database costs every process of a run as much as hundreds of tests, the demo company as much as ten stories.
Each is kept under a digest of all that it is made of, so that a change of any of it makes it anew.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "testing" / "kept"
DATABASE = "trellis.sqlite3"
MOST = 8  # of each kind; whoever works on several branches, or with others in one tree, has them all


def digest(files: Iterable[Path], *words: str) -> str:
    """Of the files' names and contents, the locked libraries, Python and the words."""
    made = hashlib.sha256("\0".join([sys.version, sqlite3.sqlite_version, *words]).encode())
    for file in sorted([ROOT / "requirements" / "dev.txt", *files]):
        made.update(b"%s\0%s\0" % (str(file.relative_to(ROOT)).encode(), file.read_bytes()))
    return made.hexdigest()[:20]


def kept(name: str, key: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` fills, found or made. Two that make it at once both do; the first one's stays."""
    folder = PLACE / f"{name}-{key}"
    if not folder.exists():
        making = PLACE / f"making-{name}-{os.getpid()}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        make(making)
        try:
            making.rename(folder)
        except OSError:  # another was first
            shutil.rmtree(making)
    with contextlib.suppress(FileNotFoundError):  # somebody else clears up at the same moment
        folder.touch()
        for old in sorted(PLACE.glob(f"{name}-*"), key=lambda each: each.stat().st_mtime)[:-MOST]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def keep_database(folder: Path) -> None:
    """Write the database of the tests (SQLite, in memory) into the folder."""
    connection.ensure_connection()
    with sqlite3.connect(folder / DATABASE) as file:
        connection.connection.backup(file)
    file.close()


def in_memory(folder: Path) -> sqlite3.Connection:
    """A copy of the folder's database that `put_back` can copy in a moment, as often as needed."""
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True) as file:
        file.backup(copy)
    file.close()
    return copy


def put_back(copy: sqlite3.Connection) -> None:
    """Let the database of the tests be as the copy."""
    connection.ensure_connection()
    copy.backup(connection.connection)
