"""Around a board, in a browser: what comes in, what is found, what leaves, and what is put on paper."""

import json
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_next_step import go

TRELLO = {
    "name": "My year 2026",
    "lists": [{"id": "1", "name": "Later", "pos": 1}, {"id": "2", "name": "Doing", "pos": 2}],
    "labels": [{"id": "e", "name": "English", "color": "sky"}],
    "cards": [
        {"id": "a", "idList": "2", "name": "Talk with <b>Minh</b>", "pos": 1, "idLabels": ["e"], "idMembers": ["m"],
         "desc": "Ask **how**\n\n<script>document.title = 'gone'</script> [x](javascript:alert(1))\n\n"
                 "![plan](https://pictures.example/plan.png)"},
        {"id": "b", "idList": "1", "name": "整理交接清单", "pos": 1, "due": "2026-03-05T05:00:00Z"},
        {"id": "c", "idList": "1", "name": "Long ago", "pos": 2, "closed": True},
        {"id": "d", "idList": "1", "name": "https://pictures.example/" + "w" * 170, "pos": 2, "desc": "w" * 300},
    ],
}  # fmt: skip


def bring(page: Any, academy: Any, content: bytes) -> None:
    go(page, academy, "/boards/import/")
    page.get_by_label("File of a board").set_input_files(
        {"name": "board.json", "mimeType": "application/json", "buffer": content}
    )
    page.get_by_role("button", name="Read the file").click()


def test_d6_a_board_of_trello_is_looked_at_written_once_and_taken_back(academy, visit):
    page = visit(academy.linh, width=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    bring(page, academy, json.dumps(TRELLO).encode()[:120])
    expect(page.get_by_text("ends too early")).to_be_visible()
    bring(page, academy, json.dumps(TRELLO).encode())
    expect(page.get_by_role("heading", name="What the file holds")).to_be_visible()
    expect(page.get_by_text("who is a member of a card")).to_be_visible()
    page.get_by_role("button", name="Make this board").dblclick()
    expect(page.get_by_role("heading", name="It is here")).to_be_visible()
    assert academy.linh.boards.filter(name="My year 2026").count() == 1
    page.get_by_role("link", name="My year 2026").click()
    page.get_by_role("link", name="Talk with <b>Minh</b>").first.wait_for()
    card = academy.linh.boards.get(name="My year 2026").columns.get(name="Doing").cards.get()
    go(page, academy, f"/cards/{card.pk}/")
    expect(page.locator(".user-text strong")).to_have_text("how")
    expect(page.get_by_role("link", name="Show the picture from pictures.example")).to_be_visible()
    assert page.title().startswith("Talk")
    assert not [url for url in asked if not url.startswith(academy.url)], "nothing is loaded from elsewhere unasked"
    run = academy.linh.boards.get(name="My year 2026")
    for place in ("list/", "print/"):
        go(page, academy, f"/boards/{run.pk}/{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, f"a long word pushes {place} aside"
    go(page, academy, f"/boards/imports/{newest_import()}/")
    page.get_by_role("button", name="Remove what it brought").click()
    expect(page.get_by_text("removed, for good")).to_be_visible()
    assert not academy.linh.boards.filter(pk=run.pk).exists()


def newest_import() -> int:
    from trellis.domains.growth.models import BoardImport

    return BoardImport.objects.latest("id").pk


def test_d6_search_finds_her_cards_in_either_language_and_nobody_finds_anothers(academy, visit):
    from trellis.domains.growth.actions.cards import put_on_my_board

    put_on_my_board(owner=academy.linh, title="准备晨会", notes="Ask Minh for the shift plan")
    page = go(visit(academy.linh, language="zh-hans"), academy, "/boards/search/")
    for typed in ("晨会", "shift minh"):
        page.get_by_role("searchbox").fill(typed)
        page.locator("main").get_by_role("button", name="搜索").click()
        expect(page.locator("main").get_by_role("link", name="准备晨会")).to_be_visible()
    for other in (academy.thuy, academy.mai):
        theirs = go(visit(other), academy, "/boards/search/?q=晨会")
        expect(theirs.get_by_text("none of the cards")).to_be_visible()
        go(theirs, academy, "/find/?q=晨会")
        expect(theirs.get_by_text("准备晨会")).to_have_count(0)


def test_d6_she_takes_everything_along_and_brings_it_back_the_same(academy, visit):
    from trellis.domains.growth.queries.outlines import outlines_of

    page = go(visit(academy.nam), academy, "/boards/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Everything as JSON").click()
    content = taken.value.path().read_bytes()
    own = list(academy.nam.boards.all())
    assert {board["name"] for board in json.loads(content)["boards"]} == {board.name for board in own}
    assert "Linh" not in content.decode()
    with page.expect_download() as read:
        page.get_by_role("link", name="Everything as Markdown").click()
    assert "- [ ] The handbook of the night shift" in read.value.path().read_text()
    board = next(board for board in own if board.name == "Reading and courses")
    one = page.context.request.get(f"{academy.url}/boards/{board.pk}/export.json").body()
    bring(page, academy, one)
    page.get_by_role("button", name="Make this board").click()
    expect(page.get_by_role("heading", name="It is here")).to_be_visible()
    again = academy.nam.boards.exclude(pk__in=[board.pk for board in own]).get()
    assert outlines_of([again]) == outlines_of([board])


def test_d6_list_weeks_and_paper_show_the_same_cards(academy, visit):
    board = academy.nam.boards.get(name="Reading and courses")
    page = go(visit(academy.nam, width=PHONE, theme="dark"), academy, f"/boards/{board.pk}/list/?sort=due")
    expect(page.get_by_role("row", name="The handbook of the night shift")).to_be_visible()
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator(".week--now")).to_contain_text("Today, Mon 2 Mar")
    expect(page.get_by_text("overdue")).to_be_visible()
    go(page, academy, f"/boards/{board.pk}/print/")
    page.emulate_media(media="print")
    expect(page.locator("nav.tabs")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("main")).to_contain_text("Give feedback within a day")
