"""Who asks only what is done gets the same answer as who asks for the whole standing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.learning.rules import CourseStanding, Credited
from trellis.domains.mentoring.rules import DayBeside
from trellis.domains.programmes.rules import Facts, ReviewFact, WaiverFact, evaluate, read_definition
from trellis.domains.programmes.rules.judging import is_done
from trellis.domains.programmes.tests.test_rules import LAST_WEEK, NEXT_STEP, ON
from trellis.domains.sessions.rules import Attendance

ASKING: dict[str, Any] = {
    **NEXT_STEP,
    "gates": [
        NEXT_STEP["gates"][0],
        {
            "key": "graduation",
            "name": "Graduation",
            "opens": "certificate",
            "requires": {
                "all_of": [
                    {"courses": {"attendance": 80, "passed": True}},
                    {"days_beside_holder": {"days": 2, "hours": 8}},
                    {"level": {"competency": "coaching", "level": 3}},
                    {"survey_answered": "what-i-need"},
                    {"approval": {"by": "academy", "key": "review"}},
                ]
            },
        },
    ],
}
KEYS = ("attendance:leadership", "passed:leadership", "days", "level:coaching", "approval:review", "survey:what-i-need")

few = st.integers(0, 3)
attendances = st.builds(
    lambda attended, made_up, missed, excused, open_, repairable: Attendance(
        attended + made_up + missed + excused + open_, attended, made_up, open_, missed, excused, repairable
    ),
    *[few] * 6,
)
courses = st.one_of(
    st.none(),
    st.builds(
        CourseStanding,
        course_id=st.just(1),
        offering_id=st.just(5),
        enrolled=st.booleans(),
        attendance=st.none() | attendances,
        score=st.just(Decimal(70)),
        passed=st.none() | st.booleans(),
        credited=st.none() | st.just(Credited(3, LAST_WEEK, "A diploma")),
    ),
)
days = st.lists(
    st.builds(
        DayBeside,
        st.integers(0, 9).map(lambda n: LAST_WEEK + timedelta(days=n)),
        st.none() | st.sampled_from((450, 480)),
        st.none() | st.sampled_from(("present", "absent")),
        st.just(9),
        st.booleans(),
    ),
    max_size=4,
).map(tuple)
reviews = st.lists(
    st.builds(ReviewFact, st.just("review"), st.sampled_from(("asked", "approved", "returned")), st.just(LAST_WEEK)),
    max_size=2,
).map(tuple)
facts = st.builds(
    Facts,
    position=st.just("team-leader"),
    courses=courses.map(lambda one: {"leadership": one} if one else {}),
    days=days,
    levels=st.integers(0, 4).map(lambda level: {"coaching": level}),
    reviews=reviews,
    waivers=st.sets(st.sampled_from(KEYS)).map(lambda keys: {key: WaiverFact(3, LAST_WEEK, "Agreed") for key in keys}),
)


@given(facts)
def test_done_alone_is_what_the_standing_says(known):
    definition, faults = read_definition(ASKING)
    assert definition is not None, faults
    for requirement in evaluate(definition, known, on=ON).requirements:
        assert is_done(requirement.leaf, known, ON) == requirement.state.is_done, requirement
