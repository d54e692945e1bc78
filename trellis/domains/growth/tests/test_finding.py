"""Linh does not know her goal yet, and is helped to find it."""

import re

import pytest

from trellis.domains.careers.models import Competency, CompetencyLevel, Framework, Pathway, PathwayStep, ProfileItem
from trellis.domains.growth.models import Card, Finding, Goal
from trellis.domains.people.models import Person


@pytest.fixture
def growth_map(company):
    framework = Framework.objects.create(code="own", name="Ours")
    way = Pathway.objects.create(framework=framework, code="production", name="Production")
    skills = {}
    for code, name, names in (("feedback", "Giving feedback", {"zh-hans": "反馈"}), ("leading", "Leading a team", {})):
        skills[code] = Competency.objects.create(framework=framework, code=code, name=name, names=names)
        CompetencyLevel.objects.create(competency=skills[code], level=1, name="Shown")
        ProfileItem.objects.create(position=company.team_leader, competency=skills[code], level=1)
    for rank, position in enumerate((company.photo_editor, company.team_leader), 1):
        PathwayStep.objects.create(pathway=way, position=position, rank=rank)
    return skills


def test_from_the_first_question_to_a_goal(as_, linh, growth_map, company):
    client = as_(linh)
    assert client.post("/goals/find/").url == "/goals/find/energy/"
    for step, words in (("energy", "Giving feedback"), ("asked", "Skin tones"), ("admire", ""), ("company", "Calm")):
        answer = client.post(f"/goals/find/{step}/", {"words": words})
    assert answer.url == "/goals/find/skills/"
    answer = client.post(answer.url, {"skill": [growth_map["leading"].pk, 999999, "x"]})
    page = client.get(answer.url).content.decode()
    assert "It asks for what you would like to do more of:" in page
    assert "You wrote about:" in page
    assert "It comes right after the position you hold." in page
    answer = client.post(answer.url, {"position": company.team_leader.code})
    answer = client.post(answer.url, {"wish": "lead a calm team"})
    assert answer.url == "/goals/find/wish/"
    page = client.get(answer.url).content.decode()
    assert 'value="lead a calm team"' in page
    (once,) = re.findall(r'name="once" value="([^"]+)"', page)
    for _click in range(2):
        client.post("/goals/find/wish/", {"title": "lead a calm team", "with_position": "on", "once": once})
    goal = Goal.objects.get()
    assert (goal.title, goal.why, goal.position) == ("lead a calm team", "", company.team_leader)


def test_the_answers_go_into_the_goal_only_when_the_person_says_so(as_, linh):
    client = as_(linh)
    client.post("/goals/find/energy/", {"words": "Explaining tricks"})
    client.post("/goals/find/wish/", {"title": "teach", "with_answers": "on"})
    assert Goal.objects.get().why == "**What gives you energy?**\nExplaining tricks"


def test_an_answer_becomes_a_card_once_to_talk_it_over(as_, linh, minh, growth_map):
    client = as_(linh)
    client.post("/goals/find/admire/", {"words": "Minh: nobody in his team is afraid"})
    page = client.get("/goals/find/wish/").content.decode()
    assert page.count('action="/goals/find/card/"') == 1  # the other questions were not answered
    assert "Talk to somebody about this" in page
    for _click in range(2):
        sent = {"question": "admire", "title": "Talk to Minh about this"}
        said = client.post("/goals/find/card/", sent, follow=True).content.decode()
        assert "It is on your board." in said
    card = Card.objects.get()
    assert card.title == "Talk to Minh about this"
    assert card.notes == "**Whom do you admire, and for what?**\n\nMinh: nobody in his team is afraid"
    for sent in ({"question": "energy", "title": "x"}, {"question": "goal_id", "title": "x"}, {"question": "admire"}):
        assert "Nothing was put on your board" in client.post("/goals/find/card/", sent, follow=True).content.decode()
    assert Card.objects.count() == 1


def test_she_goes_on_where_she_stopped_and_may_skip(as_, linh):
    client = as_(linh)
    client.post("/goals/find/energy/", {"words": "Explaining tricks"})
    assert client.post("/goals/find/asked/", {"words": "half a thought", "skip": "yes"}).url == "/goals/find/admire/"
    assert Finding.objects.get().asked == ""
    client.post("/goals/find/leave/")
    assert Finding.objects.get().left_at
    assert client.post("/goals/find/").url == "/goals/find/admire/"
    assert Finding.objects.get().left_at is None
    assert b"Explaining tricks" in client.get("/goals/find/energy/").content


def test_who_only_looks_leaves_nothing_behind(as_, linh, growth_map):
    client = as_(linh)
    for step in ("energy", "skills", "positions", "examples", "wish"):
        assert client.get(f"/goals/find/{step}/").status_code == 200
    assert not Finding.objects.exists()


def test_answers_are_deleted_for_good(as_, linh):
    client = as_(linh)
    client.post("/goals/find/energy/", {"words": "Explaining tricks"})
    client.post("/goals/find/forget/")
    assert not Finding.objects.exists()


def test_answers_go_with_the_person(as_, linh, hoa):
    from trellis.domains.people.actions.erasure import erase

    as_(linh).post("/goals/find/energy/", {"words": "Explaining tricks"})
    erase(person=Person.objects.get(pk=linh.pk), actor=hoa)
    assert not Finding.objects.exists()
