"""Every row has a story in a browser that bears its name, and docs/rows.md says which."""

import re

import pytest

from tests.architecture.sources import ROOT

FILES = [file.read_text() for file in (ROOT / "tests/journeys").glob("test_*.py")]
STORIES = {name for text in FILES for name in re.findall(r"^def (test_\w+)\(", text, re.M)}
TABLE = dict(re.findall(r"^\| ([ND]\d+) \|.*?\| (.*?) \|$", (ROOT / "docs/rows.md").read_text(), re.M))
ROWS = [f"N{number}" for number in range(1, 13)]


@pytest.mark.parametrize("row", [*ROWS, *(row for row in TABLE if row not in ROWS)])
def test_a_row_has_its_story(row):
    told = re.findall(r"`(\w+)`", TABLE[row])
    assert told
    assert set(told) <= STORIES
    assert all(row.lower() in story.split("_") for story in told)
