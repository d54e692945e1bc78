from decimal import Decimal

import pytest

from trellis.domains.programmes.leaf_wording import Names
from trellis.domains.programmes.rules import CoursePassed, Requirement, State
from trellis.domains.programmes.wording import why


@pytest.mark.parametrize(
    ("score", "said"),
    [
        pytest.param(Decimal("67.00"), "Passed with 67 of 100.", id="without zeros that say nothing"),
        pytest.param(Decimal("67.50"), "Passed with 67.5 of 100.", id="the half point stays"),
        pytest.param(Decimal("100.0"), "Passed with 100 of 100.", id="not 1E+2"),
    ],
)
def test_a_score_is_said_as_people_write_it(score, said):
    passed = Requirement(CoursePassed("feedback"), State.MET, "passed", {"score": score})

    assert why(passed, Names()) == said
