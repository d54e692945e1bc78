"""Six whole days of eight hours beside somebody who holds the position then."""

from datetime import date, timedelta

import pytest

from trellis.domains.mentoring.rules import DayBeside, count_days, decide_plan

TODAY = date(2026, 3, 2)
MINH = 7


def days(*minutes, mark="present", held=True):
    """Consecutive days in February with so many minutes each."""
    first = date(2026, 2, 2)
    return [DayBeside(first + timedelta(days=n), spent, mark, MINH, held, day_id=n) for n, spent in enumerate(minutes)]


@pytest.mark.parametrize(
    ("spent", "counted", "is_met"),
    [
        pytest.param(days(*[480] * 6), 6, True, id="six days of 8 hours"),
        pytest.param(days(*[576] * 5), 5, False, id="48 hours in five days"),
        pytest.param(days(480, 480, 480, 480, 480, 474), 5, False, id="47.9 hours in six days"),
        pytest.param(days(480, 480, 480, 480, 480, 450), 5, False, id="one day of 7.5 hours"),
        pytest.param(days(510, 510, 510, 510, 510, 450), 5, False, id="a 7.5-hour day is not saved by long ones"),
        pytest.param(days(*[480] * 5) + days(*[480] * 6, held=False)[5:], 5, False, id="one beside no holder"),
        pytest.param(days(*[480] * 6, held=False), 0, False, id="all beside somebody who did not hold it then"),
        pytest.param(days(*[480] * 5) + days(*[480] * 6, mark="excused")[5:], 5, False, id="one excused"),
        pytest.param(
            days(*[480] * 5) + days(*[480] * 7, mark="excused")[5:6] + days(*[480] * 7)[6:],
            6,
            True,
            id="one excused, and a make-up day",
        ),
        pytest.param(days(*[480] * 5) + days(*[480] * 6, mark="absent")[5:], 5, False, id="one absent"),
        pytest.param(days(*[480] * 5) + days(480), 5, False, id="the same day twice counts once"),
        pytest.param(days(*[480] * 6, mark="late"), 6, True, id="late, but eight hours all the same"),
        pytest.param([], 0, False, id="none"),
    ],
)
def test_whole_days_beside_a_holder_count(spent, counted, is_met):
    count = count_days(spent, on=TODAY)
    assert (count.counted, count.is_met) == (counted, is_met)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (DayBeside(date(2026, 2, 2), 480, "present", MINH, True), "counted"),
        (DayBeside(date(2026, 2, 2), 450, "present", MINH, True), "too_short"),
        (DayBeside(date(2026, 2, 2), 480, "present", MINH, False), "not_a_holder"),
        (DayBeside(date(2026, 2, 2), None, "absent", MINH, True), "absent"),
        (DayBeside(date(2026, 2, 2), None, "excused", MINH, True), "excused"),
        (DayBeside(date(2026, 2, 2), None, None, MINH, True), "unconfirmed"),
        (DayBeside(date(2026, 2, 2), 480, "present", MINH, True, signed=False), "unsigned"),
        (DayBeside(date(2026, 2, 2), 450, "present", MINH, True, signed=False), "too_short"),
        (DayBeside(date(2026, 2, 2), None, "absent", MINH, True, signed=False), "absent"),
        (DayBeside(TODAY, None, None, MINH, True), "planned"),
        (DayBeside(date(2026, 3, 9), None, None, MINH, True), "planned"),
    ],
)
def test_each_day_has_its_reason(day, code):
    assert [d.code for d in count_days([day], on=TODAY).days] == [code]


def test_the_second_of_two_on_one_day_says_so():
    assert [d.code for d in count_days(days(480) + days(480), on=TODAY).days] == ["counted", "same_day_twice"]


def test_what_is_left_to_plan_and_what_waits():
    planned = DayBeside(date(2026, 3, 5), None, None, MINH, True)
    waiting = DayBeside(date(2026, 2, 20), None, None, MINH, True)
    count = count_days([*days(480, 480, 450), planned, waiting], on=TODAY)
    assert (count.counted, count.planned, count.left, count.waiting_since) == (2, 1, 2, date(2026, 2, 20))


@pytest.mark.parametrize(
    ("circumstances", "code"),
    [
        ({}, "planned"),
        ({"on": TODAY}, "planned"),
        ({"on": date(2026, 3, 1)}, "in_past"),
        ({"is_same_person": True}, "same_person"),
        ({"holds": False}, "not_a_holder"),
    ],
)
def test_what_can_be_planned(circumstances, code):
    usual = {"is_same_person": False, "on": date(2026, 3, 9), "today": TODAY, "holds": True}
    assert decide_plan(**{**usual, **circumstances}) == code
