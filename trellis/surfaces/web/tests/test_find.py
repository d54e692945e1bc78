import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.actions.sharing import share


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("Minh", "Minh Tran", id="a person by name"),
        pytest.param("E-minh", "Minh Tran", id="a person by employee id"),
        pytest.param("team lead", "Team leader", id="a position"),
        pytest.param("组长", "Team leader", id="a position by its Chinese name"),
        pytest.param("growth", "Growth map", id="a page"),
    ],
)
def test_find_finds(as_, linh, minh, typed, found):
    assert found in as_(linh).get("/find/", {"q": typed}).content.decode().split("<main")[1]


def test_a_page_that_is_not_for_me_is_not_found(as_, linh, mai):
    assert "/reviews/" not in as_(linh).get("/find/", {"q": "Reviews"}).content.decode()
    assert "/reviews/" in as_(mai).get("/find/", {"q": "Reviews"}).content.decode()


def test_everything_is_listed_once_and_each_group_together(as_, mai):
    html = as_(mai).get("/more/").content.decode().split("<main")[1]
    assert html.count("Programme office</h2>") == 1
    hrefs = re.findall(r'class="row" href="([^"]+)"', html)
    assert len(hrefs) == len(set(hrefs))


@pytest.mark.parametrize(
    ("address", "place"), [("/drafts/", "/programmes/"), ("/credits/", "/courses/"), ("/due/", "/journeys/")]
)
def test_the_sidebar_says_where_one_is(as_, mai, address, place):
    assert f'href="{place}" aria-current="page"' in as_(mai).get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "tab"),
    [("/board/", "/board/"), ("/goals/", "/more/"), ("/mentors/", "/more/"), ("/wishes/", "/more/"), ("/404/", "")],
)
def test_the_tabs_of_a_phone_say_where_one_is(as_, linh, address, tab):
    tabs = as_(linh).get(address).content.decode().split('class="tabs')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)" aria-current="page"', tabs) == ([tab] if tab else [])


def test_more_begins_with_what_is_ones_own(as_, linh, thuy):
    linh.manager = thuy
    linh.save()
    own, company = as_(linh).get("/more/").content.decode().split("<main")[1].split("The company</h2>")
    assert all(
        f'href="{one}"' in own for one in ("/goals/", "/board/", "/mentors/", "/development-offers/", "/decisions/")
    )
    assert 'href="/pathways/"' in company
    assert 'href="/team/"' not in company  # she leads nobody
    assert 'href="/team/"' in as_(thuy).get("/more/").content.decode().split("<main")[1]


def test_nothing_found_says_so_and_keeps_the_words(as_, linh):
    html = as_(linh).get("/find/", {"q": "<zebra>"}).content.decode()
    assert "Nothing here is called “&lt;zebra&gt;”." in html
    assert 'value="&lt;zebra&gt;"' in html


def test_the_dialog_gets_only_the_answers(as_, linh, minh):
    html = as_(linh).get("/find/", {"q": "Minh"}, headers={"HX-Request": "true"}).content.decode()
    assert "Minh Tran" in html
    assert "<main" not in html


def test_finding_takes_the_same_few_statements(as_, linh, hire):
    client = as_(linh)

    def statements():
        with CaptureQueriesContext(connection) as counted:
            client.get("/find/", {"q": "o"})
        return len(counted)

    few = statements()
    for number in range(20):
        hire(f"Bo{number} Olo")
    assert statements() == few <= 12


def test_what_is_hers_is_found_by_her_and_by_nobody_else_however_it_is_shared(as_, linh, minh, mai):
    card = put_on_my_board(owner=linh, title="Prepare the sparrow talk")
    share(thing=card.column.board, reader=minh, may_comment=True, actor=linh)
    linh.goals.create(title="Speak like a sparrow")
    hers = as_(linh).get("/find/", {"q": "sparrow"}).content.decode()
    assert "Prepare the sparrow talk" in hers
    assert "Speak like a sparrow" in hers
    for other in (minh, mai):
        assert "Prepare" not in as_(other).get("/find/", {"q": "sparrow"}).content.decode()
