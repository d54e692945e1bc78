"""The funnel: counted by rules, read from what happened, told in a sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.credentials import actions as credentials
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.tests.story import LATER, approve, carry_to_review, join, load, open_cohort
from trellis.kit import clock
from trellis.surfaces.web.funnel.queries import ways
from trellis.surfaces.web.funnel.rules import SMALL, STEPS, Counted, Way, count, count_by, furthest, unit_at
from trellis.surfaces.web.funnel.views import finding


@pytest.mark.parametrize(
    ("reached", "step"),
    [
        pytest.param((), "volunteered", id="waits for a place"),
        pytest.param((True, False, False), "enrolled", id="joined"),
        pytest.param((True, False, True), "certified", id="who came further came by every step before"),
        pytest.param((True, True, True, False, False, True), "placed", id="placed without an interview on record"),
    ],
)
def test_the_furthest_step(reached, step):
    assert STEPS[furthest(*reached)] == step


WAYS = st.lists(
    st.builds(Way, step=st.integers(0, len(STEPS) - 1), going=st.booleans(), pathway=st.sampled_from("abcdefgh"))
)


@given(WAYS)
def test_a_later_step_never_has_more_and_groups_make_the_whole(those):
    whole = count(those)
    assert list(whole.counts) == sorted(whole.counts, reverse=True)
    groups, small = count_by(those, lambda way: way.pathway)
    parts = [*groups.values(), *([small] if small else [])]
    assert sum(part.start for part in parts) == len(those)
    assert sum(part.going for part in parts) == whole.going
    assert all(part.start >= SMALL for part in groups.values())
    if small and groups:
        assert small.start >= SMALL, "the whole minus the others would give a small group away"


@pytest.mark.parametrize(
    ("counts", "narrow"),
    [
        pytest.param((20, 18, 9, 9, 9, 3, 1), (5, 3, 9), id="the smallest share, of a group that is not small"),
        pytest.param((20, 20, 20, 20, 20, 20, 20), None, id="everybody went on"),
        pytest.param((4, 1, 0, 0, 0, 0, 0), None, id="too few to say"),
    ],
)
def test_the_narrowest_step(counts, narrow):
    assert Counted(counts, 0).narrowest() == narrow


@pytest.mark.parametrize(("path", "level", "unit"), [("/1/4/9/", 1, 4), ("/1/4/9/", 7, 9), ("/1/", 1, 1), ("", 1, 0)])
def test_the_unit_of_a_level(path, level, unit):
    assert unit_at(path, level) == unit


def test_the_sentence_has_every_number():
    said = finding(Counted((40, 32, 20, 18, 18, 6, 4), 9))
    assert "Of 40 people who volunteered, 32 enrolled, 18 were certified and 4 were placed in the position" in said
    assert "9 are still on the way" in said
    assert "“Interviewed”: 6 of the 18 before it" in said


@pytest.mark.django_db
@pytest.mark.both_databases
def test_each_attempt_counts_once_with_how_far_it_came(hire, company, mai, thuy, linh):
    cohort = open_cohort(load(mai), mai, thuy, places=2)
    minh = hire("Minh Tran", position=company.team_leader)
    journey = join(linh, cohort)
    join(hire("Nam Do"), cohort)
    waits = hire("Xiao Yu")
    programmes.wait(person=waits, cohort=cohort, position=company.team_leader, actor=waits)
    approve(carry_to_review(journey, thuy, minh), mai)
    with clock.moved(to=LATER):
        credentials.issue(journey=journey, actor=mai, on=clock.today())
        found = ways(date(2026, 1, 1), clock.today())
        assert count(found).counts == (3, 2, 1, 1, 1, 0, 0)
        assert count(found).going == 2
        assert {way.pathway for way in found} == {""}
        assert ways(clock.today() + timedelta(days=1), clock.today() + timedelta(days=9)) == []
        assert ways(date(2026, 1, 1), clock.today(), programme="another") == []
