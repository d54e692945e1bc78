"""The board as pages: every act has a plain form; a reader sees it and changes nothing; a long board costs the same."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.growth.actions import boards, cards, labels, sharing
from trellis.domains.growth.models import Board, Card, Goal, KeyResult, Objective

PART = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def board(linh):
    return boards.default_board(owner=linh)


@pytest.fixture
def card(board):
    return cards.add_card(column=board.columns.first(), title="Read", notes="Chapter 1")


def form_of(page):
    """The fields of the card's form as they stand on the page."""
    found = dict(re.findall(r'<input type="hidden" name="(was_\w+)" value="([^"]*)"', page.content.decode()))
    return {**found, "title": found["was_title"], "notes": found["was_notes"], "due_on": found["was_due_on"]}


def test_looking_makes_no_board_and_the_button_makes_one(as_, linh):
    page = as_(linh)
    assert b"Make my board" in page.get("/board/").content
    assert not Board.objects.exists()
    for _ in range(2):
        answer = page.post("/board/")
    assert answer.url == f"/boards/{Board.objects.get().pk}/"
    assert page.get("/board/").url == answer.url


def test_a_card_is_added_once_at_a_double_click(as_, linh, board):
    column = board.columns.first()
    for _ in range(2):
        answer = as_(linh).post(f"/columns/{column.pk}/cards/", {"title": "Read", "key": "k"})
    card = Card.objects.get()
    assert answer.url == f"/boards/{board.pk}/#card-{card.pk}"


def test_a_card_without_a_title_is_told(as_, linh, board):
    page = as_(linh).post(f"/columns/{board.columns.first().pk}/cards/", {"title": " "}, follow=True)
    assert b"A card needs a title" in page.content
    assert not Card.objects.exists()


def test_a_card_is_moved_by_the_form_and_the_move_taken_back(as_, linh, board, card):
    done = board.columns.last()
    assert b"Move to" in as_(linh).get(f"/cards/{card.pk}/move/").content
    answer = as_(linh).post(f"/cards/{card.pk}/move/", {"column": done.pk, "place": "first"}, follow=True)
    card.refresh_from_db()
    assert card.column == done
    undo = re.search(r"/boards/\d+/acts/\d+/undo/", answer.content.decode())
    assert b"Taken back." in as_(linh).post(undo[0], follow=True).content
    card.refresh_from_db()
    assert card.column == board.columns.first()


def test_the_script_is_told_what_became_of_a_move(as_, linh, board, card):
    there = {"column": board.columns.last().pk, "key": "m1"}
    said = as_(linh).post(f"/cards/{card.pk}/move/", there, **PART).json()
    board.refresh_from_db()
    assert (said["ok"], said["sequence"]) == (True, board.sequence)
    assert as_(linh).get(f"/boards/{board.pk}/?since").json() == {"sequence": board.sequence}
    cards.archive_card(card=card)
    said = as_(linh).post(f"/cards/{card.pk}/move/", {**there, "key": "m2"}, **PART).json()
    assert said["ok"] is False
    assert "archived on another device" in said["said"]


def test_two_devices_write_the_same_field_and_both_texts_are_shown(as_, linh, card):
    address = f"/cards/{card.pk}/"
    phone, desk = (form_of(as_(linh).get(address)) for _ in range(2))
    as_(linh).post(address, {**phone, "notes": "Chapter 2, from the phone"})
    page = as_(linh).post(address, {**desk, "notes": "Chapter 3, from the desk"})
    assert page.status_code == 409
    assert b"Chapter 2, from the phone" in page.content
    assert b"Chapter 3, from the desk" in page.content
    card.refresh_from_db()
    assert card.notes == "Chapter 2, from the phone"
    again = {**form_of(page), "notes": "Chapter 3, from the desk"}
    as_(linh).post(address, {**again, "take_notes": "theirs"})
    card.refresh_from_db()
    assert card.notes == "Chapter 2, from the phone"
    as_(linh).post(address, {**again, "take_notes": "mine"})
    card.refresh_from_db()
    assert card.notes == "Chapter 3, from the desk"


def test_two_devices_write_different_fields_and_both_stay(as_, linh, card):
    address = f"/cards/{card.pk}/"
    phone, desk = (form_of(as_(linh).get(address)) for _ in range(2))
    as_(linh).post(address, {**phone, "title": "Read it"})
    assert as_(linh).post(address, {**desk, "due_on": "2026-03-06"}).status_code == 302
    card.refresh_from_db()
    assert (card.title, str(card.due_on), card.notes) == ("Read it", "2026-03-06", "Chapter 1")


def test_a_card_archived_on_another_device_is_told_and_keeps_the_words(as_, linh, card):
    form = form_of(as_(linh).get(f"/cards/{card.pk}/"))
    as_(linh).post(f"/cards/{card.pk}/archive/")
    page = as_(linh).post(f"/cards/{card.pk}/", {**form, "title": "Read it"}, follow=True)
    assert b"archived on another device" in page.content
    card.refresh_from_db()
    assert card.title == "Read it"


