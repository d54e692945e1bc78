"""What is built before serving: style sheet, icons, scripts, catalogues, and the folder the server hands out.

Everything built can be thrown away. A stamp tells whether any source is newer, so that a restart builds nothing.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

SOURCES = {".py", ".html", ".css", ".js", ".svg", ".po"}


def build(*, anew: bool = False) -> bool:
    """Build what is out of date; says whether there was anything to do."""
    stamp = Path(str(settings.STATIC_ROOT)) / "built-from"
    wanted = _fingerprint(settings.ROOT / "trellis")
    if not anew and stamp.exists() and stamp.read_text() == wanted:
        return False
    settings.BUILD.mkdir(parents=True, exist_ok=True)
    call_command("build_assets", verbosity=0)
    if settings.CLONE:  # a package carries its catalogues compiled
        call_command("build_catalogues", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(_fingerprint(settings.ROOT / "trellis"))
    return True


def _fingerprint(package: Path) -> str:
    """Of every source's path, size and time: enough to see a change, and quick enough for every start."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.suffix in SOURCES and "tests" not in file.parts:
            about = file.stat()
            digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
