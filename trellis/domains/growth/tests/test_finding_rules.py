import pytest

from trellis.domains.growth.rules import finding
from trellis.domains.growth.rules.finding import Fit, Place

FEEDBACK, LEADING, COLOUR, ENGLISH = 1, 2, 3, 4
NAMES = {
    FEEDBACK: ["Giving feedback", "给予反馈"],
    LEADING: ["Leading a team", "带领团队"],
    COLOUR: ["Colour", "色彩"],
    ENGLISH: ["English", "英语"],
}


@pytest.mark.parametrize(
    ("said", "skills"),
    [
        ("I like to give feedback", {FEEDBACK}),
        ("I LEAD when nobody else does", set()),
        ("Somebody who was leading us well", {LEADING}),
        ("同事常来听我的反馈", {FEEDBACK}),
        ("我喜欢带领大家，也喜欢色彩", {LEADING, COLOUR}),
        ("Working with other people in a team", set()),
        ("", set()),
        ("我喜欢画画", set()),
    ],
)
def test_a_skill_is_written_about_when_its_name_stands_there(said, skills):
    assert finding.written_about([said], NAMES) == skills


def test_positions_come_with_their_reasons_and_those_without_any_are_left_out():
    places = [
        Place(10, frozenset({LEADING, FEEDBACK})),
        Place(11, frozenset({COLOUR}), is_next=True),
        Place(12, frozenset({ENGLISH})),
    ]
    assert finding.fitting(places, liked={FEEDBACK, LEADING}, written={FEEDBACK, COLOUR}) == (
        Fit(10, (FEEDBACK, LEADING), (), False),
        Fit(11, (), (COLOUR,), True),
    )


def test_who_said_nothing_sees_what_comes_next_for_them():
    places = [Place(10, frozenset({LEADING})), Place(11, frozenset({COLOUR}), is_next=True)]
    assert [fit.position for fit in finding.fitting(places, liked=(), written=())] == [11]


def test_steps_lead_on_and_back():
    assert finding.following("energy") == "asked"
    assert finding.following("wish") == "wish"
    assert finding.before("asked") == "energy"
    assert finding.before("energy") == ""