def test_a_card_deleted_on_another_device_gives_the_words_back_to_be_copied(as_, linh, card):
    form = form_of(as_(linh).get(f"/cards/{card.pk}/"))
    Card.objects.all().delete()
    sent = {**form, "title": "Read it <i>twice</i>", "notes": "Chapter 9", "csrfmiddlewaretoken": "token"}
    for part in ({}, PART):
        page = as_(linh).post(f"/cards/{card.pk}/", sent, **part)
        assert page.status_code == 404
        said = page.content.decode()
        assert "It is not here any more" in said
        assert "Read it &lt;i&gt;twice&lt;/i&gt;" in said
        assert "Chapter 9" in said
        assert "token" not in said.split("<main")[-1]
    said = as_(linh).post(f"/cards/{card.pk}/steps/", {"text": "Find the book"})
    assert b"Find the book" in said.content


def test_a_card_deleted_in_the_very_instant_gives_the_words_back_too(as_, linh, card, monkeypatch):
    form = form_of(as_(linh).get(f"/cards/{card.pk}/"))

    def just_now(**_whatever):
        Card.objects.all().delete()
        raise Card.DoesNotExist

    for gone in (lambda **_whatever: cards.EditOutcome("gone"), just_now):
        monkeypatch.setattr(cards, "edit_card", gone)
        page = as_(linh).post(f"/cards/{card.pk}/", {**form, "notes": "Chapter 9"})
        assert page.status_code == 404
        assert b"Chapter 9" in page.content


def test_what_is_wrong_is_told_with_the_form_as_it_was(as_, linh, card):
    page = as_(linh).post(f"/cards/{card.pk}/", {"title": "", "notes": "kept", "due_on": "soon"})
    assert page.status_code == 422
    assert b"A card needs a title" in page.content
    assert b"kept" in page.content


def test_the_steps_of_a_card_by_forms(as_, linh, card):
    page = as_(linh)
    for _ in range(2):
        page.post(f"/cards/{card.pk}/steps/", {"text": "Find it", "key": "s"})
    step = card.checklist.get()
    page.post(f"/steps/{step.pk}/", {"do": "tick"})
    assert card.checklist.get().is_done
    answer = page.post(f"/steps/{step.pk}/", {"do": "save", "text": "Find the book", "was": "something else"})
    assert b"Another device changed this step" in answer.content
    assert b"Find the book" in answer.content
    assert b"<html" not in page.post(f"/steps/{step.pk}/", {"do": "untick"}, **PART).content
    removed = page.post(f"/steps/{step.pk}/", {"do": "remove"}, follow=True)
    assert b"Step removed." in removed.content
    assert not card.checklist.exists()


def test_columns_and_labels_by_forms(as_, linh, board, card):
    page, settings = as_(linh), f"/boards/{board.pk}/settings/"
    page.post(f"/boards/{board.pk}/columns/", {"name": "Waiting", "limit": "2"})
    column = board.columns.get(name="Waiting")
    page.post(f"/columns/{column.pk}/", {"do": "left"})
    names = [c.name for c in board.columns.filter(archived_at=None)]
    assert names == ["Later", "This month", "Doing", "Waiting", "Done"]
    page.post(f"/columns/{column.pk}/", {"do": "save", "name": "Waiting for others", "limit": ""})
    assert b"Waiting for others" in page.get(settings).content
    assert page.post(f"/columns/{column.pk}/", {"do": "save", "name": ""}).status_code == 422
    answer = page.post(f"/columns/{card.column_id}/", {"do": "remove", "to": column.pk}, follow=True)
    assert b"Column removed." in answer.content
    card.refresh_from_db()
    assert card.column == column
    page.post(f"/boards/{board.pk}/labels/", {"name": "English", "tone": "jade"})
    label = board.labels.get()
    page.post(f"/labels/{label.pk}/", {"do": "save", "name": "Photo", "tone": "plum"})
    assert b"Photo" in page.get(settings).content
    assert b"Label removed." in page.post(f"/labels/{label.pk}/", {"do": "remove"}, follow=True).content
    page.post(settings, {"name": "Mine"})
    page.post(f"/boards/{board.pk}/archive/")
    board.refresh_from_db()
    assert (board.name, bool(board.archived_at)) == ("Mine", True)


def test_a_reader_sees_the_board_and_changes_nothing(as_, linh, minh, tuan, board, card):
    card.goal = Goal.objects.create(owner=linh, title="Become a team leader")
    card.save()
    sharing.share(thing=board, reader=minh, may_comment=False, actor=linh)
    page = as_(minh).get(f"/boards/{board.pk}/").content
    assert b"Read" in page
    assert b"Become a team leader" not in page + as_(minh).get(f"/cards/{card.pk}/").content
    assert b"data-board" not in page
    assert b"Add a card" not in page
    assert as_(minh).get(f"/columns/{card.column_id}/rest/", **PART).status_code == 200
    for address in (f"/cards/{card.pk}/", f"/cards/{card.pk}/move/", f"/columns/{card.column_id}/cards/"):
        assert as_(minh).post(address, {"title": "x"}).status_code == 403
    assert as_(tuan).get(f"/boards/{board.pk}/").status_code == 403
    assert as_(tuan).get(f"/cards/{card.pk}/").status_code == 403


