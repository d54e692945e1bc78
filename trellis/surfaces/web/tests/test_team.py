"""My team: what Thuy sees of the people she leads, and what she does not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.growth.actions import offers
from trellis.domains.growth.actions.sharing import share
from trellis.domains.growth.models import Board, Goal
from trellis.domains.learning.models import Course, Mandatory

pytestmark = pytest.mark.django_db
PAGES = ("/team/", "/team/offers/", "/team/mandatory/")
MOST = 12


def test_she_sees_what_is_shared_with_her_and_nothing_of_the_rest(as_, linh, thuy):
    shown = Goal.objects.create(owner=linh, title="to lead a calm morning")
    Goal.objects.create(owner=linh, title="to move to Paris")
    Board.objects.create(owner=linh, name="My secret year")
    share(thing=shown, reader=thuy, may_comment=False, actor=linh)
    pages = "".join(as_(thuy).get(page).content.decode() for page in PAGES)
    assert "To lead a calm morning" in pages
    assert "Paris" not in pages
    assert "secret year" not in pages


def test_what_others_share_with_her_is_not_of_her_team(as_, minh, linh, thuy):
    minh.holdings.update(ended_on="2026-01-01")
    share(thing=Goal.objects.create(owner=minh, title="to paint"), reader=thuy, may_comment=False, actor=minh)
    assert "to paint" not in as_(thuy).get("/team/offers/").content.decode()


def test_what_is_mandatory_stands_apart(as_, linh, thuy, hoa):
    course = Course.objects.create(code="fire", name="Fire safety", kind="hard")
    Mandatory.objects.create(course=course, due_on=date(2026, 2, 1), why="The law", declared_by=hoa)
    assert "Fire safety" in as_(thuy).get("/team/mandatory/").content.decode()
    assert "Fire safety" not in as_(thuy).get("/team/offers/").content.decode()


def test_the_pages_ask_as_often_for_many_as_for_one(as_, hire, linh, thuy):
    client = as_(thuy)

    def asked(page):
        with CaptureQueriesContext(connection) as statements:
            assert client.get(page).status_code == 200
        return len(statements)

    def more(person):
        offers.offer(person=person, kind="words", words="Come along", until=date(2026, 5, 1), actor=thuy)
        share(thing=Goal.objects.create(owner=person, title="x"), reader=thuy, may_comment=False, actor=person)

    more(linh)
    for page in PAGES:
        asked(page)
    few = {page: asked(page) for page in PAGES}
    for n in range(12):
        more(hire(f"More{n} Vo"))
    many = {page: asked(page) for page in PAGES}
    assert many == few
    assert max(many.values()) <= MOST


def test_who_leads_nobody_is_told_so(as_, linh):
    for page in PAGES:
        assert "You lead nobody here" in as_(linh).get(page).content.decode()
