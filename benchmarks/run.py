"""Measure Trellis and write benchmarks/results.md.

    python benchmarks/run.py        everything: three sizes, two databases, about half an hour
    python benchmarks/run.py --sizes 10000,50000        the sizes that targets speak of, within twenty minutes
    python benchmarks/run.py --sizes 600 --databases sqlite --seconds 3        a quick look
    python benchmarks/run.py --only pages,import           some parts only; the others keep what results.json has

Parts: pages (requests a second with 16 at once, latency one at a time, CPU, SQL statements, memory of two web workers,
weight of the pages), import (a list of people into an empty database, and again), readiness (everyone
against every position), dry_run (a definition tried out on everybody), start (a clean clone to its first page; needs
the package index or a mirror).
Needs what requirements/dev.txt installs. Nothing here is a test: figures depend on the machine and what else it does.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import report, serving  # noqa: E402, the path is set above
from benchmarks.browser import weigh  # noqa: E402, after the path is set

RESULTS = ROOT / "benchmarks" / "results.json"
PARTS = ("pages", "import", "readiness", "dry_run", "start")
POSITIONS = 40


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--sizes", default="600,10000,50000", help="numbers of people, with commas")
    words.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    words.add_argument("--only", default=",".join(PARTS), help="parts, with commas")
    words.add_argument("--seconds", type=float, default=4, help="how long each page is asked for (4)")
    options = words.parse_args()
    parts = options.only.split(",")
    if unknown := set(parts) - set(PARTS):
        words.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    results: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results["machine"] = machine()
    for kind in options.databases.split(","):
        for size in [int(text) for text in options.sizes.split(",")]:
            measure(results, kind, size, parts, options.seconds)
    if "start" in parts:
        tell("clean clone to the first page")
        results["start"] = start() | stamp()
        keep(results)
    print(f"Written: {report.write(results)}")


def measure(results: dict[str, Any], kind: str, size: int, parts: list[str], seconds: float) -> None:
    """One size on one database; what is found is kept at once, so that an end half-way loses nothing."""
    found = results.setdefault("found", {}).setdefault(kind, {}).setdefault(str(size), {})
    if "import" in parts:
        tell(f"{kind}, {size:,} people: import")
        with (
            tempfile.TemporaryDirectory(prefix="trellis-bench-") as folder,
            serving.database(kind, Path(folder)) as env,
        ):
            found["import"] = inside(env, "import", str(size)) | stamp()
        keep(results)
    if not {"pages", "readiness", "dry_run"} & set(parts):
        return
    with tempfile.TemporaryDirectory(prefix="trellis-bench-") as folder, serving.database(kind, Path(folder)) as env:
        tell(f"{kind}, {size:,} people: making the company")
        made = inside(env, "prepare", str(size))
        found["prepare"] = {key: value for key, value in made.items() if key != "pages"} | stamp()
        if "readiness" in parts:
            tell(f"{kind}, {size:,} people: everyone against {POSITIONS} positions")
            found["readiness"] = inside(env, "readiness", str(POSITIONS)) | stamp()
        if "dry_run" in parts:
            tell(f"trying definitions out on {size:,} people")
            found["dry_run"] = inside(env, "dry_run", "") | stamp()
        if "pages" in parts:
            found["pages"] = ask_pages(kind, size, env, made["pages"], seconds) | stamp()
    keep(results)


def ask_pages(
    kind: str, size: int, env: dict[str, str], pages: dict[str, dict[str, str]], seconds: float
) -> dict[str, Any]:
    """Every page, alone and 16 at once, with Django's floor before and after."""
    counted = inside(env, "statements", json.dumps(pages))
    workers = 2 if kind == "postgres" else 1
    floor = {"path": "/", "cookie": pages["home"]["cookie"]}
    found: dict[str, Any] = {"workers": workers, "statements": counted}
    with serving.web_server(env, workers=workers, floor=True) as server:
        found["floor"] = [asked(server, floor, seconds)]
    with serving.web_server(env, workers=workers) as server:
        found["pages"] = {}
        for name, page in pages.items():
            tell(f"{kind}, {size:,} people: {name}")
            found["pages"][name] = asked(server, page, seconds)
        found["weights"] = weigh(server.port, pages)
        if workers == 2:
            found["memory"] = server.memory()
    if workers == 1:
        with serving.web_server(env, workers=2) as server:
            for page in pages.values():
                hammer(server.port, page, at_once=16, seconds=0.5)
            found["memory"] = server.memory()
    with serving.web_server(env, workers=workers, floor=True) as server:
        found["floor"].append(asked(server, floor, seconds))
    return found


def asked(server: serving.Serving, page: dict[str, str], seconds: float) -> dict[str, Any]:
    """One page: warmed up, then one at a time, then 16 at once with the CPU that web and database used."""
    hammer(server.port, page, at_once=8, seconds=0.6)
    alone = hammer(server.port, page, at_once=1, seconds=seconds / 3)
    web, database = server.web_cpu(), server.database_cpu()
    together = hammer(server.port, page, at_once=16, seconds=seconds)
    count = max(1, together["requests"])
    return {
        "alone": alone,
        "together": together,
        "web_cpu_ms": 1000 * (server.web_cpu() - web) / count,
        "database_cpu_ms": 1000 * (server.database_cpu() - database) / count,
    }


def hammer(port: int, page: dict[str, str], *, at_once: int, seconds: float) -> dict[str, Any]:
    """Ask for the page from a process of its own."""
    job = json.dumps({"port": port, "at_once": at_once, "seconds": seconds, **page})
    told = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "hammer.py"), job], check=True, capture_output=True, text=True
    )
    return dict(json.loads(told.stdout))


def inside(environment: dict[str, str], step: str, argument: str) -> dict[str, Any]:
    """One step of inside.py in a process of its own."""
    told = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "inside.py"), step, argument],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if told.returncode:
        raise SystemExit(f"inside.py {step} ended with {told.returncode}; what it said is above.")
    return dict(json.loads(told.stdout.strip().splitlines()[-1]))


def start() -> dict[str, float]:
    """Seconds from `git clone` (of what is committed) to the first page of `bin/demo`, and of a second start."""
    folder = Path(tempfile.mkdtemp(prefix="trellis-clone-"))
    try:
        began = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "clone")], check=True)
        first = _first_page(folder / "clone", began)
        return {"first_s": first, "again_s": _first_page(folder / "clone", time.monotonic())}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _first_page(clone: Path, began: float) -> float:
    """Start the demo, wait for its sign-in page, end it; seconds since `began`."""
    port = serving._free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [str(clone / "bin" / "demo")],
        cwd=clone,
        env=os.environ | {"TRELLIS_PORT": str(port), "TRELLIS_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        while time.monotonic() - began < 600:
            if process.poll() is not None:
                raise SystemExit(f"bin/demo ended with {process.returncode}")
            try:
                with urllib.request.urlopen(f"{address}/account/login/", timeout=5):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.2)
        raise SystemExit("bin/demo showed no page within ten minutes")
    finally:
        process.terminate()
        process.wait(30)


def machine() -> dict[str, Any]:
    """Where it was measured."""
    import psutil

    model = ""
    if (info := Path("/proc/cpuinfo")).exists():
        model = next((line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line), "")
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def stamp() -> dict[str, str]:
    """When, and of which state of the code."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {"at": datetime.now().astimezone().isoformat(timespec="minutes"), "commit": commit.stdout.strip()}


def keep(results: dict[str, Any]) -> None:
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


def tell(what: str) -> None:
    print(f"{datetime.now().astimezone():%H:%M:%S}  {what}", flush=True)


if __name__ == "__main__":
    main()
