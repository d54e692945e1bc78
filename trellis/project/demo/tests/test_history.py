"""The demo company's file: always the same, whole, and possible."""

import csv
import io
from datetime import date
from itertools import groupby, pairwise

import pytest

from trellis.project.demo import history
from trellis.project.demo.cast import CAST

UNTIL = date(2026, 3, 2)


@pytest.fixture(scope="module")
def rows():
    text = history.people_file(600, UNTIL).decode()
    return list(csv.DictReader(io.StringIO(text)))


def lives(rows):
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row["Employee ID"])}


def here(rows):
    return {key: life[-1] for key, life in lives(rows).items() if life[-1]["Change"] != "left"}


def test_same_seed_and_day_give_the_same_bytes():
    assert history.people_file(600, UNTIL, seed=3) == history.people_file(600, UNTIL, seed=3)
    assert history.people_file(600, UNTIL, seed=3) != history.people_file(600, UNTIL, seed=4)


@pytest.mark.parametrize("until", [UNTIL, date(2026, 1, 1), date(2024, 2, 29), date(2026, 8, 31)])
def test_as_many_people_are_here_as_asked_for(until):
    text = history.people_file(600, until).decode()
    assert len(here(list(csv.DictReader(io.StringIO(text))))) == 600


def test_a_list_of_the_present_has_one_line_a_person():
    text = history.people_file(600, UNTIL, history=False).decode()
    assert len(list(csv.DictReader(io.StringIO(text)))) == 600


def test_eight_years_are_told(rows):
    days = [row["Effective date"] for row in rows]
    assert min(days) < "2018-05" and max(days) <= UNTIL.isoformat()
    assert {row["Change"] for row in rows} == {"hired", "moved", "promoted", "left"}


def test_a_life_begins_by_being_hired_goes_forward_and_ends_with_a_kind_and_a_reason(rows):
    for life in lives(rows).values():
        assert life[0]["Change"] == "hired"
        days = [row["Effective date"] for row in life]
        assert days == sorted(set(days))
        for row, following in pairwise(life):
            assert (row["Change"] == "left") == (following["Change"] == "hired")
            if following["Change"] in {"moved", "promoted"}:
                place = ("Department", "Position")
                assert [row[key] for key in place] != [following[key] for key in place]
        assert all(row["Leaving kind"] and row["Leaving reason"] for row in life if row["Change"] == "left")


def test_managers_are_here_and_nobody_is_their_own_managers_manager(rows):
    present = here(rows)
    for key in present:
        chain = [key]
        while boss := present[chain[-1]]["Manager"]:
            assert boss in present and boss not in chain
            chain.append(boss)


def test_addresses_are_nobody_elses(rows):
    addresses = [life[0]["E-mail"] for life in lives(rows).values()]
    assert len(addresses) == len(set(addresses))
    assert all(address.isascii() for address in addresses)


def test_the_cast_is_where_the_story_needs_it(rows):
    present = {row["E-mail"]: row for row in here(rows).values()}
    for part in CAST:
        assert (present[part.email]["Department"], present[part.email]["Position"]) == (part.unit, part.position)
    thuy = present["thuy@pixel.example"]
    assert present["linh@pixel.example"]["Manager"] == thuy["Employee ID"]
    assert thuy["Head of department"] == "yes"
