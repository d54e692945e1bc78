from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trellis.domains.careers.rules import (
    DAYS,
    Alike,
    Evidence,
    Requirement,
    Shown,
    gap,
    gaps,
    levels_shown,
    missing,
    readiness,
    weighted_gap,
    who_meets,
)

TODAY = date(2026, 3, 2)
PEOPLE = [11, 12, 13, 14]
A_YEAR = Requirement("feedback", 2, fresh_for_days=365)


@pytest.mark.parametrize(
    ("level", "shown_on", "is_met"),
    [
        pytest.param(2, date(2026, 2, 1), True, id="the level asked for"),
        pytest.param(3, date(2026, 2, 1), True, id="a higher level counts too"),
        pytest.param(1, date(2026, 2, 1), False, id="a lower one does not"),
        pytest.param(2, date(2025, 3, 2), True, id="just fresh enough"),
        pytest.param(2, date(2025, 3, 1), False, id="a day too old"),
        pytest.param(2, date(2026, 3, 3), False, id="not before its day"),
    ],
)
def test_a_requirement_is_met_by_fresh_evidence_at_the_level(level, shown_on, is_met):
    shown = [Evidence("feedback", level, shown_on)]

    assert (missing([A_YEAR], shown, on=TODAY) == ()) is is_met


@pytest.mark.parametrize(("required", "current", "short"), [(3, 1, 2), (3, 2, 1), (2, 0, 2), (2, 3, 0), (1, 1, 0)])
def test_a_gap_is_never_negative(required, current, short):
    assert gap(required, current) == short


def test_a_surplus_never_offsets_a_deficit():
    """The example of the method: (1, 2, 0, 3) against (3, 3, 2, 2), weights .4, .3, .2, .1."""
    names = ("data", "process", "customer", "communication")
    asked = [Requirement(n, level, weight=w) for n, level, w in zip(names, (3, 3, 2, 2), (4, 3, 2, 1), strict=True)]
    shown = {n: Shown(level, TODAY) for n, level in zip(names, (1, 2, 0, 3), strict=True)}

    found = gaps(asked, shown, on=TODAY)

    assert [g.short for g in found] == [2, 1, 2, 0]
    assert weighted_gap(found) == pytest.approx(1.5)


def test_where_nothing_is_asked_nothing_is_missing():
    assert weighted_gap([]) == 0


def day(n):
    return date(2026, 1, n)


@pytest.mark.parametrize(
    ("evidence", "level"),
    [
        pytest.param([("assessed", 2, 1)], 2, id="an assessment"),
        pytest.param([("assessed", 3, 1), ("assessed", 2, 5)], 2, id="the latest assessment, even when lower"),
        pytest.param([("assessed", 2, 5), ("assessed", 3, 1)], 2, id="in whatever order they were recorded"),
        pytest.param([("assessed", 3, 1), ("course", 1, 5)], 3, id="a course passed later never lowers"),
        pytest.param([("assessed", 1, 1), ("course", 2, 5)], 2, id="a course passed later raises"),
        pytest.param([("course", 3, 1), ("assessed", 2, 5)], 2, id="an assessment stands for all before it"),
        pytest.param([("course", 2, 5), ("assessed", 1, 5)], 2, id="on the same day the course may raise"),
        pytest.param([("imported", 2, 1), ("course", 1, 2)], 2, id="the higher of what was proved"),
        pytest.param([("assessed", 2, 5), ("assessed", 1, 5)], 2, id="of two assessments of one day the higher"),
        pytest.param([("self", 4, 5), ("assessed", 2, 1)], 2, id="an own estimate beats nobody"),
    ],
)
def test_the_level_is_the_latest_assessment_and_what_was_proved_since(evidence, level):
    shown = levels_shown([Evidence("c", lv, day(n), source) for source, lv, n in evidence], on=TODAY)

    assert shown["c"].level == level


