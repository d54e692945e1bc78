"""Where somebody stands before a gate, as tables (methods.md, "Gates and attendance")."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from trellis.domains.learning.rules import CourseStanding
from trellis.domains.mentoring.rules import DayBeside
from trellis.domains.programmes.rules import (
    Facts,
    ReviewFact,
    State,
    WaiverFact,
    combine,
    evaluate,
    most_pressing,
    read_definition,
    write_definition,
)
from trellis.domains.sessions.rules import Attendance

ON = date(2026, 3, 2)
LAST_WEEK = ON - timedelta(days=7)
NEXT_STEP: dict[str, Any] = {
    "code": "next-step",
    "name": {"en": "Next Step", "zh-hans": "下一步"},
    "months": 6,
    "bonus": {"amount": 3000000, "currency": "VND"},
    "stages": [
        {"key": "courses", "name": "Courses", "from_week": 1, "to_week": 17},
        {
            "key": "mentorship",
            "name": "Mentorship",
            "from_week": 18,
            "to_week": 22,
            "nodes": [{"key": "six", "name": "Six days", "kind": "days", "owner": "person", "week": 18}],
        },
    ],
    "tracks": [{"position": "team-leader", "pathway": "production", "courses": ["leadership"]}],
    "gates": [
        {
            "key": "ready",
            "name": "Ready",
            "opens": "mentorship",
            "requires": {"courses": {"attendance": 100, "passed": True}},
        },
        {
            "key": "graduation",
            "name": "Graduation",
            "opens": "certificate",
            "requires": {
                "all_of": [
                    {"days_beside_holder": {"days": 6, "hours": 8}},
                    {"approval": {"by": "academy", "key": "review"}},
                ]
            },
        },
    ],
}
FULL = Attendance(scheduled=10, attended=10)
PASSED = CourseStanding(1, 5, True, FULL, Decimal(80), True, (7,))


def next_step(**changes):
    definition, faults = read_definition({**NEXT_STEP, **changes})
    assert not faults
    return definition


def days(*minutes, held=True, mark="present", start=LAST_WEEK - timedelta(days=20)):
    return tuple(DayBeside(start + timedelta(days=i), m, mark, 9, held) for i, m in enumerate(minutes))


def standing(course=PASSED, beside=(), reviews=(), waivers=None, on=ON):
    facts = Facts("team-leader", {"leadership": course} if course else {}, beside, {}, reviews, waivers or {})
    return evaluate(next_step(), facts, on=on)


def requirement(key, **facts):
    return next(r for r in standing(**facts).requirements if r.key == key)


def attended(**numbers):
    return replace(PASSED, attendance=Attendance(**numbers))


@pytest.mark.parametrize(
    ("course", "state", "reason"),
    [
        pytest.param(None, "todo", "not_enrolled", id="not in any offering"),
        pytest.param(replace(PASSED, attendance=None), "waiting", "nothing_scheduled", id="no session planned yet"),
        pytest.param(attended(scheduled=10, attended=10), "met", "attended", id="all ten"),
        pytest.param(
            attended(scheduled=10, attended=5, open=5), "todo", "sessions_to_come", id="the first five of ten"
        ),
        pytest.param(
            replace(attended(scheduled=10, attended=9, open=1), over_since=LAST_WEEK),
            "waiting",
            "register_open",
            id="the run is over, and the teacher has not marked one session",
        ),
        pytest.param(attended(scheduled=10, attended=9, missed=1), "out_of_reach", "too_many_missed", id="one missed"),
        pytest.param(
            attended(scheduled=10, attended=9, missed=1, repairable=1),
            "at_risk",
            "needs_make_up",
            id="make-up offered",
        ),
        pytest.param(attended(scheduled=10, attended=9, made_up=1), "met", "attended", id="made up"),
        pytest.param(
            attended(scheduled=10, attended=9, excused=1),
            "out_of_reach",
            "too_many_missed",
            id="excused, not made up",
        ),
    ],
)
def test_attendance_is_over_every_scheduled_session(course, state, reason):
    found = requirement("attendance:leadership", course=course)
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize(
    ("percent", "numbers", "state"),
    [
        pytest.param(80, {"scheduled": 10, "attended": 8, "missed": 2}, "met", id="80 of 80"),
        pytest.param(80, {"scheduled": 10, "attended": 7, "missed": 2, "open": 1}, "todo", id="the last one decides"),
        pytest.param(80, {"scheduled": 10, "attended": 5, "missed": 3, "open": 2}, "out_of_reach", id="three of ten"),
        pytest.param(70, {"scheduled": 10, "attended": 7, "missed": 3}, "met", id="70 percent of 10 is 7"),
    ],
)
def test_less_than_all_may_be_asked(percent, numbers, state):
    gates = [
        {
            "key": "g",
            "name": "g",
            "opens": "certificate",
            "requires": {"attendance": {"course": "leadership", "percent": percent}},
        }
    ]
    facts = Facts("team-leader", {"leadership": attended(**numbers)})
    assert evaluate(next_step(gates=gates), facts, on=ON).state == state


@pytest.mark.parametrize(
    ("course", "state", "reason"),
    [
        pytest.param(PASSED, "met", "passed", id="passed"),
        pytest.param(replace(PASSED, passed=False, score=Decimal(60)), "at_risk", "failed", id="failed"),
        pytest.param(
            replace(PASSED, passed=False, score=Decimal(60), no_more_tries=True),
            "out_of_reach",
            "no_tries_left",
            id="failed for the last time",
        ),
        pytest.param(
            replace(PASSED, passed=None, score=None, no_more_tries=True),
            "out_of_reach",
            "part_lost",
            id="a part failed for the last time before another was tried",
        ),
        pytest.param(
            replace(PASSED, passed=None, waiting_since=LAST_WEEK), "waiting", "waiting_for_grade", id="not graded yet"
        ),
        pytest.param(replace(PASSED, passed=None), "todo", "under_way", id="still going on"),
        pytest.param(replace(PASSED, enrolled=False, passed=None), "todo", "not_enrolled", id="not enrolled"),
    ],
)
def test_a_course_is_passed_or_it_is_said_who_is_waited_for(course, state, reason):
    found = requirement("passed:leadership", course=course)
    assert (found.state, found.reason) == (state, reason)
    if state == "waiting":
        assert (found.waiting_for_people, found.since) == ((7,), LAST_WEEK)


@pytest.mark.parametrize(
    ("beside", "state", "counted"),
    [
        pytest.param(days(480, 480, 480, 480, 480, 480), "met", 6, id="six days of 8 hours"),
        pytest.param(days(576, 576, 576, 576, 576), "todo", 5, id="48 hours in five days"),
        pytest.param(days(480, 480, 480, 480, 480, 474), "at_risk", 5, id="47.9 hours"),
        pytest.param(days(600, 600, 600, 600, 600, 450), "at_risk", 5, id="a day of 7.5 hours"),
        pytest.param(
            days(480, 480, 480, 480, 480) + days(480, held=False, start=LAST_WEEK),
            "at_risk",
            5,
            id="a day beside somebody who did not hold the position then",
        ),
        pytest.param(
            days(480, 480, 480, 480, 480) + days(None, mark="excused", start=LAST_WEEK), "at_risk", 5, id="excused"
        ),
        pytest.param(
            days(480, 480, 480, 480, 480) + days(None, mark="excused", start=LAST_WEEK) + days(480, start=ON),
            "met",
            6,
            id="excused, and another day instead",
        ),
        pytest.param(
            days(480, 480, 480, 480, 480) + days(None, mark=None, start=LAST_WEEK), "waiting", 5, id="not confirmed"
        ),
        pytest.param(days(480, 480, 480, 480, 480) + days(None, mark=None, start=ON), "todo", 5, id="planned"),
    ],
)
def test_six_whole_days_beside_a_holder(beside, state, counted):
    found = requirement("days", beside=beside)
    assert (found.state, found.numbers["counted"]) == (state, counted)


SIX = days(480, 480, 480, 480, 480, 480)


@pytest.mark.parametrize(
    ("facts", "state", "reason"),
    [
        pytest.param({}, "not_open", "after_the_rest", id="while the days are missing"),
        pytest.param({"beside": SIX}, "todo", "ready_to_ask", id="all the rest is met"),
        pytest.param(
            {"beside": SIX, "reviews": (ReviewFact("review", "asked", ON),)}, "waiting", "review_asked", id="asked"
        ),
        pytest.param(
            {"beside": SIX, "reviews": (ReviewFact("review", "returned", ON, ON, 8, "Minutes?"),)},
            "todo",
            "returned",
            id="returned with a reason",
        ),
        pytest.param(
            {"beside": SIX, "reviews": (ReviewFact("review", "approved", ON, ON, 8),)}, "met", "approved", id="approved"
        ),
    ],
)
def test_an_approval_comes_last(facts, state, reason):
    found = requirement("approval:review", **facts)
    assert (found.state, found.reason) == (state, reason)


def test_approved_with_all_the_rest_opens_the_certificate():
    done = standing(beside=SIX, reviews=(ReviewFact("review", "approved", ON, ON, 8),))
    assert done.is_complete
    assert done.state == State.MET


def test_a_later_gate_waits_for_the_one_before():
    found = standing(course=replace(PASSED, passed=None))
    assert [gate.is_open for gate in found.gates] == [False, False]
    assert next(r for r in found.requirements if r.key == "days").state == State.NOT_OPEN


def test_what_is_out_of_reach_puts_the_whole_out_of_reach():
    found = standing(course=attended(scheduled=10, attended=9, missed=1))
    assert found.state == State.OUT_OF_REACH
    assert most_pressing(found).key == "attendance:leadership"


def test_a_waiver_says_by_whom_and_why():
    lost = attended(scheduled=10, attended=9, missed=1)
    found = requirement(
        "attendance:leadership", course=lost, waivers={"attendance:leadership": WaiverFact(3, ON, "Fire alarm")}
    )
    assert (found.state, found.decided_by, found.note) == (State.WAIVED, 3, "Fire alarm")
    assert standing(course=lost, waivers={"attendance:leadership": WaiverFact(3, ON, "x")}).gates[0].is_open


def test_a_gate_gone_through_stays_open():
    facts = Facts("team-leader", {}, passed=frozenset({"ready"}))
    assert evaluate(next_step(), facts, on=ON).gates[0].is_open


UNAVAILABLE = [
    {"agreement_signed": "contract"},
    {"points_held": {"points": 60}},
    {"survey_answered": "month-1"},
    {"case_published": 1},
]


@pytest.mark.parametrize("leaf", UNAVAILABLE, ids=lambda leaf: next(iter(leaf)))
def test_what_cannot_be_looked_at_yet_is_neither_met_nor_hers_to_do(leaf):
    def gate(requires):
        definition = next_step(gates=[{"key": "g", "name": "g", "opens": "certificate", "requires": requires}])
        return evaluate(definition, Facts("team-leader", {"leadership": PASSED}), on=ON)

    alone = gate(leaf)
    [asked] = alone.requirements
    assert (asked.state, asked.reason, asked.todo) == (State.NOT_OPEN, "not_available_yet", "")
    assert not alone.is_complete
    assert most_pressing(alone) is None
    assert not gate({"all_of": [leaf, {"course_passed": "leadership"}]}).is_complete
    assert gate({"any_of": [leaf, {"course_passed": "leadership"}]}).is_complete


MET, WAITING, TODO, RISK, OUT, WAIVED, SHUT = (
    State(s) for s in ("met", "waiting", "todo", "at_risk", "out_of_reach", "waived", "not_open")
)


@pytest.mark.parametrize(
    ("n", "parts", "together"),
    [
        pytest.param(None, [], MET, id="nothing asked"),
        pytest.param(None, [MET, MET], MET, id="all met"),
        pytest.param(None, [MET, WAIVED], MET, id="one waived"),
        pytest.param(None, [WAIVED], WAIVED, id="all waived"),
        pytest.param(None, [MET, WAITING], WAITING, id="one waits"),
        pytest.param(None, [WAITING, TODO], TODO, id="to do presses more than waiting"),
        pytest.param(None, [TODO, RISK], RISK, id="at risk presses more than to do"),
        pytest.param(None, [RISK, OUT], OUT, id="one out of reach"),
        pytest.param(None, [SHUT, TODO], TODO, id="something can be done"),
        pytest.param(1, [OUT, TODO], TODO, id="another way is left"),
        pytest.param(1, [OUT, OUT], OUT, id="no way is left"),
        pytest.param(1, [RISK, MET], MET, id="one is enough"),
        pytest.param(2, [MET, OUT, WAITING], WAITING, id="two of three, one waits"),
        pytest.param(2, [MET, OUT, OUT], OUT, id="two of three, one possible"),
    ],
)
def test_parts_together(n, parts, together):
    assert combine(parts, n) == together


def test_a_definition_comes_out_as_it_went_in():
    definition = next_step()
    again, faults = read_definition(write_definition(definition))
    assert (again, faults) == (definition, ())


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        pytest.param({"code": None}, (), "missing", id="no code"),
        pytest.param({"colour": "jade"}, ("colour",), "unknown_key", id="an unknown key"),
        pytest.param({"months": "six"}, ("months",), "not_a_number", id="months in words"),
        pytest.param({"voluntary": "yes"}, ("voluntary",), "not_yes_or_no", id="yes as a text"),
        pytest.param({"tracks": {}}, ("tracks",), "not_a_list", id="no list"),
        pytest.param(
            {"gates": [{**NEXT_STEP["gates"][1], "requires": {"luck": 1}}]},
            ("gates", 0, "requires", "luck"),
            "unknown_requirement",
            id="an unknown leaf",
        ),
        pytest.param(
            {"gates": [{**NEXT_STEP["gates"][1], "requires": {"at_least": {"n": 3, "of": [{"course_passed": "a"}]}}}]},
            ("gates", 0, "requires", "at_least", "n"),
            "more_than_there_are",
            id="three of one",
        ),
        pytest.param({"gates": NEXT_STEP["gates"][:1]}, ("gates", 0), "last_gate_opens_certificate", id="no way out"),
        pytest.param({"stages": NEXT_STEP["stages"][:1] * 2}, ("stages", 1, "key"), "twice", id="a stage twice"),
    ],
)
def test_a_fault_is_told_with_its_place(changes, path, code):
    definition, faults = read_definition({**NEXT_STEP, **changes})
    assert definition is None
    assert (path, code) in [(fault.path, fault.code) for fault in faults]


def test_all_faults_are_told_at_once():
    _none, faults = read_definition({"colour": 1, "months": "six", "stages": [{}], "gates": []})
    assert len(faults) >= 6
