"""What an operator sets: right values, and all faults told at once."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from trellis.project import environment

ROOT = Path(__file__).resolve().parents[3]


def test_nothing_needs_to_be_set():
    values = environment.read({})
    assert values["TRELLIS_URL"] == "http://localhost:8000"
    assert values["DATABASE_URL"] is None
    assert values["TRELLIS_HTTPS"] is False
    assert values["TRELLIS_TASKS"] == "inside"


def test_the_address_follows_the_port():
    assert environment.read({"TRELLIS_PORT": "8123"})["TRELLIS_URL"] == "http://localhost:8123"


def test_an_empty_variable_is_one_not_set():
    assert environment.read({"TRELLIS_PORT": ""})["TRELLIS_PORT"] == 8000


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TRELLIS_HTTPS", "maybe", "'maybe' is not 0 or 1"),
        ("TRELLIS_PORT", "eight", "'eight' is not a whole number"),
        ("TRELLIS_PORT", "70000", "70000 is not a port"),
        ("TRELLIS_WEB_WORKERS", "0", "at least 1"),
        ("TRELLIS_WEB_THREADS", "0", "at least 1"),
        ("TRELLIS_LANGUAGE", "vi", "is not one of en, zh-hans"),
        ("TRELLIS_TIME_ZONE", "Hanoi", "is not a time zone"),
        ("TRELLIS_URL", "academy.example", "does not begin with http"),
        ("TRELLIS_TASKS", "celery", "is not one of inside, worker"),
        ("DATABASE_URL", "mysql://u:p@h/n", "only sqlite and postgres"),
        ("EMAIL_URL", "smoke://signal", "EMAIL_URL"),
        ("SECRET_KEY", "short", "at least 50"),
        ("TRELLIS_DATA", __file__, "is a file, not a folder"),
    ],
)
def test_a_fault_says_which_variable_what_is_wrong_and_what_it_is_for(name, value, says):
    with pytest.raises(ImproperlyConfigured) as told:
        environment.read({name: value})
    purpose = next(v.help for v in environment.VARIABLES if v.name == name)
    assert f"{name}: " in str(told.value)
    assert says in str(told.value)
    assert purpose in str(told.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(ImproperlyConfigured) as told:
        environment.read({"TRELLIS_PORT": "x", "TRELLIS_HTTPS": "x", "TRELLIS_TIME_ZONE": "x"})
    assert str(told.value).count("\n  ") == 3


def test_https_with_a_plain_address_is_a_fault():
    with pytest.raises(ImproperlyConfigured, match="while TRELLIS_HTTPS is 1"):
        environment.read({"TRELLIS_HTTPS": "1"})


def test_a_secret_in_a_fault_is_not_shown():
    with pytest.raises(ImproperlyConfigured) as told:
        environment.read({"SECRET_KEY": "hunter2", "DATABASE_URL": "oracle://u:hunter2@h/n"})
    assert "hunter2" not in str(told.value)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path):
    first = environment.kept_secret(tmp_path / "data")
    assert environment.kept_secret(tmp_path / "data") == first
    assert len(first) >= 50
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0


def test_the_operators_table_is_the_one_in_the_handbook():
    handbook = (ROOT / "docs" / "operating.md").read_text()
    assert environment.table() in handbook, "paste the output of `python -m trellis settings` into docs/operating.md"