def test_the_rest_of_a_long_column_comes_when_asked(as_, linh, board):
    column = board.columns.first()
    for n in range(45):
        cards.add_card(column=column, title=f"Card {n}")
    page = as_(linh).get(f"/boards/{board.pk}/").content.decode()
    assert page.count("kcard__title") == 40
    after = re.search(r'data-rest="(\d+)"', page)[1]
    rest = as_(linh).get(f"/columns/{column.pk}/rest/?after={after}", **PART).content.decode()
    assert [int(n) for n in re.findall(r">Card (\d+)</a>", rest)] == [40, 41, 42, 43, 44]
    whole = as_(linh).get(f"/columns/{column.pk}/rest/", follow=True).content.decode()
    assert whole.count("kcard__title") == 45


def test_a_board_of_many_asks_as_little_as_one_of_few(as_, linh, board, card):
    label = labels.make_label(board=board, name="English", tone="jade")
    card.labels.add(label)

    page_of = as_(linh)

    def statements(address):
        with CaptureQueriesContext(connection) as asked:
            assert page_of.get(address).status_code == 200
        return len(asked)

    pages = [f"/boards/{board.pk}/", f"/cards/{card.pk}/", f"/boards/{board.pk}/settings/", "/boards/"]
    for page in pages:
        page_of.get(page)
    few = [statements(page) for page in pages]
    objective = Objective.objects.create(goal=Goal.objects.create(owner=linh, title="Lead"), title="Try", year=2026)
    KeyResult.objects.create(objective=objective, title="Talks", target=3)
    for n in range(60):
        more = cards.add_card(column=board.columns.all()[n % 4], title=str(n))
        more.labels.add(label)
        labels.add_step(card=more, text="Begin")
        labels.add_step(card=card, text=str(n))
    boards.make_board(owner=linh, name="Another")
    many = [statements(page) for page in pages]
    assert [b - a for a, b in zip(few, many, strict=True)] == [1, 0, 0, 0], "its key results are one more"
    assert max(many) <= 12


def test_a_name_given_on_another_device_is_told_and_neither_is_lost(as_, linh, board):
    page, column = as_(linh), board.columns.first()
    labels.make_label(board=board, name="English", tone="jade")
    label = board.labels.get()
    for address, was, first, second in [
        (f"/columns/{column.pk}/", {"was_name": column.name, "do": "save"}, "Some day", "Ideas"),
        (f"/labels/{label.pk}/", {"was_name": "English", "was_tone": "jade", "tone": "jade"}, "Talks", "Words"),
        (f"/boards/{board.pk}/settings/", {"was_name": board.name}, "Mine", "Ours"),
    ]:
        assert page.post(address, {**was, "name": first}).status_code == 302
        answer = page.post(address, {**was, "name": second})
        said = answer.content.decode()
        assert answer.status_code == 422
        assert f"There it says: “{first}”." in said
        assert f'value="{second}"' in said
        assert f'name="was_name" value="{first}"' in said
        assert page.post(address, {**was, "was_name": first, "name": second}).status_code == 302
    assert board.columns.first().name == "Ideas"


def test_a_board_put_away_is_back_by_one_button_and_by_its_owners_alone(as_, linh, minh, board):
    said = as_(linh).post(f"/boards/{board.pk}/archive/", follow=True).text
    back = re.search(rf'action="(/boards/{board.pk}/acts/\d+/undo/)"', said)
    assert back
    act = back.group(1).split("/")[4]
    assert "/undo/" not in as_(minh).get(f"/boards/?did={act}").text
    as_(linh).post(back.group(1))
    board.refresh_from_db()
    assert board.archived_at is None
    assert "/undo/" not in as_(linh).get(f"/boards/?did={act}").text


def test_a_label_by_a_number_that_no_database_has_is_no_fault(as_, linh, card):
    answer = as_(linh).post(f"/cards/{card.pk}/", {"title": "Read on", "labels": "9" * 20})
    assert answer.status_code in (404, 422)
    card.refresh_from_db()
    assert card.title == "Read"


def test_cards_go_nowhere_else_when_the_column_for_them_is_gone(as_, linh, board, card):
    there = board.columns.last()
    boards.remove_column(column=there, to=None)  # on another device
    page = as_(linh).post(f"/columns/{card.column_id}/", {"do": "remove", "to": there.pk}, follow=True)
    assert "was taken away meanwhile. Choose another one." in page.text
    card.refresh_from_db()
    assert (card.archived_at, card.column.archived_at) == (None, None)


@pytest.mark.parametrize("limit", ["0", "-1", "99999"])
def test_a_limit_is_a_number_of_cards(as_, linh, board, limit):
    answer = as_(linh).post(f"/boards/{board.pk}/columns/", {"name": "Waiting", "limit": limit})
    assert answer.status_code == 422
    assert "Waiting" in answer.text
    assert not board.columns.filter(name="Waiting").exists()
