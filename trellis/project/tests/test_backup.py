"""An archive holds everything, and goes back whole or not at all, into either database."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from trellis.domains.people.models import Person, Unit
from trellis.project.backup import back_up, stored_models
from trellis.project.restore import put_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def data(tmp_path, settings):
    """A data folder with a file and a key in it."""
    settings.DATA = tmp_path / "data"
    (settings.DATA / "files" / "a").mkdir(parents=True)
    (settings.DATA / "files" / "a" / "letter.txt").write_text("kept")
    (settings.DATA / "secret-key").write_text("the first key")
    return settings.DATA


def everything() -> dict[str, list[dict]]:
    """Every row of every table."""
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in stored_models()}


def test_what_was_backed_up_comes_back(data, tmp_path, linh, thuy):
    before = everything()
    done, said = back_up(tmp_path / "a.tar.gz")
    assert done, said
    Unit.objects.filter(code="team-1").update(name="Renamed since")
    (data / "files" / "a" / "letter.txt").write_text("spoilt")
    (data / "secret-key").write_text("another key")

    done, said = put_back(tmp_path / "a.tar.gz", force=True)

    assert done, said
    assert everything() == before
    assert (data / "files" / "a" / "letter.txt").read_text() == "kept"
    assert (data / "secret-key").read_text() == "the first key"


def test_ids_go_on_from_where_they_were(data, tmp_path, linh):
    back_up(tmp_path / "a.tar.gz")
    put_back(tmp_path / "a.tar.gz", force=True)
    assert Person.objects.create_user(email="new@pixel.example", employee_id="E-new", name="New").pk > linh.pk


def test_facts_are_still_guarded_afterwards(data, tmp_path, linh):
    from trellis.kit.journal.models import Entry

    Entry.objects.create(kind="test.happened", actor=linh)
    back_up(tmp_path / "a.tar.gz")
    put_back(tmp_path / "a.tar.gz", force=True)
    with pytest.raises(Exception, match="journal"):
        Entry.objects.all()._raw_delete(using="default")


def test_a_database_in_use_is_refused_without_force(data, tmp_path, linh):
    back_up(tmp_path / "a.tar.gz")
    before = everything()
    done, said = put_back(tmp_path / "a.tar.gz")
    assert not done
    assert "--force" in said
    assert everything() == before


def test_an_archive_is_never_overwritten(data, tmp_path, linh):
    (tmp_path / "a.tar.gz").write_text("something else")
    done, said = back_up(tmp_path / "a.tar.gz")
    assert not done
    assert "exists already" in said
    assert (tmp_path / "a.tar.gz").read_text() == "something else"


def test_an_archive_is_for_its_owner_only(data, tmp_path, linh):
    back_up(tmp_path / "a.tar.gz")
    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o077 == 0


def repacked(archive: Path, *, change) -> Path:
    """The archive with one thing about it changed."""
    folder = archive.parent / "opened"
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    spoilt = archive.with_name("spoilt.tar.gz")
    with tarfile.open(spoilt, "w:gz") as tar:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                tar.add(file, file.relative_to(folder).as_posix())
    return spoilt


def lose_a_row(folder: Path) -> None:
    file = folder / "rows" / "people.person.jsonl"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))


def point_nowhere(folder: Path) -> None:
    file = folder / "rows" / "people.holding.jsonl"
    names, *rows = file.read_text().splitlines()
    row = json.loads(rows[-1])
    row[json.loads(names).index("person_id")] = 987654
    file.write_text("\n".join([names, *rows[:-1], json.dumps(row)]) + "\n")


def be_from_the_future(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].append(["people", "9999_not_yet"])
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lose_a_row, "rows of people.person are missing", id="a row is lost"),
        pytest.param(point_nowhere, "cannot be restored", id="a row points nowhere"),
        pytest.param(be_from_the_future, "Install that version", id="made by another version"),
        pytest.param(lambda folder: (folder / "manifest.json").unlink(), "not a backup", id="some other archive"),
    ],
)
def test_a_spoilt_archive_changes_nothing(data, tmp_path, linh, change, says):
    back_up(tmp_path / "a.tar.gz")
    spoilt = repacked(tmp_path / "a.tar.gz", change=change)
    (data / "secret-key").write_text("the key of now")
    before = everything()

    done, said = put_back(spoilt, force=True)

    assert not done
    assert says in said
    assert everything() == before
    assert (data / "files" / "a" / "letter.txt").read_text() == "kept"
    assert (data / "secret-key").read_text() == "the key of now"


def test_what_is_no_archive_is_said_to_be_none(data, tmp_path):
    (tmp_path / "a.tar.gz").write_text("a letter")
    done, said = put_back(tmp_path / "a.tar.gz", force=True)
    assert not done
    assert "cannot be restored" in said


def test_an_academy_moves_from_sqlite_into_this_database(data, tmp_path, company, migrated):
    """With the command itself, as an operator would; on PostgreSQL this is the move from one to the other."""
    elsewhere = {"TRELLIS_DATA": str(tmp_path / "elsewhere"), "DATABASE_URL": ""}
    environment = {**os.environ, **elsewhere, "DJANGO_SETTINGS_MODULE": "trellis.project.settings"}
    born = (
        "from trellis.domains.people.models import Person, Unit;"
        "Unit.objects.create(code='z', name='Zhuhai', names={'zh-hans': '珠海'});"
        "Person.objects.create_user(email='z@pixel.example', employee_id='Z', name='曾瑶')"
    )
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(migrated, tmp_path / "elsewhere")
    shell = [sys.executable, "manage.py", "shell", "-v0", "-c", born]
    subprocess.run(shell, cwd=ROOT, env=environment, check=True)
    archive = tmp_path / "moving.tar.gz"
    subprocess.run([sys.executable, "-m", "trellis", "backup", str(archive)], cwd=ROOT, env=environment, check=True)

    done, said = put_back(archive, force=True)

    assert done, said
    assert Unit.objects.get(code="z").names == {"zh-hans": "珠海"}
    assert [p.name for p in Person.objects.all()] == ["曾瑶"]
    assert apps.get_model("journal", "Entry").objects.count() == 0
    assert connection.vendor in {"sqlite", "postgresql"}
