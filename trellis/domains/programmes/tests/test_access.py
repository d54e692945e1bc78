"""Who may, as the table in access.py says."""

import pytest

from trellis.domains.programmes.tests.story import join, load, open_cohort

pytestmark = pytest.mark.django_db
EVERYBODY = {"linh", "thuy", "minh", "mai", "hoa", "tuan"}


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("programmes.see", EVERYBODY),
        ("programmes.join", EVERYBODY),
        ("programmes.run", {"mai"}),
        ("programmes.review", {"mai"}),
    ],
)
def test_without_a_journey(request, company, permission, who):
    people = {name: request.getfixturevalue(name) for name in EVERYBODY}
    assert {name for name, person in people.items() if person.has_perm(permission)} == who


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("programmes.see_journey", {"linh", "thuy", "mai"}),
        ("programmes.leave", {"linh"}),
        ("programmes.review", {"mai"}),
        ("programmes.waive", {"mai"}),
    ],
)
def test_about_the_journey_of_linh(request, company, permission, who):
    people = {name: request.getfixturevalue(name) for name in EVERYBODY}
    journey = join(people["linh"], open_cohort(load(people["mai"]), people["mai"], people["thuy"]))
    assert {name for name, person in people.items() if person.has_perm(permission, journey)} == who


def test_nobody_reviews_or_waives_their_own(company, mai, thuy):
    journey = join(mai, open_cohort(load(mai), mai, thuy))
    assert not mai.has_perm("programmes.review", journey)
    assert not mai.has_perm("programmes.waive", journey)
