"""Ranks: there is always room between two, and the text order is the order meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.growth.rules.ranks import LONGEST, between, following, moved, spread


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param("", "", "5", id="the first of all"),
        pytest.param("5", "", "500001", id="behind the last, by a small step"),
        pytest.param("", "5", "499999", id="before the first"),
        pytest.param("4", "6", "5", id="the middle"),
        pytest.param("4", "5", "45", id="a digit more where there is no room"),
        pytest.param("49", "5", "495", id="between neighbours of different length"),
        pytest.param("9999999999", "", "99999999995", id="at the very end"),
        pytest.param("", "0000000001", "00000000005", id="at the very beginning"),
    ],
)
def test_a_rank_between_two(before, after, found):
    assert between(before, after) == found
    assert before < found
    assert not after or found < after


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_wherever_things_are_put_they_stand_in_that_order(places):
    ranks: list[str] = []
    for place in places:
        at = place % (len(ranks) + 1)
        ranks.insert(at, between(ranks[at - 1] if at else "", ranks[at] if at < len(ranks) else ""))
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
    assert not any(rank.endswith("0") or not rank.isdecimal() for rank in ranks)


def test_a_thousand_at_the_end_stay_short():
    ranks = following("", 1000)
    assert list(ranks) == sorted(set(ranks))
    assert max(map(len, ranks)) <= 10


def test_always_between_the_same_two_grows_slowly_and_then_the_list_is_spread():
    low, high = "4", "6"
    for _ in range(100):
        high = between(low, high)
    assert len(high) <= LONGEST


@given(st.integers(0, 3000))
def test_spread_gives_distinct_ranks_in_order_with_room_around(n):
    ranks = spread(n)
    assert len(ranks) == n
    assert list(ranks) == sorted(set(ranks))
    assert all(between(a, b) for a, b in zip(("", *ranks), (*ranks, ""), strict=True))


@pytest.mark.parametrize(("before", "after"), [("5", "5"), ("6", "5")])
def test_what_stands_the_wrong_way_round_is_told(before, after):
    with pytest.raises(ValueError, match="Nothing comes between"):
        between(before, after)


@pytest.mark.parametrize(
    ("by", "order"),
    [(1, (1, 3, 2, 4)), (-1, (2, 1, 3, 4)), (9, (1, 3, 4, 2)), (-9, (2, 1, 3, 4)), (0, (1, 2, 3, 4))],
)
def test_one_thing_some_places_further(by, order):
    assert moved((1, 2, 3, 4), 2, by) == order
