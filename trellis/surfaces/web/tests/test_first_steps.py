"""An administrator who begins is led from an empty academy to the first cohort."""

from datetime import timedelta

import pytest

from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.programmes.models import Cohort, Programme
from trellis.kit import clock
from trellis.surfaces.web.first_steps import first_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def quan(hire):
    return hire("Quan Vu", roles=["administrator"])


def done(person):
    return [step.key for step in first_steps(person) if step.is_done]


def test_alone_in_an_empty_academy_the_first_step_is_to_import_people(as_, quan):
    assert done(quan) == []
    html = as_(quan).get("/").content.decode()
    assert html.index("Import your people") < html.index("Name who runs the academy") < html.index("Invite everybody")


def test_each_step_is_ticked_when_it_is_taken_and_the_guide_goes(as_, quan, linh, django_assert_num_queries):
    assert done(quan) == ["people", "invitations"]  # Linh has a password
    RoleGrant.objects.create(person=linh, role="academy")
    programme = Programme.objects.create(code="next-step", name="Next Step")
    assert done(quan) == ["people", "roles", "definitions", "invitations"]
    version = programme.versions.create(number=1, definition={})
    today = clock.today()
    ends = today + timedelta(days=180)
    Cohort.objects.create(version=version, name="First", starts_on=today, ends_on=ends, join_until=today)
    person = Person.objects.get_queryset().get(pk=quan.pk)
    assert person.acts_as("administrator")  # the grants are loaded once for the whole page
    with django_assert_num_queries(1):
        assert first_steps(person) == []
    assert "Setting up the academy" not in as_(quan).get("/").content.decode()


def test_nobody_else_sees_it(as_, linh):
    assert first_steps(linh) == []
    assert "Setting up the academy" not in as_(linh).get("/").content.decode()
