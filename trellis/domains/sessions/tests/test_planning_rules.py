from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.sessions.rules import (
    Busy,
    Clash,
    Days,
    Pattern,
    Seats,
    Work,
    at_work,
    clashes,
    days_of,
    decide_booking,
    moving_up,
    outside_hours,
    overlap,
    unresolved,
)

MONDAY = date(2026, 3, 2)
WEEKENDS, MONDAYS, TUESDAYS_AND_THURSDAYS = frozenset({5, 6}), frozenset({0}), frozenset({1, 3})


def on(day: int, begins: float, until: float, **more) -> Busy:
    midnight = datetime(2026, 3, day, tzinfo=UTC)
    starts, ends = midnight + timedelta(hours=begins), midnight + timedelta(hours=until)
    return Busy(more.pop("id", 1), starts, ends, **more)


@pytest.mark.parametrize(
    ("pattern", "days"),
    [
        pytest.param(Pattern(MONDAY, MONDAYS, number=3), ["03-02", "03-09", "03-16"], id="three Mondays"),
        pytest.param(Pattern(MONDAY, TUESDAYS_AND_THURSDAYS, number=3), ["03-03", "03-05", "03-10"], id="twice a week"),
        pytest.param(Pattern(MONDAY, MONDAYS, until=date(2026, 3, 16)), ["03-02", "03-09", "03-16"], id="until a day"),
        pytest.param(
            Pattern(MONDAY, MONDAYS, number=5, until=date(2026, 3, 10)), ["03-02", "03-09"], id="the earlier of both"
        ),
        pytest.param(
            Pattern(MONDAY, MONDAYS, number=2, skip=frozenset({date(2026, 3, 9)})),
            ["03-02", "03-16"],
            id="a holiday is made up for at the end",
        ),
    ],
)
def test_the_days_of_a_series(pattern, days):
    assert [f"{day:%m-%d}" for day in days_of(pattern).days] == days


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (Pattern(MONDAY, frozenset(), number=3), "no_weekday"),
        (Pattern(MONDAY, MONDAYS), "no_end"),
        (Pattern(MONDAY, MONDAYS, until=date(2026, 3, 1)), "ends_before"),
        (Pattern(MONDAY, MONDAYS, number=400), "too_many"),
        (Pattern(MONDAY, frozenset(range(7)), until=date(2027, 3, 2)), "too_many"),
        (Pattern(MONDAY, WEEKENDS, until=date(2026, 3, 6)), "none_left"),
        (Pattern(MONDAY, MONDAYS, until=MONDAY, skip=frozenset({MONDAY})), "none_left"),
    ],
)
def test_what_is_wrong_with_a_series(pattern, fault):
    assert days_of(pattern) == Days(fault=fault)


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(1, 100), st.sets(st.dates(MONDAY, date(2026, 12, 31))))
def test_a_series_has_its_number_of_days_on_its_weekdays_and_none_skipped(weekdays, number, skip):
    days = days_of(Pattern(MONDAY, frozenset(weekdays), number=number, skip=frozenset(skip))).days
    assert len(days) == number == len(set(days))
    assert {day.weekday() for day in days} <= weekdays
    assert not set(days) & skip


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        pytest.param(on(2, 8, 9), False, id="before"),
        pytest.param(on(2, 8, 10), False, id="ends as it begins"),
        pytest.param(on(2, 8, 10.5), True, id="runs into it"),
        pytest.param(on(2, 10, 12), True, id="at the same time"),
        pytest.param(on(2, 10.5, 11), True, id="within it"),
        pytest.param(on(2, 8, 20), True, id="around it"),
        pytest.param(on(2, 12, 14), False, id="begins as it ends"),
        pytest.param(on(3, 10, 12), False, id="another day"),
    ],
)
def test_what_overlaps_from_ten_to_twelve(other, shares):
    assert overlap(on(2, 10, 12), other) is shares
    assert overlap(other, on(2, 10, 12)) is shares


ROOM, MAI, LINH, NAM = 7, 11, 12, 13


@pytest.mark.parametrize(
    ("taken", "found"),
    [
        pytest.param(on(2, 11, 13, room=ROOM), [Clash("room", -1, 1)], id="the room is taken"),
        pytest.param(on(2, 11, 13, room=8), [], id="another room"),
        pytest.param(on(2, 12, 13, room=ROOM), [], id="the room is free again"),
        pytest.param(on(2, 9, 11, hosts=frozenset({MAI})), [Clash("host", -1, 1, (MAI,))], id="Mai hosts elsewhere"),
        pytest.param(
            on(2, 9, 11, people=frozenset({LINH, NAM})), [Clash("person", -1, 1, (LINH,))], id="Linh is elsewhere"
        ),
        pytest.param(on(2, 9, 11, hosts=frozenset({LINH})), [Clash("person", -1, 1, (LINH,))], id="Linh hosts"),
        pytest.param(
            on(2, 9, 11, room=ROOM, hosts=frozenset({MAI}), people=frozenset({LINH})),
            [Clash("room", -1, 1), Clash("host", -1, 1, (MAI,)), Clash("person", -1, 1, (LINH,))],
            id="all of it",
        ),
    ],
)
def test_what_a_session_of_mai_for_linh_clashes_with(taken, found):
    plan = on(2, 10, 12, id=-1, room=ROOM, hosts=frozenset({MAI}), people=frozenset({LINH}))
    assert list(clashes([plan], [taken])) == found


