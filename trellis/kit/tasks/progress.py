"""How far a job is, told outside the database.

A job that is all or nothing works in one transaction, and nobody sees what a transaction writes before it ends; on
SQLite nobody else could write meanwhile either. So progress is a small file; lost, only the bar is poorer.
"""

import time
from pathlib import Path

from django.conf import settings

SECONDS_BETWEEN = 0.3
_last: dict[int, float] = {}


def _file(job_id: int) -> Path:
    folder: Path = settings.DATA / "progress"
    return folder / str(job_id)


def write(job_id: int, done: int, total: int) -> None:
    """Note it, a few times a second at most, and the last step always."""
    moment = time.monotonic()
    if done < total and moment - _last.get(job_id, -1.0) < SECONDS_BETWEEN:
        return
    _last[job_id] = moment
    file = _file(job_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(f"{done} {total}")
    fresh.replace(file)


def read(job_id: int) -> tuple[int, int] | None:
    """(done, total), or None when nothing was told."""
    try:
        done, total = _file(job_id).read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return int(done), int(total)


def forget(job_id: int) -> None:
    _last.pop(job_id, None)
    _file(job_id).unlink(missing_ok=True)
