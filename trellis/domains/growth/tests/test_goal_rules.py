from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.growth.rules import goals
from trellis.domains.growth.rules.goals import Slider, slider
from trellis.domains.growth.rules.numbers import MOST, NotANumberError, read_number

numbers = st.decimals(min_value=-MOST + 1, max_value=MOST - 1, places=3)


@pytest.mark.parametrize(
    ("start", "target", "now", "score"),
    [
        pytest.param("20", "80", "50", "0.5", id="half of the way, as methods.md has it"),
        pytest.param("12", "2", "7", "0.5", id="a target below the start"),
        pytest.param("0", "10", "-3", "0", id="behind the start is not less than nothing"),
        pytest.param("0", "10", "14", "1", id="beyond the target is not more than all"),
        pytest.param("-5", "5", "0", "0.5", id="from below nothing"),
        pytest.param("0", "0.5", "0.125", "0.25", id="small numbers"),
    ],
)
def test_a_key_result_is_as_far_as_its_number(start, target, now, score):
    assert goals.progress(Decimal(start), Decimal(target), Decimal(now)) == Decimal(score)


@given(numbers, numbers, numbers)
def test_a_score_is_never_outside_nothing_and_all(start, target, now):
    if start != target:
        assert 0 <= goals.progress(start, target, now) <= 1


def test_an_objective_is_the_mean_by_weight():
    parts = [(Decimal(w), Decimal(s)) for w, s in ((".5", ".7"), (".3", "1"), (".2", ".4"))]
    assert goals.objective_score(parts) == Decimal("0.73")


def test_an_objective_without_a_key_result_has_no_score():
    assert goals.objective_score([]) is None


weights = st.decimals(min_value="0.01", max_value="9999", places=2)
scores = st.decimals(min_value=0, max_value=1, allow_nan=False)


@given(st.lists(st.tuples(weights, scores), min_size=1, max_size=12))
def test_an_objective_lies_between_its_key_results(parts):
    score = goals.objective_score(parts)
    assert score is not None
    told = [share for _weight, share in parts]
    assert min(told) - Decimal("1e-20") <= score <= max(told) + Decimal("1e-20")
    assert 0 <= score <= 1


@pytest.mark.parametrize(("score", "said"), [("0", 0), ("0.999", 99), ("1", 100), ("0.505", 50)])
def test_a_hundred_is_said_only_of_what_is_reached(score, said):
    assert goals.percent(Decimal(score)) == said


@pytest.mark.parametrize(
    ("last", "is_time"), [(date(2026, 2, 16), False), (date(2026, 2, 15), True), (date(2026, 3, 2), False)]
)
def test_it_is_time_to_look_after_fourteen_days(last, is_time):
    assert goals.is_time_to_look(last, on=date(2026, 3, 2)) is is_time


@pytest.mark.parametrize(("on", "year"), [(date(2026, 3, 2), 2026), (date(2026, 1, 31), 2025)])
def test_last_year_is_looked_at_once_more_in_january(on, year):
    assert goals.first_year_looked_at(on) == year


def test_the_line_goes_from_the_start_up_to_the_target():
    told = [(date(2026, 1, 1), Decimal(12)), (date(2026, 1, 11), Decimal(7)), (date(2026, 1, 21), Decimal(2))]
    drawn = goals.drawing(told, start=Decimal(12), target=Decimal(2))
    assert drawn is not None
    assert [(point.x, point.y) for point in drawn.points] == [(0, 100), (50, 50), (100, 0)]
    assert (drawn.start, drawn.target) == (100, 0)


def test_what_lies_beyond_the_target_is_not_cut_off():
    told = [(date(2026, 1, 1), Decimal(0)), (date(2026, 1, 11), Decimal(20))]
    drawn = goals.drawing(told, start=Decimal(0), target=Decimal(10))
    assert drawn is not None
    assert [point.y for point in drawn.points] == [100, 0]
    assert (drawn.start, drawn.target) == (100, 50)


def test_one_day_is_no_line():
    assert goals.drawing([(date(2026, 1, 1), Decimal(1))], start=Decimal(0), target=Decimal(2)) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0.5", "0.5"),
        ("0,5", "0.5"),
        ("0,500", "0.5"),
        ("1,200", "1200"),
        ("1,200.5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1.25", "1.25"),
        ("1,25", "1.25"),
        ("1 200", "1200"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}3", "-3"),
        ("85 %", "85"),
        ("０．５", "0.5"),
        ("１２％", "12"),
        ("7.", "7"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_as_it_is_written(typed, read):
    assert read_number(typed) == Decimal(read)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("ten", "not_a_number"),
        ("nan", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1e5", "not_a_number"),
        ("1,2,3", "not_a_number"),
        ("--1", "not_a_number"),
        ("10000000000", "too_large"),
        ("9" * 60, "too_large"),
        ("0.1234", "too_fine"),
    ],
)
def test_what_is_no_number_says_why(typed, why):
    with pytest.raises(NotANumberError) as told:
        read_number(typed)
    assert told.value.code == why


@given(numbers)
def test_a_number_comes_back_as_it_was_printed(number):
    assert read_number(f"{number:f}") == number


def test_a_third_counted_three_times_and_all_once_are_a_half():
    third = goals.progress(Decimal(0), Decimal(3), Decimal(1))
    score = goals.objective_score([(Decimal(3), third), (Decimal(1), Decimal(1))])
    assert score is not None and goals.percent(score) == 50
    nearly = goals.progress(Decimal(0), MOST - 1, MOST - 1 - Decimal("0.001"))
    assert goals.percent(nearly) == 99, "and nothing that is missing is rounded away"


@pytest.mark.parametrize(
    ("start", "target", "now", "low", "high", "step", "backwards"),
    [
        pytest.param("0", "12", "6", "0", "12", "1", False, id="one by one"),
        pytest.param("0", "100", "31", "0", "100", "1", False, id="per cent"),
        pytest.param("14", "5", "9.5", "5", "14", "0.1", True, id="down to a target below, as fine as it was told"),
        pytest.param("0", "8", "9", "0", "9", "1", False, id="beyond the target"),
        pytest.param("0", "1200", "0", "0", "1200", "20", False, id="a hundred steps at most"),
        pytest.param("0.125", "3000", "7", "0.125", "3000", "50", False, id="far and fine"),
        pytest.param("-5", "5", "0", "-5", "5", "1", False, id="below nothing"),
    ],
)
def test_a_slider_goes_from_start_to_target_in_steps_for_a_thumb(start, target, now, low, high, step, backwards):
    found = slider(Decimal(start), Decimal(target), Decimal(now))
    assert found == Slider(Decimal(low), Decimal(high), Decimal(step), backwards)
