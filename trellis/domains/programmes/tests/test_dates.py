"""Due dates, pauses and the moments of reminding, as tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.programmes.rules import (
    Change,
    Due,
    Facts,
    InLine,
    Intake,
    IntakeState,
    Node,
    NodeState,
    Span,
    Stage,
    Tick,
    Times,
    due_on,
    ends_on,
    may_tick,
    moment_of,
    node_standings,
    serve,
    why_not_change,
    why_not_resume,
    why_not_wait,
)
from trellis.domains.programmes.rules.definition import JOINING, Definition

START, JOINED = date(2026, 3, 2), date(2026, 2, 16)
NOTHING = Times()


def pause(from_on, days):
    return Change("pause", from_on, days)


@pytest.mark.parametrize(
    ("due", "times", "expected"),
    [
        pytest.param(Due(2, "weeks"), NOTHING, date(2026, 3, 16), id="weeks from the start"),
        pytest.param(Due(10, "days", JOINING), NOTHING, date(2026, 2, 26), id="days from joining"),
        pytest.param(Due(-7), NOTHING, date(2026, 2, 23), id="before the start"),
        pytest.param(None, NOTHING, None, id="no day at all"),
        pytest.param(Due(20), Times((pause(date(2026, 3, 9), 7),)), date(2026, 3, 29), id="moved by a pause before it"),
        pytest.param(Due(20), Times((pause(date(2026, 4, 9), 7),)), date(2026, 3, 22), id="not by one after it"),
        pytest.param(
            Due(20),
            Times((pause(date(2026, 3, 9), 7), pause(date(2026, 3, 25), 3))),
            date(2026, 4, 1),
            id="one pause moves it behind the next",
        ),
        pytest.param(
            Due(5), Times((Change("extension", date(2026, 5, 4), 28),)), date(2026, 4, 4), id="a later end moves all"
        ),
        pytest.param(Due(20), Times((pause(date(2026, 3, 9), 0),)), date(2026, 3, 22), id="ended on its first day"),
    ],
)
def test_a_date_is_counted_from_the_start_or_the_joining_and_moved_by_what_was_granted(due, times, expected):
    assert due_on(due, start=START, joined=JOINED, times=times) == expected


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=5), st.integers(0, 200), st.integers(0, 30)
)
def test_time_given_never_brings_a_date_forward_nor_changes_the_order(pauses, first, more):
    times = Times(tuple(pause(START + timedelta(days=a), n) for a, n in sorted(pauses)))
    one, two = START + timedelta(days=first), START + timedelta(days=first + more)
    assert one <= times.moved(one) <= times.moved(two)


def node(key, due, kind="task", owner="person"):
    return Node(key, key, kind, owner, due=due)


def programme(*nodes):
    stage = Stage("one", "One", 1, 26, nodes)
    return Definition("p", "P", "", True, 6, (), None, (stage,), (), ())


def states(definition, times, on, **more):
    found = node_standings(definition, Facts(times=times), start=START, joined=JOINED, on=on, **more)
    return {each.node.key: (each.state, each.late) for each in found}


def test_done_late_next_and_later_in_order():
    definition = programme(
        node("a", Due(0)), node("b", Due(7)), node("c", Due(14)), node("d", Due(21)), node("e", None)
    )
    ticked = Times(ticks={"a": Tick(START, 1)})
    assert states(definition, ticked, START + timedelta(days=10)) == {
        "a": (NodeState.DONE, 0),
        "b": (NodeState.LATE, 3),
        "c": (NodeState.NEXT, 0),
        "d": (NodeState.LATER, 0),
        "e": (NodeState.UNDATED, 0),
    }


def test_on_its_day_nothing_is_late_and_a_journey_that_is_through_has_everything_done():
    definition = programme(node("a", Due(7)))
    assert states(definition, NOTHING, START + timedelta(days=7)) == {"a": (NodeState.NEXT, 0)}
    assert states(definition, NOTHING, START + timedelta(days=99), completed=True) == {"a": (NodeState.DONE, 0)}


def test_those_alike_share_a_list_that_is_the_same_as_each_alone():
    definition = programme(node("a", Due(0)), node("b", Due(7)), node("c", Due(14, counts_from="joining")))
    on, known = START + timedelta(days=10), {}
    linh, thuy = NOTHING, Times(ticks={"a": Tick(START, 1)})
    minh, mai = Times((pause(START, 14),)), Times(ticks={"a": Tick(START, 2)})

    def found(times, joined=JOINED, **more):
        return node_standings(definition, Facts(times=times), start=START, joined=joined, on=on, **more)

    cases = [(times, joined) for times in (linh, thuy, minh, mai) for joined in (JOINED, START)]
    for times, joined in cases * 2:
        assert found(times, joined, known=known) == found(times, joined)
    assert len(known) == len(cases)
    assert found(Times(ticks={"a": Tick(START, 1)}), known=known) is found(thuy, known=known)


def test_six_months_end_with_the_last_week_and_later_with_a_pause():
    definition = programme()
    assert ends_on(definition, start=START, times=NOTHING) == date(2026, 8, 30)
    assert ends_on(definition, start=START, times=Times((pause(date(2026, 5, 4), 14),))) == date(2026, 9, 13)


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        pytest.param(-8, "", id="too early"),
        pytest.param(-7, "before-7", id="a week before"),
        pytest.param(-2, "before-7", id="nothing ran on the day itself"),
        pytest.param(-1, "before-1", id="the day before"),
        pytest.param(0, "before-1", id="on the day"),
        pytest.param(1, "after-0", id="the day after"),
        pytest.param(7, "after-0", id="a week is not over"),
        pytest.param(8, "after-1", id="a week later"),
        pytest.param(50, "after-7", id="the last time"),
        pytest.param(57, "", id="then it is the academy's to talk about"),
    ],
)
def test_one_is_reminded_before_the_day_after_and_then_weekly(days, moment):
    assert moment_of(START, on=START + timedelta(days=days)) == moment


@pytest.mark.parametrize(
    ("owner", "who", "may"),
    [
        pytest.param("person", {"is_own": True}, True, id="one's own"),
        pytest.param("teacher", {"is_own": True}, False, id="never another's about oneself"),
        pytest.param("teacher", {"roles": {"teacher"}}, True, id="the teacher"),
        pytest.param("holder", {"roles": {"teacher"}}, False, id="the teacher for the holder"),
        pytest.param("person", {"is_academy": True}, True, id="the academy for anybody"),
        pytest.param("academy", {"is_own": True, "is_academy": True}, False, id="the academy about itself"),
    ],
)
def test_who_may_tick(owner, who, may):
    assert may_tick(owner, **{"is_own": False, "is_academy": False, **who}) is may


@pytest.mark.parametrize(
    ("span", "more", "code"),
    [
        pytest.param(("pause", date(2026, 3, 9), date(2026, 3, 22)), {}, "", id="two weeks"),
        pytest.param(("pause", date(2026, 3, 9), date(2026, 3, 8)), {}, "ends_before", id="backwards"),
        pytest.param(("pause", date(2026, 3, 9), date(2027, 3, 20)), {}, "too_long", id="more than a year"),
        pytest.param(("pause", date(2025, 11, 9), date(2026, 3, 20)), {}, "too_old", id="long ago"),
        pytest.param(("extension", date(2026, 3, 2), date(2026, 9, 27)), {}, "", id="four weeks more"),
        pytest.param(("extension", date(2026, 3, 2), date(2026, 8, 30)), {}, "ends_before", id="the end as it is"),
        pytest.param(("pause", date(2026, 3, 9), date(2026, 3, 22)), {"has_ended": True}, "ended", id="it is over"),
        pytest.param(("pause", date(2026, 3, 9), date(2026, 3, 22)), {"waits": True}, "asked_already", id="asked"),
        pytest.param(("pause", date(2026, 4, 9), date(2026, 4, 22)), {}, "overlaps", id="two pauses at once"),
    ],
)
def test_what_time_can_be_had(span, more, code):
    times = Times((pause(date(2026, 4, 20), 7),))
    asked = {"has_ended": False, "waits": False, **more}
    assert why_not_change(Span(*span, date(2026, 8, 30)), times, on=START, **asked) == code


def intake(left=1, **days):
    known = {"starts_on": START, "ends_on": START + timedelta(weeks=26), "join_from": None, "join_until": START}
    return Intake(**{**known, **days}, places_left=left)


@pytest.mark.parametrize(
    ("door", "on", "state"),
    [
        pytest.param(intake(), -10, IntakeState.OPEN, id="open"),
        pytest.param(intake(0), -10, IntakeState.FULL, id="full"),
        pytest.param(intake(join_from=START), -10, IntakeState.ANNOUNCED, id="opens later"),
        pytest.param(intake(join_until=START - timedelta(days=12)), -10, IntakeState.CLOSED, id="closed, not begun"),
        pytest.param(intake(), 10, IntakeState.RUNNING, id="running"),
        pytest.param(intake(join_until=START + timedelta(days=20)), 10, IntakeState.OPEN, id="open after its start"),
        pytest.param(intake(), 200, IntakeState.FINISHED, id="finished"),
    ],
)
def test_what_can_be_said_of_a_cohort(door, on, state):
    assert door.state(START + timedelta(days=on)) is state


def test_a_free_place_is_offered_to_the_first_for_three_days_and_then_to_the_next():
    on = START - timedelta(days=10)
    first = serve([InLine(1), InLine(2), InLine(3)], intake(), free=1, on=on)
    assert (first.offered, first.answer_by) == ((1,), on + timedelta(days=3))
    held = serve([InLine(1, first.answer_by), InLine(2), InLine(3)], intake(), free=1, on=first.answer_by)
    assert (held.offered, held.lapsed) == ((), ())
    after = serve([InLine(1, first.answer_by), InLine(2)], intake(), free=1, on=first.answer_by + timedelta(days=1))
    assert (after.offered, after.lapsed) == ((2,), (1,))


def test_nothing_is_offered_beyond_the_start_and_who_waits_then_goes_home():
    assert serve([InLine(1)], intake(), free=1, on=START).answer_by == START
    assert serve([InLine(1), InLine(2)], intake(), free=1, on=START + timedelta(days=1)).closed == (1, 2)


@given(st.lists(st.one_of(st.none(), st.integers(-3, 5)), max_size=8), st.integers(-2, 6))
def test_no_more_is_offered_than_there_are_free_places(line, free):
    on = START - timedelta(days=20)
    waiting = [InLine(n, None if a is None else on + timedelta(days=a)) for n, a in enumerate(line)]
    held = sum(1 for each in waiting if each.answer_by and each.answer_by >= on)
    assert len(serve(waiting, intake(), free=free, on=on).offered) <= max(0, free - held)


@pytest.mark.parametrize(
    ("door", "code"),
    [
        pytest.param(intake(0, join_until=START + timedelta(days=9)), "", id="full"),
        pytest.param(intake(1, join_until=START + timedelta(days=9)), "places_left", id="there is a place"),
        pytest.param(intake(0, join_from=START + timedelta(days=9)), "not_open_yet", id="opens later"),
        pytest.param(intake(0, join_until=START - timedelta(days=9)), "closed", id="over"),
    ],
)
def test_on_a_waiting_list_goes_who_finds_no_place(door, code):
    assert why_not_wait(door, by_oneself=True, on=START) == code
    assert why_not_wait(door, by_oneself=False, on=START) == "only_oneself"


@pytest.mark.parametrize(
    ("door", "on", "code"),
    [
        pytest.param(intake(1), 30, "", id="it runs"),
        pytest.param(intake(0), 30, "", id="it runs, and nobody else can take the place"),
        pytest.param(intake(0), -3, "full", id="the place went to somebody"),
        pytest.param(intake(1), 300, "cohort_over", id="it is over"),
        pytest.param(None, 300, "", id="no cohort"),
    ],
)
def test_who_left_may_come_back(door, on, code):
    asked = {"by_oneself": True, "employed": True, "under_way": False}
    assert why_not_resume(**asked, intake=door, on=START + timedelta(days=on)) == code
    assert why_not_resume(**{**asked, "under_way": True}, intake=door, on=START) == "under_way"
    assert why_not_resume(**{**asked, "employed": False}, intake=door, on=START) == "not_employed"
    assert why_not_resume(**{**asked, "by_oneself": False}, intake=door, on=START) == "only_oneself"
