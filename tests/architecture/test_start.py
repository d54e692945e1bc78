"""The first command of a stranger: on a machine that lacks something, it says what, and leaves nothing half made."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT


@pytest.fixture
def clone(tmp_path):
    """As much of a clone as the first step needs."""
    shutil.copytree(ROOT / "bin", tmp_path / "clone" / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", tmp_path / "clone" / "requirements")
    return tmp_path / "clone"


def started(clone, word, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "TRELLIS"))}
    return subprocess.run([clone / "bin" / word], env=kept | environment, capture_output=True, text=True)


def tools_without_python(tmp_path):
    """A PATH with what a shell script needs, and an old Python."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "uname"):
        (tools / name).symlink_to(shutil.which(name))
    return tools


@pytest.mark.parametrize("word", ["demo", "test"])
def test_too_old_a_python_is_said_plainly(clone, tmp_path, word):
    tools = tools_without_python(tmp_path)
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    ended = started(clone, word, PATH=str(tools))
    assert ended.returncode == 1
    assert "needs Python 3.11 or newer; found here: Python 3.9.2" in ended.stderr


def test_no_python_at_all(clone, tmp_path):
    ended = started(clone, "demo", PATH=str(tools_without_python(tmp_path)))
    assert ended.returncode == 1
    assert "found here: none" in ended.stderr


def test_without_venv_the_exact_line_is_printed_and_nothing_is_left(clone, tmp_path):
    """Debian parts Python's `ensurepip` from Python; here it is hidden as it is there."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n")
    ended = started(clone, "demo", PYTHON=sys.executable, PYTHONPATH=str(hidden))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert ended.returncode == 1
    assert f"apt-get install python{version}-venv" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (clone / "var").exists()
