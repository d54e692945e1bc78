from decimal import Decimal

import pytest

from trellis.domains.learning.rules import (
    CourseStanding,
    EnrolOutcome,
    Grade,
    Graded,
    decide_result,
    read_score,
    share_out,
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


RECORDED = Graded(7, Decimal(60), 1)


@pytest.mark.parametrize(
    ("grade", "there", "circumstances", "code"),
    [
        pytest.param(Grade(Decimal(80)), Graded(), {}, "recorded", id="a first result"),
        pytest.param(Grade(Decimal(101)), Graded(), {}, "out_of_range", id="more than everything"),
        pytest.param(Grade(Decimal(80)), Graded(), {"is_oneself": True}, "oneself", id="nobody grades themselves"),
        pytest.param(Grade(Decimal(80)), Graded(), {"is_enrolled": False}, "not_enrolled", id="not enrolled"),
        pytest.param(Grade(Decimal(60), seen=0), RECORDED, {}, "unchanged", id="a double click"),
        pytest.param(Grade(Decimal(80), "Recount", seen=0), RECORDED, {}, "conflict", id="somebody was faster"),
        pytest.param(Grade(Decimal(80), seen=7), RECORDED, {}, "reason_needed", id="a correction says why"),
        pytest.param(Grade(Decimal(80), "Recount", seen=7), RECORDED, {}, "recorded", id="a correction with reason"),
    ],
)
def test_what_a_grade_may_do(grade, there, circumstances, code):
    assert decide_result(grade, there, **{"is_oneself": False, "is_enrolled": True, **circumstances}) == code


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
