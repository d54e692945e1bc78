"""Every row has a story in a browser that bears its name, and docs/rows.md says which."""

import re

import pytest

from tests.architecture.sources import ROOT

FILES = [file.read_text() for file in (ROOT / "tests/journeys").glob("test_*.py")]
STORIES = {name for text in FILES for name in re.findall(r"^def (test_\w+)\(", text, re.M)}
TABLE = dict(re.findall(r"^\| ([ND]\d+) \|.*?\| (.*?) \|$", (ROOT / "docs/rows.md").read_text(), re.M))
ROWS = [*(f"N{number}" for number in range(1, 13)), *(f"D{number}" for number in range(1, 9))]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_its_story(row):
    told = re.findall(r"`(\w+)`", TABLE[row])
    assert told
    assert set(told) <= STORIES
    assert all(row.lower() in story.split("_") for story in told)


def test_the_table_has_these_rows_and_every_story_of_theirs():
    """A story that bears the name of a row stands in the table: who reads it finds all that hold the row."""
    assert list(TABLE) == ROWS
    told = set(re.findall(r"`(\w+)`", "".join(TABLE.values())))
    named = {story for story in STORIES if re.match(r"test_[nd]\d+_", story)}
    assert named == told
