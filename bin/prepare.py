"""Makes the environment in var/venv, as the lock says, and hands over. Only the standard library is used here."""

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "var" / "venv"
PYTHON = VENV / "bin" / "python"


def main(what: str, arguments: list[str]) -> None:
    """Prepare and run `demo` or `test`."""
    os.chdir(ROOT)
    environment("dev" if what == "test" else "core")
    if what == "test":
        os.execv(PYTHON, [str(PYTHON), "bin/checks.py", *arguments])
    demo(arguments)


def demo(arguments: list[str]) -> None:
    """Build, migrate, load the company when the database is empty, serve."""
    os.environ.setdefault("TRELLIS_DATA", "var/demo")
    os.environ.setdefault("TRELLIS_DEMO", "1")
    if "TRELLIS_PORT" not in os.environ:
        os.environ["TRELLIS_PORT"] = str(free_port(8000))
    os.environ.setdefault("TRELLIS_URL", f"http://localhost:{os.environ['TRELLIS_PORT']}")
    os.environ.setdefault("TRELLIS_COMPANY", "Pixel House")
    os.environ.setdefault("TRELLIS_TIME_ZONE", "Asia/Ho_Chi_Minh")
    step = subprocess.run([str(PYTHON), "-m", "trellis", "demo", "--if-empty", *arguments], check=False)
    if step.returncode:
        sys.exit(step.returncode)
    os.execv(PYTHON, [str(PYTHON), "-m", "trellis", "serve"])


def environment(lock: str) -> None:
    """A virtual environment that holds what requirements/<lock>.txt says; nothing to do when it does already."""
    wanted = {name: _fingerprint(ROOT / "requirements" / f"{name}.txt") for name in ("core", "dev")}
    if _works() and _stamp(lock) == wanted[lock]:
        return
    if not _works():
        _create()
    print(f"Installing what requirements/{lock}.txt lists (once; a minute or so) ...", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    step = subprocess.run([*pip, "--require-hashes", "-r", f"requirements/{lock}.txt"], check=False)
    if step.returncode:
        sys.exit(
            "\nThe packages could not be installed; pip says why above. Is there a way to the package index?"
            "\nBehind a proxy or with a mirror, set HTTPS_PROXY or PIP_INDEX_URL and run this again."
        )
    # What tests is a superset of what runs, with the same versions (a test compares the locks).
    for name in ("core", "dev") if lock == "dev" else ("core",):
        (VENV / f".{name}-lock").write_text(wanted[name])


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _say_how_to_get_venv()
    print(f"Making a virtual environment in var/venv with Python {sys.version.split()[0]} ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    step = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True, text=True)
    if step.returncode or not _works():
        # A half-made folder would look finished the next time.
        shutil.rmtree(VENV, ignore_errors=True)
        print(step.stdout + step.stderr, file=sys.stderr)
        _say_how_to_get_venv()


def _say_how_to_get_venv() -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    sys.exit(
        f"Python {version} is here, but the part that makes virtual environments is missing. To install it:\n\n"
        f"    apt-get install python{version}-venv        (Debian, Ubuntu)\n\n"
        f"then run {Path(sys.argv[0]).parent.name}/{sys.argv[1]} again."
    )


def _works() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([str(PYTHON), "-c", "import pip"], check=False, capture_output=True).returncode == 0


def _stamp(lock: str) -> str:
    file = VENV / f".{lock}-lock"
    return file.read_text() if file.exists() else ""


def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def free_port(first: int) -> int:
    """The first port from there on that nobody listens on."""
    for port in range(first, first + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    return first


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
