"""Assessments, attempts and what they make together."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.learning.rules import (
    EXCUSED,
    GRADED,
    MISSED,
    Criterion,
    Desk,
    Grade,
    Level,
    Part,
    Scheme,
    Try,
    Verdict,
    counting,
    decide_grade,
    decide_resit,
    next_try,
    no_way_left,
    read_scheme,
    rubric_score,
    verdict,
    write_scheme,
)

TODAY, LATER = date(2026, 3, 2), date(2026, 3, 16)
TEST, TALK = Part("test", {"en": "Test"}, "written", 40), Part("talk", {"en": "Talk"}, "oral", 60, pass_mark=50)
SCHEME = Scheme((TEST, TALK), allowed=2, wait_days=7, counts="best")


def sat(part, score=None, number=1, state=None, on=TODAY, pk=7, **more):
    """An attempt; without a score it was missed."""
    given_state = state or (GRADED if score is not None else MISSED)
    return Try(pk, part, number, given_state, None if score is None else Decimal(score), on, **more)


class TestVerdict:
    @pytest.mark.parametrize(
        ("tries", "result"),
        [
            pytest.param([sat("test", 80)], None, id="a part is still open"),
            pytest.param([sat("test", 80), sat("talk", 70)], Verdict(Decimal("74.0"), True), id="by their weights"),
            pytest.param(
                [sat("test", 100), sat("talk", 49)],
                Verdict(Decimal("69.4"), False, short=("talk",)),
                id="short of the mark of one part, though the mean reaches 65",
            ),
            pytest.param([sat("test", 60), sat("talk", 60)], Verdict(Decimal("60.0"), False), id="below the mark"),
            pytest.param(
                [sat("test", 80), sat("talk")],
                Verdict(Decimal("32.0"), False, missed=True, short=("talk",)),
                id="a part never sat is missed, not failed",
            ),
            pytest.param([sat("test", 80), sat("talk", state=EXCUSED)], None, id="excused leaves it open"),
            pytest.param(
                [sat("test", 80), sat("talk", 40), sat("talk", 70, 2)],
                Verdict(Decimal("74.0"), True),
                id="the best counts",
            ),
            pytest.param(
                [sat("test", 80), sat("talk", 70), sat("talk", None, 2)],
                Verdict(Decimal("74.0"), True),
                id="a re-sit that is missed takes nothing away",
            ),
        ],
    )
    def test_what_the_parts_make(self, tries, result):
        assert verdict(SCHEME, 65, tries) == result

    def test_what_is_shown_decides(self):
        parts = Scheme((Part("a", {}, "written", 1), Part("b", {}, "written", 2)))
        assert verdict(parts, 70, [sat("a", "69.9"), sat("b", "70")]) == Verdict(Decimal("70.0"), True)

    @pytest.mark.parametrize(("counts", "score"), [("best", 80), ("last", 60)])
    def test_the_policy_says_which_attempt_counts(self, counts, score):
        assert counting([sat("talk", 80), sat("talk", 60, 2)], counts) == score

    @given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=6))
    def test_the_mean_lies_among_its_parts(self, rows):
        parts = tuple(Part(f"p{n}", {}, "written", weight) for n, (weight, _score) in enumerate(rows))
        tries = [sat(f"p{n}", score) for n, (_weight, score) in enumerate(rows)]
        found = verdict(Scheme(parts), 50, tries)
        scores = [score for _weight, score in rows]
        assert min(scores) <= found.score <= max(scores)
        assert found.passed == (found.score >= 50)


DESK = Desk(is_oneself=False, is_enrolled=True, part=TALK, tries=(), today=TODAY)
STANDS = sat("talk", 60, pk=7)


def desk(**of):
    return Desk(**{**DESK.__dict__, **of})


@pytest.mark.parametrize(
    ("grade", "where", "code"),
    [
        pytest.param(Grade(Decimal(80)), desk(), "recorded", id="a first grade"),
        pytest.param(Grade(None, state=MISSED), desk(), "recorded", id="missed"),
        pytest.param(Grade(Decimal(80), state=MISSED), desk(), "out_of_range", id="missed with a score"),
        pytest.param(Grade(Decimal(101)), desk(), "out_of_range", id="more than everything"),
        pytest.param(Grade(Decimal(80)), desk(part=None), "no_part", id="no such part"),
        pytest.param(Grade(Decimal(80)), desk(is_oneself=True), "oneself", id="nobody grades themselves"),
        pytest.param(Grade(Decimal(80)), desk(is_enrolled=False), "not_enrolled", id="not enrolled"),
        pytest.param(Grade(Decimal(60), seen=0), desk(tries=[STANDS]), "unchanged", id="a double click"),
        pytest.param(Grade(Decimal(80), "Recount", 0), desk(tries=[STANDS]), "conflict", id="somebody was faster"),
        pytest.param(Grade(Decimal(80), seen=7), desk(tries=[STANDS]), "reason_needed", id="a correction says why"),
        pytest.param(Grade(Decimal(80), "Recount", 7), desk(tries=[STANDS]), "recorded", id="a correction"),
        pytest.param(Grade(Decimal(80), number=2), desk(tries=[STANDS]), "no_resit", id="no re-sit was planned"),
        pytest.param(Grade(Decimal(80), number=2), desk(tries=[STANDS], resit_on=LATER), "too_early", id="before it"),
        pytest.param(
            Grade(Decimal(80), number=2), desk(tries=[STANDS], resit_on=TODAY), "recorded", id="in the re-sit"
        ),
        pytest.param(Grade(Decimal(80), number=3), desk(tries=[STANDS], resit_on=TODAY), "no_resit", id="out of order"),
    ],
)
def test_what_a_grade_may_do(grade, where, code):
    assert decide_grade(grade, where) == code


class TestTryingAgain:
    @pytest.mark.parametrize(
        ("tries", "on", "why_not", "left"),
        [
            pytest.param([], LATER, "not_tried", 2, id="the first one comes by itself"),
            pytest.param([sat("talk", 40)], LATER, "", 1, id="after the wait"),
            pytest.param([sat("talk", 40)], date(2026, 3, 8), "too_soon", 1, id="a day too soon"),
            pytest.param([sat("talk", 40)], date(2026, 3, 9), "", 1, id="on the day"),
            pytest.param([sat("talk", 40), sat("talk", 45, 2)], LATER, "none_left", 0, id="all used"),
            pytest.param([sat("talk"), sat("talk", 45, 2)], LATER, "none_left", 0, id="missed uses one up"),
            pytest.param([sat("talk", state=EXCUSED), sat("talk", 45, 2)], LATER, "", 1, id="excused does not"),
        ],
    )
    def test_the_policy(self, tries, on, why_not, left):
        found = next_try(SCHEME, tries, on=on)
        assert (found.why_not, found.left) == (why_not, left)

    def test_who_has_passed_needs_none(self):
        assert next_try(SCHEME, [sat("talk", 90)], on=LATER, passed=True).why_not == "passed"

    def test_without_a_limit_there_is_always_one(self):
        tries = [sat("talk", 10, n) for n in range(1, 9)]
        assert next_try(Scheme((TALK,), allowed=0, wait_days=0), tries, on=TODAY).why_not == ""

    @pytest.mark.parametrize(
        ("tried", "granted", "is_over"),
        [
            pytest.param([], (), False, id="nothing tried"),
            pytest.param([("talk", 1, 20), ("talk", 2, 30), ("test", 1, 90)], (), True, id="the talk is lost for good"),
            pytest.param([("talk", 1, 20), ("talk", 2, 30)], (), True, id="though the test is still to come"),
            pytest.param([("talk", 1, 20), ("talk", 2, 30)], ("talk",), False, id="one more was granted for it"),
            pytest.param([("talk", 1, 20), ("talk", 2, 30)], ("test",), True, id="granted for the other part"),
            pytest.param(
                [("test", 1, 0), ("test", 2, None), ("talk", 1, 30)], (), True, id="100 in the rest is too little"
            ),
            pytest.param([("test", 1, 20), ("test", 2, 40), ("talk", 1, 30)], (), False, id="100 in the rest makes up"),
            pytest.param([("talk", 1, 60), ("talk", 2, 10)], (), False, id="the best counts"),
        ],
    )
    def test_it_is_over_when_no_attempt_left_could_pass(self, tried, granted, is_over):
        attempts = [(part, number, None if score is None else Decimal(score)) for part, number, score in tried]
        scheme = Scheme((Part("test", {}, "written", 40), Part("talk", {}, "oral", 60, 50)), allowed=2)
        assert no_way_left(scheme, 70, attempts, granted) is is_over

    def test_the_last_counts_where_it_does_and_without_a_limit_it_is_never_over(self):
        tried = [("talk", 1, Decimal(60)), ("talk", 2, Decimal(10))]
        last = Scheme((Part("talk", {}, "oral", 1, 50),), allowed=2, counts="last")
        assert no_way_left(last, 70, tried)
        assert not no_way_left(replace(last, allowed=0), 70, tried)

    @pytest.mark.parametrize(
        ("against", "asked", "reason", "code"),
        [
            ({}, 1, "", "scheduled"),
            ({}, 0, "", "nobody"),
            ({1: "none_left"}, 1, "", "reason_needed"),
            ({1: "none_left"}, 1, "Ill with a note", "scheduled"),
            ({1: "not_enrolled"}, 1, "Please", "nobody"),
        ],
    )
    def test_the_academy_may_insist_with_a_reason(self, against, asked, reason, code):
        assert decide_resit(against, asked, reason) == code


LEVELS = (Level(0, {"en": "Not yet"}), Level(2, {"en": "Partly"}), Level(4, {"en": "Fully"}))
BY_RUBRIC = Part(
    "talk", {"en": "Talk"}, "oral", rubric=(Criterion("order", {"en": "Order"}, LEVELS), Criterion("voice", {}, LEVELS))
)


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        ({"order": 4, "voice": 4}, Decimal("100.0")),
        ({"order": 4, "voice": 2}, Decimal("75.0")),
        ({"order": 0, "voice": 0}, Decimal("0.0")),
        ({"order": 4}, None),
        ({"order": 3, "voice": 4}, None),
    ],
)
def test_the_levels_of_a_rubric_make_the_score(chosen, score):
    assert rubric_score(BY_RUBRIC, chosen) == score


WRITTEN = {
    "attempts": {"allowed": 2, "wait_days": 14, "counts": "last"},
    "assessments": [
        {"code": "test", "name": "Test", "kind": "written", "weight": 40},
        {
            "code": "talk",
            "name": {"en": "Talk", "zh-hans": "演讲"},
            "kind": "oral",
            "weight": 60,
            "pass_mark": 50,
            "rubric": [
                {
                    "code": "order",
                    "name": "Order",
                    "levels": [
                        {"points": 0, "text": "Not yet"},
                        {"points": 4, "text": {"en": "Fully", "zh-hans": "完全"}},
                    ],
                }
            ],
        },
    ],
}


class TestDefinition:
    def test_it_is_read_and_written_the_same(self):
        scheme, faults = read_scheme(WRITTEN)
        assert not faults
        assert write_scheme(scheme) == WRITTEN

    def test_without_any_the_course_has_one_score(self):
        assert read_scheme({}) == (Scheme(), [])
        assert write_scheme(Scheme()) == {}

    @pytest.mark.parametrize(
        ("written", "place", "code"),
        [
            ({"attempts": 3}, "attempts", "not_a_mapping"),
            ({"attempts": {"allowed": -1}}, "attempts, allowed", "whole"),
            ({"attempts": {"counts": "mean"}}, "attempts, counts", "one_of"),
            ({"attempts": {"often": 1}}, "attempts, often", "no_such_key"),
            ({"assessments": {"code": "a"}}, "assessments", "not_a_list"),
            ({"assessments": ["a"]}, "assessments 1", "not_a_mapping"),
            ({"assessments": [{"code": "A!", "name": "A", "kind": "oral"}]}, "assessments 1, code", "code"),
            ({"assessments": [{"code": "a", "name": "A", "kind": "sung"}]}, "assessments 1, kind", "one_of"),
            ({"assessments": [{"code": "a", "kind": "oral"}]}, "assessments 1, name", "text"),
            ({"assessments": [{"code": "a", "name": "A", "kind": "oral"}] * 2}, "assessments", "twice"),
            (
                {"assessments": [{"code": "a", "name": "A", "kind": "oral", "rubric": [{"code": "b", "name": "B"}]}]},
                "assessments 1, rubric 1, levels",
                "levels",
            ),
        ],
    )
    def test_every_fault_is_told_with_its_place(self, written, place, code):
        _scheme, faults = read_scheme(written)
        assert (place, code) in [(fault.place, fault.code) for fault in faults]

    def test_levels_rise(self):
        falling = {
            **WRITTEN["assessments"][1]["rubric"][0],
            "levels": [{"points": 4, "text": "A"}, {"points": 0, "text": "B"}],
        }
        _scheme, faults = read_scheme({"assessments": [{**WRITTEN["assessments"][1], "rubric": [falling]}]})
        assert [fault.code for fault in faults] == ["rising"]