def test_a_plan_clashes_with_itself_in_both_places():
    plan = [on(2, 10, 12, id=-1, room=ROOM), on(2, 11, 12, id=-2, room=ROOM), on(3, 11, 12, id=-3, room=ROOM)]
    assert clashes(plan, []) == (Clash("room", -1, -2), Clash("room", -2, -1))


def test_a_room_too_small_says_by_how_many():
    assert clashes([on(2, 10, 12, id=-1, room=ROOM, seats=30, holds=24)], []) == (Clash("overbooked", -1, over=6),)
    assert clashes([on(2, 10, 12, id=-1, room=ROOM, seats=24, holds=24)], []) == ()


def test_over_midnight_it_still_clashes():
    night = on(2, 22, 26, id=1, room=ROOM)
    assert clashes([on(3, 1, 3, id=-1, room=ROOM)], [night]) == (Clash("room", -1, 1),)


times = st.tuples(st.integers(2, 5), st.integers(0, 23), st.integers(1, 30))


@given(st.lists(times, max_size=8), st.lists(times, max_size=8))
def test_the_rooms_found_are_those_that_overlap(planned, taken):
    plan = [on(d, h, h + n, id=-i, room=ROOM) for i, (d, h, n) in enumerate(planned, start=1)]
    there = [on(d, h, h + n, id=i, room=ROOM) for i, (d, h, n) in enumerate(taken, start=1)]
    by_hand = {(p.id, o.id) for p in plan for o in [*there, *plan] if o.id != p.id and overlap(p, o)}
    assert {(c.planned, c.other) for c in clashes(plan, there)} == by_hand


EARLY = Work(frozenset(range(5)), time(6), time(14))
NIGHT = Work(frozenset({4}), time(22), time(6))


@pytest.mark.parametrize(
    ("work", "busy", "works"),
    [
        pytest.param(EARLY, on(2, 9, 11), True, id="in the morning"),
        pytest.param(EARLY, on(2, 13, 15), False, id="beyond the end"),
        pytest.param(EARLY, on(7, 9, 11), False, id="on Saturday"),
        pytest.param(NIGHT, on(6, 23, 25), True, id="Friday night over midnight"),
        pytest.param(NIGHT, on(7, 1, 3), True, id="Saturday before dawn belongs to Friday"),
        pytest.param(NIGHT, on(6, 1, 3), False, id="Friday before dawn belongs to Thursday"),
    ],
)
def test_who_is_at_work(work, busy, works):
    assert at_work(work, busy.starts, busy.ends) is works


def test_who_has_no_shift_is_not_asked_for():
    plan = on(2, 15, 17, id=-1, people=frozenset({LINH, NAM}), hosts=frozenset({MAI}))
    assert outside_hours([plan], {LINH: EARLY, MAI: EARLY}) == (Clash("hours", -1, who=(MAI, LINH)),)


def test_a_reason_keeps_what_is_refused_and_warnings_never_stand_in_the_way():
    room, person = Clash("room", -1, 1), Clash("person", -1, 1, (LINH,))
    assert unresolved([room, person], "") == unresolved([room, person], "  ") == (room,)
    assert unresolved([room, person], "The other one is moved") == ()
    assert unresolved([person], "") == ()


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("seats", "code", "turn"),
    [
        pytest.param(Seats(None), "not_open", 0, id="nobody books here"),
        pytest.param(Seats(2, frozenset({NAM}), closes=LATER), "booked", 0, id="a place is left"),
        pytest.param(Seats(1, frozenset({NAM}), closes=LATER), "waiting", 1, id="full"),
        pytest.param(Seats(1, frozenset({NAM}), (MAI,), LATER), "waiting", 2, id="somebody waits already"),
        pytest.param(Seats(2, frozenset({NAM}), (MAI,), LATER), "waiting", 2, id="nobody goes past the queue"),
        pytest.param(Seats(1, frozenset({LINH}), closes=NOON - timedelta(1)), "already", 0, id="has a place, late too"),
        pytest.param(Seats(1, frozenset({NAM}), (MAI, LINH), LATER), "already_waiting", 2, id="waits as second"),
        pytest.param(Seats(2, closes=NOON), "booked", 0, id="at the very last moment"),
        pytest.param(Seats(2, closes=NOON - timedelta(minutes=1)), "over", 0, id="a minute too late"),
        pytest.param(Seats(2, closes=LATER, cancelled=True), "cancelled", 0, id="cancelled"),
    ],
)
def test_linh_asks_for_a_place(seats, code, turn):
    outcome = decide_booking(seats, LINH, now=NOON)
    assert (outcome.code, outcome.turn) == (code, turn)


def test_a_make_up_is_for_who_missed_the_session():
    assert decide_booking(Seats(2, closes=LATER), LINH, now=NOON, concerned=False).code == "not_concerned"


@given(st.integers(0, 9), st.integers(0, 9), st.lists(st.integers(1, 99), unique=True))
def test_the_first_move_up_and_never_more_than_there_are_places(places, taken, queue):
    lucky = moving_up(places, taken, queue)
    assert list(lucky) == queue[: len(lucky)]
    assert taken + len(lucky) <= max(places, taken)
    assert len(lucky) == min(len(queue), max(0, places - taken))
