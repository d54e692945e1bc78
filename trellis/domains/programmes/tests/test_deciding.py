"""Who may join, when an approval may be asked for and given, and a standing seen from above."""

from dataclasses import replace
from datetime import date

import pytest

from trellis.domains.programmes.rules import (
    Asking,
    AtLeast,
    AttendanceOf,
    CoursePassed,
    Courses,
    ReviewFact,
    State,
    Track,
    always_passed,
    by_column,
    by_stage,
    can_be_asked,
    can_be_given,
    columns_of,
    why_not_join,
)
from trellis.domains.programmes.tests.test_rules import ON, PASSED, attended, days, next_step, standing

LINH = Asking(by_oneself=True, holds="photo-editor", position="team-leader")
SIX = days(*[480] * 6)


@pytest.mark.parametrize(
    ("definition", "asking", "reason"),
    [
        pytest.param({}, LINH, "", id="a photo editor who wants to lead"),
        pytest.param({}, replace(LINH, by_oneself=False), "only_oneself", id="entered by somebody else"),
        pytest.param({"voluntary": False}, replace(LINH, by_oneself=False), "", id="one that people are sent to"),
        pytest.param({}, replace(LINH, holds=""), "not_employed", id="somebody who left"),
        pytest.param({"open_to": ["retoucher"]}, LINH, "not_open_to", id="not for her position"),
        pytest.param({}, replace(LINH, position="trainer"), "no_track", id="a position it does not lead to"),
        pytest.param({}, replace(LINH, holds="team-leader"), "holds_it", id="what one holds already"),
        pytest.param({}, replace(LINH, join_until=ON), "", id="on the last day"),
        pytest.param({}, replace(LINH, join_until=date(2026, 3, 1)), "closed", id="a day late"),
        pytest.param({}, replace(LINH, places_left=1), "", id="the last place"),
        pytest.param({}, replace(LINH, places_left=0), "full", id="no place left"),
    ],
)
def test_who_may_join(definition, asking, reason):
    assert why_not_join(next_step(**definition), asking, on=ON) == reason


@pytest.mark.parametrize(
    ("facts", "asked", "given"),
    [
        pytest.param({}, False, False, id="six days to go"),
        pytest.param({"beside": SIX}, True, True, id="all the rest is met"),
        pytest.param({"beside": SIX, "course": replace(PASSED, passed=None)}, False, False, id="no grade yet"),
        pytest.param(
            {"beside": SIX, "reviews": (ReviewFact("review", "asked", ON),)}, False, True, id="asked for already"
        ),
    ],
)
def test_when_an_approval_is_asked_for_and_given(facts, asked, given):
    found = standing(**facts)
    assert (can_be_asked(found, "review"), can_be_given(found, "review")) == (asked, given)
    assert not can_be_given(found, "another")


def test_requirements_belong_to_the_stage_they_are_worked_at():
    stages = by_stage(next_step(), standing())
    assert [[r.key for r in stage] for stage in stages] == [
        ["attendance:leadership", "passed:leadership"],
        ["days", "approval:review"],
    ]


def test_a_roster_has_a_column_for_each_course_and_says_what_presses_most():
    assert columns_of(next_step()) == ["leadership", "days", "approval:review"]
    missed_one = by_column(standing(course=attended(scheduled=10, attended=9, missed=1)))
    assert missed_one["leadership"] == State.OUT_OF_REACH


@pytest.mark.parametrize(
    ("tree", "courses"),
    [
        pytest.param(CoursePassed("a"), {"a"}, id="a course"),
        pytest.param(AttendanceOf("a", 100), set(), id="attendance is no pass"),
        pytest.param(Courses(100, passed=True), {"leadership"}, id="the courses of the track"),
        pytest.param(AtLeast(None, (CoursePassed("a"), CoursePassed("b"))), {"a", "b"}, id="all of them"),
        pytest.param(AtLeast(1, (CoursePassed("a"), CoursePassed("b"))), set(), id="either of them"),
        pytest.param(
            AtLeast(1, (AtLeast(None, (CoursePassed("a"), CoursePassed("b"))), CoursePassed("a"))),
            {"a"},
            id="one of two ways, both through a",
        ),
    ],
)
def test_the_courses_that_every_way_through_a_gate_passes(tree, courses):
    assert always_passed(tree, Track("team-leader", ("leadership",))) == courses
