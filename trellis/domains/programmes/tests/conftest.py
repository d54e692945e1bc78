import pytest

from trellis.domains.programmes.tests.story import join, load, open_cohort


@pytest.fixture
def cohort(company, mai, thuy):
    """Next Step, open to join; Thuy teaches."""
    return open_cohort(load(mai), mai, thuy)


@pytest.fixture
def journey(cohort, linh):
    """Linh has joined."""
    return join(linh, cohort)
