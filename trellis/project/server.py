"""The web server: granian in WSGI mode, one process and eight threads unless the environment says otherwise."""

import os
import socket
import subprocess
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from trellis.project import environment

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