def test_an_own_estimate_stands_in_only_where_nobody_else_spoke_and_only_when_asked_for():
    evidence = [Evidence("c", 2, day(1), "self"), Evidence("c", 3, day(2), "self")]

    assert levels_shown(evidence, on=TODAY) == {}
    assert levels_shown(evidence, on=TODAY, own_estimates=True)["c"] == Shown(3, day(2), is_own_estimate=True)


def test_tomorrows_evidence_is_not_known_today():
    assert levels_shown([Evidence("c", 2, TODAY + timedelta(1))], on=TODAY) == {}


def test_an_aged_level_counts_as_not_shown_and_says_so():
    (found,) = gaps([A_YEAR], {"feedback": Shown(3, date(2024, 1, 1))}, on=TODAY)

    assert (found.current, found.short, found.aged) == (3, 2, True)


def test_a_lower_level_proved_recently_stands_in_for_a_high_one_that_has_aged():
    evidence = [Evidence("feedback", 3, date(2024, 1, 1)), Evidence("feedback", 2, date(2026, 1, 1), "course")]

    (found,) = gaps([A_YEAR], levels_shown(evidence, on=TODAY), on=TODAY)

    assert (found.current, found.short) == (3, 0)


@given(
    st.dictionaries(
        st.sampled_from(PEOPLE),
        st.lists(
            st.builds(
                Evidence,
                st.sampled_from(("feedback", "planning")),
                st.integers(1, 4),
                st.integers(0, 800).map(lambda days: TODAY - timedelta(days)),
                st.sampled_from(("assessed", "course", "imported")),
            ),
            max_size=4,
        ),
    )
)
@example({11: [Evidence("feedback", 2, TODAY), Evidence("feedback", 1, TODAY)]})
def test_readiness_of_everyone_agrees_with_one_by_one(said):
    profiles = {
        "leader": (Requirement("feedback", 2), Requirement("planning", 1), A_YEAR),
        "trainer": (Requirement("feedback", 3),),
        "anything": (),
    }
    asked = [r for profile in profiles.values() for r in profile]

    found = readiness(profiles, who_meets(asked, alike(said), people=PEOPLE, on=TODAY), PEOPLE)

    for position, profile in profiles.items():
        for person in PEOPLE:
            levels = levels_shown(said.get(person, ()), on=TODAY)
            reasons = tuple(g.requirement for g in gaps(profile, levels, on=TODAY) if not g.is_met)
            assert found.lacks(person, position) == reasons
            assert (person in found.ready(position)) is (bool(profile) and not reasons)
            for short in range(1, 4):
                assert (person in found.nearly(position, short=short)) is (len(reasons) == short)


def alike(said):
    """As the database puts it together: by competency, level and source. 99 is somebody who has left."""
    groups = {}
    for person, evidence in {**said, 99: [Evidence("feedback", 3, TODAY)]}.items():
        for e in evidence:
            groups.setdefault((e.competency, e.level, e.source), []).append(person * DAYS + e.shown_on.toordinal())
    return [Alike(*key, tuple(packed)) for key, packed in sorted(groups.items())]


def test_who_is_ready_and_who_lacks_how_much():
    profile = (Requirement("feedback", 2), Requirement("planning", 1), A_YEAR)
    said = {
        11: [Evidence("feedback", 3, date(2026, 1, 1)), Evidence("planning", 1, date(2026, 1, 1))],
        12: [Evidence("feedback", 2, date(2020, 1, 1)), Evidence("planning", 1, date(2020, 1, 1))],
        13: [Evidence("feedback", 2, date(2026, 1, 1))],
    }
    people = [11, 12, 13, 14]
    found = readiness({"leader": profile}, who_meets(profile, alike(said), people=people, on=TODAY), people)
    assert found.ready("leader") == [11]
    assert found.nearly("leader", short=1) == [12, 13]
    assert found.nearly("leader", short=3) == [14]
    assert found.nearly("leader", short=7) == []
