"""One may take along what is held about oneself, and nothing of others."""

import json
from datetime import date

import pytest

from trellis.domains.careers.models import Aim
from trellis.domains.people.actions import history
from trellis.domains.people.models import Invitation
from trellis.kit import clock

pytestmark = pytest.mark.django_db
ADDRESS = "/me/everything.json"


def held_about(client):
    answer = client.get(ADDRESS)
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content), answer.content.decode()


def test_it_holds_the_person_their_career_and_what_they_want(as_, linh, hoa, company):
    history.promote(person=linh, position=company.team_leader, unit=company.team, on=date(2026, 3, 1), actor=hoa)
    Aim.objects.create(person=linh, position=company.manager)
    mine, _text = held_about(as_(linh))
    assert mine["people.Person"][0]["email"] == linh.email
    assert [row["position"] for row in mine["people.Holding"]] == ["Photo editor", "Team leader"]
    assert mine["careers.Aim"][0]["position"] == "General manager"
    assert [row["kind"] for row in mine["journal.Entry"]] == ["people.promoted"]


def test_it_holds_nobody_else_and_nothing_that_lets_one_in(as_, linh, minh, hoa):
    linh.manager = minh
    linh.save()
    Invitation.objects.create(person=linh, token_hash="f" * 64, sent_by=hoa, expires_at=clock.now())
    _mine, text = held_about(as_(linh))
    for secret in (minh.name, minh.email, hoa.name, "f" * 64, linh.password):
        assert secret not in text


def test_a_stranger_gets_nothing(client, db):
    assert client.get(ADDRESS).status_code == 302


def test_it_tells_a_reader_that_something_is_shared_and_not_what(as_, linh, minh):
    from trellis.domains.growth.actions.sharing import share
    from trellis.domains.growth.models import Goal

    goal = Goal.objects.create(owner=linh, title="to become a performance expert")
    share(thing=goal, reader=minh, may_comment=False, actor=linh)
    mine, text = held_about(as_(minh))
    assert mine["growth.Share"][0]["goal"] == goal.pk
    assert goal.title not in text and str(goal) not in text
    assert held_about(as_(linh))[0]["growth.Share"][0]["goal"] == str(goal)
