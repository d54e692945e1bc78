"""The cast that the tests speak of, and the clock they move.

Linh is a photo editor in Team 1; Thuy leads her team; Minh is a team leader who is learned from; Mai runs the academy;
Hoa is HR; Tuan is the general manager; 晓雨 is a graduate. It is Monday, 2 March 2026, nine in the morning.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import hypothesis
import pytest

from trellis.kit import clock

pytest_plugins = ["tests.database"]
# The same examples in every run, so that it proves the same; or so many times as many, new ones each time.
EXPLORE = int(os.environ.get("TRELLIS_EXPLORE", "0"))
hypothesis.settings.register_profile("trellis", derandomize=not EXPLORE, database=None, deadline=None, print_blob=True)
hypothesis.settings.load_profile("trellis")

TODAY = date(2026, 3, 2)
PASSWORD = "a quiet green garden"


@dataclass(frozen=True)
class Company:
    """Two units and three positions for the cast to work in."""

    whole: "object"
    team: "object"
    photo_editor: "object"
    team_leader: "object"
    manager: "object"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if EXPLORE and hypothesis.is_hypothesis_test(metafunc.function):
        metafunc.fixturenames.append("exploration")
        metafunc.parametrize("exploration", range(EXPLORE))


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.moved(to=TODAY):
        yield


@pytest.fixture
def company(db):
    from trellis.domains.people.models import Position, Unit

    whole = Unit.objects.create(code="company", name="Pixel House", names={"zh-hans": "像素之家"})
    whole.path = f"/{whole.pk}/"
    whole.save()
    team = Unit.objects.create(code="team-1", name="Team 1", names={"zh-hans": "一组"}, parent=whole)
    team.path = f"{whole.path}{team.pk}/"
    team.save()
    return Company(
        whole=whole,
        team=team,
        photo_editor=Position.objects.create(code="photo-editor", name="Photo editor", names={"zh-hans": "修图师"}),
        team_leader=Position.objects.create(code="team-leader", name="Team leader", names={"zh-hans": "组长"}),
        manager=Position.objects.create(code="general-manager", name="General manager", names={"zh-hans": "总经理"}),
    )


@pytest.fixture
def hire(company):
    """hire("Linh", position=..., unit=..., on=..., roles=[...]): a person employed, in a position, able to sign in."""
    from trellis.domains.people.models import Employment, Holding, Person, RoleGrant

    def hire(name, *, position=None, unit=None, on=date(2024, 1, 8), roles=()):
        key = name.split()[0].lower()
        person = Person.objects.create_user(
            email=f"{key}@pixel.example", password=PASSWORD, employee_id=f"E-{key}", name=name
        )
        Employment.objects.create(person=person, began_on=on)
        Holding.objects.create(
            person=person,
            position=position or company.photo_editor,
            unit=unit or company.team,
            began_on=on,
            began="joined",
        )
        for role in roles:
            RoleGrant.objects.create(person=person, role=role, began_on=on)
        return person

    return hire


@pytest.fixture
def linh(hire):
    return hire("Linh Nguyen")


@pytest.fixture
def minh(hire, company):
    return hire("Minh Tran", position=company.team_leader)


@pytest.fixture
def thuy(hire, company):
    thuy = hire("Thuy Le", position=company.team_leader)
    company.team.head = thuy
    company.team.save()
    return thuy


@pytest.fixture
def mai(hire, company):
    return hire("Mai Pham", unit=company.whole, roles=["academy"])


@pytest.fixture
def hoa(hire, company):
    return hire("Hoa Vo", unit=company.whole, roles=["hr"])


@pytest.fixture
def tuan(hire, company):
    return hire("Tuan Do", position=company.manager, unit=company.whole, roles=["leader"])


@pytest.fixture
def xiaoyu(hire):
    return hire("晓雨")


@pytest.fixture
def as_(client):
    """as_(linh).get("/"): the page as that person sees it."""

    def sign_in(person):
        client.force_login(person, backend="trellis.domains.people.signing_in.Backend")
        return client

    return sign_in
