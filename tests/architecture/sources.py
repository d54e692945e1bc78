"""What the promises are checked against: the files that are kept in git, or would be."""

import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@functools.cache
def kept_files() -> tuple[Path, ...]:
    """Every file under version control, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(file for file in files if file.is_file())


def sources(*suffixes: str, under: str = "") -> list[Path]:
    """Those with one of the endings, in a folder."""
    return [f for f in kept_files() if f.suffix in suffixes and f.is_relative_to(ROOT / under)]


def named(file: Path, line: int | None = None) -> str:
    """How a failing test names a place."""
    return f"{file.relative_to(ROOT)}{f':{line}' if line else ''}"
