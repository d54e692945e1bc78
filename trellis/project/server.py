"""The web server: granian in WSGI mode, one process and four threads unless the environment says otherwise."""

import contextlib
import ctypes
import gc
import os
import socket
import subprocess
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from trellis.project import environment

M_ARENA_MAX = -8  # malloc.h
GRACE_SECONDS = 20  # for requests and a task under way, before a process is ended


def serve() -> int:
    """Serve until a signal comes. Preparing happens in a process of its own, whose memory is given back."""
    env = environment.read(os.environ)
    if _taken(env["TRELLIS_ADDRESS"], env["TRELLIS_PORT"]):
        sys.stderr.write(
            f"Something listens on {env['TRELLIS_ADDRESS']}:{env['TRELLIS_PORT']} already. "
            "Stop it, or set TRELLIS_PORT to another port.\n"
        )
        return 1
    ready = subprocess.run([sys.executable, "-m", "trellis.project.ready"], check=False)
    if ready.returncode:
        return ready.returncode
    sys.stdout.write(f"\n  {env['TRELLIS_URL']}\n\n  Ctrl+C stops it.\n")
    sys.stdout.flush()
    load_before_the_fork()
    Granian(
        "trellis.project.wsgi:application",
        address=env["TRELLIS_ADDRESS"],
        port=env["TRELLIS_PORT"],
        interface=Interfaces.WSGI,
        workers=env["TRELLIS_WEB_WORKERS"],
        blocking_threads=env["TRELLIS_WEB_THREADS"],
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=LogLevels.error,  # its warnings are about our number of threads, which was measured
    ).serve()
    return 0


def load_before_the_fork() -> None:
    """Load what every web process needs, so that they share its memory; nothing here may open a connection.

    What is frozen the collector leaves alone: looking at it would copy the pages that are shared. And glibc gives each
    thread a heap that keeps what its largest page took; two for all are enough, since one thread runs at a time.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
    import django
    from django.conf import settings
    from django.template.loader import get_template
    from django.template.utils import get_app_template_dirs
    from django.urls import get_resolver
    from django.utils import translation

    django.setup()
    get_resolver().url_patterns  # noqa: B018, asking for them imports every page
    for folder in get_app_template_dirs("templates"):
        if "trellis" in Path(folder).parts:
            for page in sorted(Path(folder).rglob("*.html")):
                get_template(str(page.relative_to(folder)))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Home")
    with contextlib.suppress(AttributeError, OSError):  # another C library has no such choice
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)
    gc.collect()
    gc.freeze()


def _taken(address: str, port: int) -> bool:
    """Asked first, for the server itself would answer with a traceback."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return True
    return False
