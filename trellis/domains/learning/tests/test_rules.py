from datetime import date
from decimal import Decimal

import pytest

from trellis.domains.learning.rules import (
    CourseStanding,
    Credited,
    EnrolOutcome,
    read_score,
    share_out,
    weight,
)
from trellis.domains.sessions.rules import Attendance

FULL, HALF = Attendance(2, 2), Attendance(2, 1, 0, 1)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("85", Decimal(85)),
        (" 85.5 ", Decimal("85.5")),
        ("85,5", Decimal("85.5")),
        ("0", Decimal(0)),
        ("100", Decimal(100)),
        ("100.1", None),
        ("-1", None),
        ("85.55", None),
        ("good", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
    ],
)
def test_scores_as_people_write_them(text, score):
    assert read_score(text) == score


@pytest.mark.parametrize(
    ("asked", "enrolled", "places", "outcome"),
    [
        ([1, 2], set(), 30, EnrolOutcome((1, 2))),
        ([1, 2], {2}, 30, EnrolOutcome((1,), (2,))),
        ([1, 2, 3], {9}, 2, EnrolOutcome((1,), (), (2, 3))),
        ([1], {8, 9}, 1, EnrolOutcome((), (), (1,))),
        ([1, 1], set(), 30, EnrolOutcome((1,))),
    ],
)
def test_places_go_to_who_comes_first(asked, enrolled, places, outcome):
    assert share_out(asked, enrolled, places) == outcome


@pytest.mark.parametrize(
    ("passed", "attendance", "complete"),
    [(True, FULL, True), (True, HALF, False), (False, FULL, False), (None, FULL, False), (True, None, False)],
)
def test_a_course_is_complete_with_a_pass_and_every_session(passed, attendance, complete):
    assert CourseStanding(1, passed=passed, attendance=attendance).is_complete is complete


def test_a_credit_stands_for_the_grade_and_for_the_sessions():
    assert CourseStanding(1, passed=True, credited=Credited(5, date(2026, 2, 2))).is_complete


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        pytest.param(
            CourseStanding(1, 7, passed=True, attendance=FULL),
            CourseStanding(1, passed=True, credited=Credited(5, date(2026, 2, 2))),
            "one",
            id="a complete run before a credit",
        ),
        pytest.param(
            CourseStanding(1, 7, enrolled=True, passed=False, attendance=HALF),
            CourseStanding(1, passed=True, credited=Credited(5, date(2026, 2, 2))),
            "other",
            id="a credit before a run that is not complete",
        ),
    ],
)
def test_what_speaks_for_a_course(one, other, speaks):
    assert (weight(one) > weight(other)) is (speaks == "one")
