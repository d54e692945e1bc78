"""The installed package works where there is no clone: all it needs is inside; it writes only into the data folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, sources

CARRIED = (".html", ".css", ".js", ".svg", ".po", ".typ", ".yaml", ".py")
FIRST_PAGE = """
import django; django.setup()
from django.test import Client
from django.conf import settings
page = Client(headers={"accept-language": "zh-CN"}).get("/account/login/", headers={"host": "localhost"})
assert page.status_code == 200, page.status_code
assert 'lang="zh-Hans"' in page.text
assert not settings.CLONE and settings.PROGRAMMES.exists()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The package, built from what is kept."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for file in sources(*CARRIED, ".toml", ".in", ".md"):
        copy = source / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, source]
    subprocess.run(build, check=True)
    return next(folder.glob("*.whl"))


def test_everything_that_pages_need_is_inside(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f.relative_to(ROOT).as_posix() for f in sources(*CARRIED, under="trellis") if "tests" not in f.parts}
    assert not wanted - inside
    assert {name.removesuffix(".po") for name in inside if name.endswith(".po")} == {
        name.removesuffix(".mo") for name in inside if name.endswith(".mo")
    }
    assert not [name for name in inside if "/tests/" in name]


def test_it_runs_from_where_it_may_not_write(wheel, tmp_path):
    installed, work = tmp_path / "installed", tmp_path / "work"
    work.mkdir()
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", installed, wheel]
    subprocess.run(install, check=True)
    before = sorted(installed.rglob("*"))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRELLIS_") and k != "DATABASE_URL"}
    environment |= {
        "PYTHONPATH": str(installed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "trellis.project.settings",
    }
    for words in (["-m", "trellis", "migrate"], ["-m", "trellis.project.ready"], ["-c", FIRST_PAGE]):
        run = subprocess.run([sys.executable, *words], cwd=work, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
    assert sorted(installed.rglob("*")) == before
    assert {p.name for p in (work / "var").iterdir()} >= {"build", "static", "secret-key", "trellis.sqlite3"}
