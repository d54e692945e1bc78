"""Attendance over every scheduled session, as tables."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.sessions.rules import (
    Attendance,
    Prospect,
    Scheduled,
    Standing,
    Timetable,
    Wish,
    count,
    count_each,
    decide_mark,
    prospect,
    register_closes_at,
    sessions_needed,
)

P, L, A, E = "present", "late", "absent", "excused"
TEN = [Scheduled(n) for n in range(1, 11)]
THREE = [Scheduled(1), Scheduled(2), Scheduled(3)]
MAKE_UP_OF_2 = Scheduled(9, makes_up=2)


@pytest.mark.parametrize(
    ("sessions", "marks", "expected"),
    [
        pytest.param([], {}, Attendance(), id="nothing scheduled"),
        pytest.param(TEN, dict.fromkeys(range(1, 6), P), Attendance(10, 5, 0, 5), id="the first five of ten"),
        pytest.param(TEN, dict.fromkeys(range(1, 11), P), Attendance(10, 10), id="ten of ten"),
        pytest.param(THREE, {1: P, 2: L, 3: P}, Attendance(3, 3), id="late is attended"),
        pytest.param(THREE, {1: P, 2: A}, Attendance(3, 1, 0, 1, 1), id="one missed"),
        pytest.param(THREE, {1: P, 2: E, 3: P}, Attendance(3, 2, 0, 0, 0, 1), id="excused alone does not count"),
        pytest.param(
            [*THREE, MAKE_UP_OF_2], {1: P, 2: A, 3: P}, Attendance(3, 2, 0, 0, 1, 0, 1), id="a make-up is offered"
        ),
        pytest.param([*THREE, MAKE_UP_OF_2], {1: P, 2: A, 3: P, 9: P}, Attendance(3, 2, 1), id="the make-up repairs"),
        pytest.param([*THREE, MAKE_UP_OF_2], {1: P, 2: E, 3: P, 9: L}, Attendance(3, 2, 1), id="also an excused one"),
        pytest.param(
            [*THREE, MAKE_UP_OF_2], {1: P, 2: A, 3: P, 9: A}, Attendance(3, 2, 0, 0, 1), id="the make-up is missed too"
        ),
        pytest.param(
            [*THREE, MAKE_UP_OF_2, Scheduled(10, makes_up=2)],
            {1: P, 2: A, 3: P, 9: A},
            Attendance(3, 2, 0, 0, 1, 0, 1),
            id="and a second one is offered",
        ),
        pytest.param(
            [*THREE, Scheduled(9, makes_up=2, cancelled=True)],
            {1: P, 2: A, 3: P},
            Attendance(3, 2, 0, 0, 1),
            id="a cancelled make-up repairs nothing",
        ),
        pytest.param(
            [Scheduled(1), Scheduled(2, cancelled=True), Scheduled(3)],
            {1: P, 2: A, 3: P},
            Attendance(2, 2),
            id="a cancelled session does not count",
        ),
    ],
)
def test_attendance_counts(sessions, marks, expected):
    assert count(sessions, marks) == expected


MARKS = st.dictionaries(st.integers(1, 5), st.dictionaries(st.integers(11, 16), st.sampled_from([P, L, A, E])))


@given(MARKS, st.integers(0, 4))
def test_counting_everybody_is_counting_each(marks, originals):
    sessions = [*map(Scheduled, range(1, originals + 1)), Scheduled(5, makes_up=2)]
    people = range(11, 17)
    each = [count(sessions, {pk: of[person] for pk, of in marks.items() if person in of}) for person in people]
    assert list(count_each(Timetable.of(sessions), marks, people)) == each


def test_the_first_five_of_ten_are_half_not_everything():
    half = count(TEN, dict.fromkeys(range(1, 6), P))
    assert (half.share, half.is_full) == (0.5, False)
    assert half.reachable(1.0)


@pytest.mark.parametrize(
    ("attendance", "required", "expected"),
    [
        pytest.param(Attendance(10, 5, 0, 5), 1.0, Prospect("on_track", 0, 0), id="nothing missed yet"),
        pytest.param(Attendance(10, 10), 1.0, Prospect("reached", 0, 0), id="all attended"),
        pytest.param(Attendance(10, 4, 0, 5, 1, 0, 1), 1.0, Prospect("at_risk", 0, 1), id="a make-up repairs it"),
        pytest.param(Attendance(10, 4, 0, 5, 1), 1.0, Prospect("out_of_reach", 0, 1), id="no make-up is offered"),
        pytest.param(
            Attendance(10, 3, 0, 5, 1, 1, 1), 1.0, Prospect("out_of_reach", 0, 2), id="one make-up for two absences"
        ),
        pytest.param(Attendance(10, 9, 1), 1.0, Prospect("reached", 0, 0), id="made up is as good"),
        pytest.param(Attendance(10, 4, 0, 5, 1), 0.8, Prospect("on_track", 1, 0), id="80 %: one more may be missed"),
        pytest.param(Attendance(10, 3, 0, 5, 2), 0.8, Prospect("on_track", 0, 0), id="80 %: no more may be missed"),
        pytest.param(Attendance(10, 2, 0, 5, 3), 0.8, Prospect("out_of_reach", 0, 1), id="80 %: three are too many"),
        pytest.param(Attendance(10, 8, 0, 2), 0.8, Prospect("reached", 2, 0), id="80 % reached early"),
        pytest.param(Attendance(), 1.0, Prospect("on_track", 0, 0), id="nothing scheduled shows nothing"),
    ],
)
def test_what_an_attendance_means(attendance, required, expected):
    assert prospect(attendance, required) == expected


@pytest.mark.parametrize(("scheduled", "share", "needed"), [(10, 1.0, 10), (10, 0.7, 7), (3, 0.8, 3), (0, 1.0, 0)])
def test_sessions_needed_are_rounded_up(scheduled, share, needed):
    assert sessions_needed(scheduled, share) == needed


NOTHING = Standing()
PRESENT_7 = Standing(7, P, None, 1)


@pytest.mark.parametrize(
    ("wish", "there", "circumstances", "code"),
    [
        pytest.param(Wish(P), NOTHING, {}, "marked", id="a first mark"),
        pytest.param(Wish(P, seen=0), NOTHING, {}, "marked", id="a first mark, none seen"),
        pytest.param(Wish("here"), NOTHING, {}, "unknown_value", id="no such mark"),
        pytest.param(Wish(P), NOTHING, {"is_oneself": True}, "oneself", id="nobody marks themselves"),
        pytest.param(Wish(P, seen=0), PRESENT_7, {}, "unchanged", id="a double click does it once"),
        pytest.param(Wish(A, seen=0), PRESENT_7, {}, "conflict", id="somebody else was faster"),
        pytest.param(Wish(A, seen=6), PRESENT_7, {}, "conflict", id="somebody else corrected meanwhile"),
        pytest.param(Wish(A, seen=7), PRESENT_7, {}, "marked", id="a correction of what was seen"),
        pytest.param(Wish(A), PRESENT_7, {}, "marked", id="a correction by who did not look"),
        pytest.param(Wish(A, seen=7), PRESENT_7, {"closed": True}, "reason_needed", id="closed: say why"),
        pytest.param(Wish(A, reason=" ", seen=7), PRESENT_7, {"closed": True}, "reason_needed", id="blanks are none"),
        pytest.param(Wish(A, reason="Mixed up", seen=7), PRESENT_7, {"closed": True}, "marked", id="closed, and why"),
        pytest.param(Wish(P), NOTHING, {"closed": True}, "marked", id="a first mark needs none, however late"),
        pytest.param(Wish(P), NOTHING, {"begun": False}, "too_early", id="not before the day"),
        pytest.param(Wish(E), NOTHING, {"begun": False}, "marked", id="but an excuse may come before"),
        pytest.param(Wish(P, minutes=450), Standing(7, P, 480), {}, "marked", id="other minutes are another mark"),
    ],
)
def test_what_a_mark_may_do(wish, there, circumstances, code):
    assert decide_mark(wish, there, **{"is_oneself": False, "closed": False, "begun": True, **circumstances}) == code


def test_a_register_closes_a_day_after_the_end():
    assert register_closes_at(datetime(2026, 3, 2, 16, tzinfo=UTC)) == datetime(2026, 3, 3, 16, tzinfo=UTC)
