"""The pages around a board: its list and weeks, search, the archive, files in and out. What is Linh's is hers."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.domains.growth.actions import boards, cards, sharing
from trellis.domains.growth.actions.boards import NewColumn
from trellis.domains.growth.models import Board, BoardImport, Card, ChecklistItem, Comment, Label
from trellis.domains.growth.tests.test_bringing import FILE, big_board
from trellis.kit.tasks.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(linh):
    return boards.make_board(owner=linh, name="My year", columns=[NewColumn("Later"), NewColumn("Done", is_done=True)])


@pytest.fixture
def card(board):
    return cards.add_card(
        column=board.columns.first(), title="Read the handbook", notes="Chapter **two** 排班", due_on=date(2026, 2, 27)
    )


@pytest.fixture
def hers(client, linh):
    client.force_login(linh)
    return client


@pytest.fixture
def his(client, thuy):
    client.force_login(thuy)
    return client


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_it_narrows_by_what_is_asked_and_says_so_when_nothing_is_left(self, hers, board, card):
        other = cards.add_card(column=board.columns.last(), title="Write it down")
        label = Label.objects.create(board=board, name="English")
        other.labels.add(label)
        at = f"/boards/{board.pk}/list/"
        assert "overdue" in text(hers.get(at))
        for asked, shown in [
            ({"due": "late"}, "Read"),
            ({"due": "none"}, "Write"),
            ({"label": label.pk}, "Write"),
            ({"column": card.column_id}, "Read"),
            ({"done": "done"}, "Write"),
            ({"words": "TWO hand"}, "Read"),
        ]:
            said = text(hers.get(at, asked))
            assert ("Read the handbook" in said, "Write it down" in said) == (shown == "Read", shown == "Write"), asked
        assert "No card is like this" in text(hers.get(at, {"link": "course"}))
        assert "Read the handbook" in text(hers.get(at, {"column": "x", "label": "9" * 30, "sort": "no", "page": "-1"}))

    def test_it_is_sorted_by_date_with_those_without_one_last(self, hers, board, card):
        cards.add_card(column=card.column, title="A without a date")
        cards.add_card(column=card.column, title="B sooner", due_on=date(2026, 2, 1))
        said = text(hers.get(f"/boards/{board.pk}/list/", {"sort": "due"}))
        assert said.index("B sooner") < said.index("Read the handbook") < said.index("A without a date")

    def test_who_reads_the_board_does_not_read_its_goals(self, his, board, card, linh, thuy):
        goal = linh.goals.create(title="Become a sparrow")
        Card.objects.filter(pk=card.pk).update(goal=goal)
        sharing.share(thing=board, reader=thuy, may_comment=True, actor=linh)
        for at in (
            f"/boards/{board.pk}/list/",
            f"/cards/{card.pk}/",
            f"/boards/{board.pk}/print/",
            f"/boards/{board.pk}/",
        ):
            said = text(his.get(at))
            assert "Read the handbook" in said
            assert "sparrow" not in said, at
        assert "Read the handbook" in text(his.get(f"/boards/{board.pk}/list/", {"link": goal.pk}))


class TestTimeline:
    def test_it_lays_out_by_week_with_today_marked(self, hers, board, card):
        cards.add_card(column=card.column, title="Next week", due_on=date(2026, 3, 11))
        said = text(hers.get(f"/boards/{board.pk}/timeline/"))
        assert said.index("Read the handbook") < said.index("Today, Mon 2 Mar") < said.index("Next week")

    def test_without_a_date_it_says_what_to_do(self, hers, board):
        assert "No card has a date" in text(hers.get(f"/boards/{board.pk}/timeline/"))


class TestSearch:
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("handbook", True),
            ("HANDBOOK two", True),
            ("排班", True),
            ("minh handbook", True),
            ("handbook absent", False),
            ("đường", True),
            ("ĐƯỜNG", True),
            ("%", False),
            ("\x00", False),
        ],
    )
    def test_every_word_stands_somewhere_in_the_card(self, hers, card, linh, typed, found):
        ChecklistItem.objects.create(card=card, text="Ask Minh", rank="5")
        Comment.objects.create(card=card, author=linh, text="con đường dài")
        assert ("Read the handbook" in text(hers.get("/boards/search/", {"q": typed}))) is found

    def test_others_find_nothing_until_she_shares_and_after_she_ends_it(self, his, card, thuy, linh):
        def found():
            return "Read the handbook" in text(his.get("/boards/search/", {"q": "handbook"}))

        assert not found()
        sharing.share(thing=card.column.board, reader=thuy, may_comment=False, actor=linh)
        assert found()
        sharing.end_share(given=thuy.shared_with_me.get())
        assert not found()


class TestArchive:
    def test_a_card_comes_back_or_goes_for_good(self, hers, card):
        cards.archive_card(card=card)
        assert "Read the handbook" in text(hers.get("/boards/archived/"))
        hers.post("/boards/archived/", {"what": "card", "pk": card.pk, "do": "restore"})
        card.refresh_from_db()
        assert card.archived_at is None
        cards.archive_card(card=card)
        for _double in range(2):
            assert hers.post("/boards/archived/", {"what": "card", "pk": card.pk, "do": "delete"}).status_code == 302
        assert not Card.objects.exists()

    def test_what_is_in_use_cannot_be_deleted_for_good(self, hers, card):
        hers.post("/boards/archived/", {"what": "card", "pk": card.pk, "do": "delete"})
        hers.post("/boards/archived/", {"what": "board", "pk": card.column.board_id, "do": "delete"})
        assert Card.objects.exists()

    def test_a_column_and_a_board_come_back_with_their_cards(self, hers, board, card):
        boards.remove_column(column=card.column, to=None)
        hers.post("/boards/archived/", {"what": "column", "pk": card.column_id, "do": "restore"})
        assert Card.objects.get().archived_at is None
        boards.archive_board(board=board)
        assert "My year" in text(hers.get("/boards/archived/"))
        hers.post("/boards/archived/", {"what": "board", "pk": board.pk, "do": "restore"})
        assert Board.objects.get().archived_at is None

    def test_nobody_deletes_anothers(self, his, card):
        cards.archive_card(card=card)
        his.post("/boards/archived/", {"what": "card", "pk": card.pk, "do": "delete"})
        assert Card.objects.exists()


def brought(client, content):
    return client.post("/boards/import/", {"file": SimpleUploadedFile("secret plan.json", content)})


class TestBringing:
    def test_a_board_of_trello_is_shown_first_then_written_and_taken_back(self, hers):
        step = brought(hers, FILE).url
        said = text(hers.get(step))
        assert "My year" in said
        assert "attachments that are no link" in said
        assert not Board.objects.exists()
        for _double in range(2):
            hers.post(f"{step}write/")
        assert Board.objects.get().name == "My year"
        assert "It is here" in text(hers.get(step))
        hers.post(f"{step}undo/")
        assert not Board.objects.exists()
        assert "Taken back" in text(hers.get(step))

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "empty"),
            (b"name;list", "line 1"),
            (FILE[:200], "ends too early"),
            (b'{"a": 1}', "no lists and cards"),
            (b"PK\x03\x04zip", "By its content"),
        ],
    )
    def test_what_is_no_board_is_told(self, hers, content, said):
        answer = brought(hers, content)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_a_large_one_goes_on_in_the_background_and_its_job_holds_no_word_of_it(self, hers, linh):
        step = brought(hers, json.dumps(big_board(600)).encode()).url
        answer = hers.post(f"{step}write/")
        job = Job.objects.get()
        assert answer.url == f"/jobs/{job.pk}/"
        assert job.params == {"run_id": BoardImport.objects.get().pk}

    def test_nobody_sees_what_she_brought(self, client, linh, thuy):
        client.force_login(linh)
        step = brought(client, FILE).url
        client.force_login(thuy)
        assert client.get(step).status_code == client.post(f"{step}write/").status_code == 403


class TestBeginnings:
    def test_a_double_click_makes_one_board(self, hers):
        assert "My weeks" in text(hers.get("/boards/new/"))
        for _double in range(2):
            hers.post("/boards/new/", {"beginning": "weeks"})
        assert [column.name for column in Board.objects.get().columns.all()][:2] == ["Some day", "Next week"]

    def test_a_board_of_hers_is_a_beginning_with_nothing_done(self, hers, board, card):
        ChecklistItem.objects.create(card=card, text="Ask Minh", rank="5", is_done=True)
        hers.post("/boards/new/", {"beginning": f"copy-{board.pk}", "name": "Next year"})
        copy = Board.objects.get(name="Next year")
        copied = Card.objects.get(column__board=copy)
        assert (copied.title, copied.due_on, copied.checklist.get().is_done) == ("Read the handbook", None, False)

    def test_no_board_of_others(self, his, board):
        assert his.post("/boards/new/", {"beginning": f"copy-{board.pk}"}).status_code == 422


class TestTakingAlong:
    def test_json_and_markdown_hold_what_is_hers(self, hers, card, linh):
        data = json.loads(text(hers.get("/boards/export.json")))
        assert data["boards"][0]["columns"][0]["cards"][0]["title"] == "Read the handbook"
        assert "- [ ] Read the handbook" in text(hers.get("/boards/export.md"))
        one = hers.get(f"/boards/{card.column.board_id}/export.json")
        assert "My year" not in one.headers["Content-Disposition"]
        hers.post(brought(hers, one.content).url + "write/")
        assert Board.objects.filter(name="My year").count() == 2

    def test_others_take_nothing_of_it(self, his, card, thuy, linh):
        sharing.share(thing=card.column.board, reader=thuy, may_comment=True, actor=linh)
        assert "handbook" not in text(his.get("/boards/export.json"))
        assert "handbook" not in text(his.get("/boards/export.md"))
        assert his.get(f"/boards/{card.column.board_id}/export.md").status_code == 403

    def test_on_paper_it_shows_what_each_card_holds(self, hers, card):
        assert "<strong>two</strong>" in text(hers.get(f"/boards/{card.column.board_id}/print/"))


class TestLinks:
    def test_a_card_leads_to_a_position_and_back_off(self, hers, card, company):
        at = f"/cards/{card.pk}/links/"
        assert company.team_leader.name in text(hers.get(at, {"q": company.team_leader.name[:4]}))
        hers.post(at, {"field": "position", "key": company.team_leader.code})
        assert f'href="/positions/{company.team_leader.code}/"' in text(hers.get(f"/cards/{card.pk}/"))
        hers.post(at, {"field": "position"})
        card.refresh_from_db()
        assert card.position is None

    @pytest.mark.parametrize(
        "sent", [{"field": "owner", "key": "1"}, {"field": "goal", "key": "77"}, {"field": "position", "key": "no"}]
    )
    def test_what_is_not_there_is_told(self, hers, card, sent):
        answer = hers.post(f"/cards/{card.pk}/links/", sent, follow=True)
        assert "It is not here any more" in text(answer)

    def test_a_goal_of_somebody_else_cannot_be_chosen(self, hers, card, thuy):
        theirs = thuy.goals.create(title="Her own")
        hers.post(f"/cards/{card.pk}/links/", {"field": "goal", "key": theirs.pk})
        card.refresh_from_db()
        assert card.goal is None

    def test_put_on_my_board_makes_one_card_and_goes_back_only_to_a_page_of_ours(self, hers, company, linh):
        sent = {"field": "position", "key": company.team_leader.code, "next": f"/positions/{company.team_leader.code}/"}
        for _double in range(2):
            assert hers.post("/board/put/", sent).url == sent["next"]
        card = Card.objects.get()
        assert (card.position, card.column.board.owner) == (company.team_leader, linh)
        assert hers.post("/board/put/", {**sent, "next": "https://evil.example/"}).url == "/board/"

    def test_a_step_of_her_journey_comes_once_with_its_words(self, hers, linh):
        sent = {"field": "journey", "within": "7", "what": "course:leadership Pass the course", "next": "/journeys/7/"}
        for _double in range(2):
            assert hers.post("/board/put/", sent).url == "/journeys/7/"
        assert Card.objects.get().title == "Pass the course"
        assert "no card was made" in text(
            hers.post("/board/put/", {**sent, "what": "", "next": "/boards/"}, follow=True)
        )
