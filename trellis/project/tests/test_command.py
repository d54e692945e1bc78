"""The words of `trellis`, and that what an operator can mend is told in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trellis.project.command import main

ROOT = Path(__file__).resolve().parents[3]


def trellis(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Without what tests in a browser set for themselves (DJANGO_ALLOW_ASYNC_UNSAFE).
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_ALLOW")}
    return subprocess.run(
        [sys.executable, "-m", "trellis", *words],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
    )


def test_help_names_every_word(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in (
        "serve",
        "worker",
        "migrate",
        "import",
        "administrator",
        "backup",
        "restore",
        "demo",
        "settings",
        "check",
    ):
        assert word in said


def test_all_faults_of_the_environment_and_no_traceback(tmp_path):
    ended = trellis("migrate", TRELLIS_DATA=str(tmp_path), TRELLIS_PORT="x", TRELLIS_TASKS="y")
    assert ended.returncode == 2
    assert "TRELLIS_PORT" in ended.stderr
    assert "TRELLIS_TASKS" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_serving_without_tables_says_what_to_do(tmp_path):
    ended = trellis("serve", TRELLIS_DATA=str(tmp_path), TRELLIS_PORT="8191")
    assert ended.returncode == 1
    assert "trellis migrate" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path):
    nowhere = f"postgres://a:b@/c?host={tmp_path}"
    for word in ("serve", "migrate"):
        ended = trellis(word, TRELLIS_DATA=str(tmp_path), TRELLIS_PORT="8191", DATABASE_URL=nowhere)
        assert ended.returncode == 1
        assert "The database does not answer" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_word_other_than_serving_says_so_too(tmp_path):
    ended = trellis("backup", str(tmp_path / "b.tar.gz"), TRELLIS_DATA=str(tmp_path), DATABASE_URL="")
    assert ended.returncode == 1
    assert "Run `trellis migrate`" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_safe_on_the_open_net(tmp_path):
    settings = {"TRELLIS_DATA": str(tmp_path), "TRELLIS_HTTPS": "1", "TRELLIS_URL": "https://academy.example"}
    ended = trellis("check", **settings, DATABASE_URL="")
    assert "no issues" in ended.stdout
    assert "Run `trellis migrate`" in ended.stderr


def test_what_is_written_is_for_its_user_alone_and_a_file_that_is_not_there_is_told(tmp_path):
    trellis("migrate", TRELLIS_DATA=str(tmp_path), DATABASE_URL="")
    assert [path for path in tmp_path.iterdir() if path.stat().st_mode & 0o077] == []
    ended = trellis(
        "import", str(tmp_path / "none.csv"), "--actor", "x@y.example", TRELLIS_DATA=str(tmp_path), DATABASE_URL=""
    )
    assert ended.returncode
    assert "Traceback" not in ended.stderr


def test_the_first_administrator_is_named_and_invited(linh, capsys, mailoutbox):
    linh.set_unusable_password()
    linh.save()
    for _twice in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["administrator", "LINH@pixel.example"])
        assert ended.value.code == 0
    assert linh.role_grants.filter(role="administrator", unit=None).count() == 1
    assert "Linh Nguyen is an administrator" in capsys.readouterr().out
    assert mailoutbox[0].to == ["linh@pixel.example"]


def test_nobody_becomes_administrator_by_a_slip_of_the_pen(linh, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["administrator", "lihn@pixel.example"])
    assert ended.value.code == 1
    assert "Nobody employed today has the address lihn@pixel.example" in capsys.readouterr().err
