"""A card to another board of one's own; and what waited on a page that was left, as one act in its order."""

import pytest

from trellis.domains.growth.actions import boards, cards, labels, sharing
from trellis.domains.growth.actions.acts import undo
from trellis.domains.growth.actions.archive import delete_for_good
from trellis.domains.growth.actions.boards import NewColumn
from trellis.domains.growth.actions.cards import Place
from trellis.domains.growth.actions.carrying import Addition, Move, carry_card, do_in_order
from trellis.domains.growth.models import BoardAct, Card

COLUMNS = [NewColumn("Later"), NewColumn("Done", is_done=True)]


@pytest.fixture
def work(linh):
    return boards.make_board(owner=linh, name="Work", columns=COLUMNS)


@pytest.fixture
def home(linh):
    return boards.make_board(owner=linh, name="Home", columns=COLUMNS)


@pytest.fixture
def card(work):
    """Read, with two labels; "English" is on both boards."""
    card = cards.add_card(column=work.columns.first(), title="Read", notes="Chapter 1")
    card.labels.set(labels.make_label(board=work, name=name, tone="jade") for name in ("English", "Quarter"))
    return card


def words(card):
    return sorted(label.name for label in card.labels.all())


def act_of(outcome):
    return BoardAct.objects.get(pk=outcome.act)


@pytest.mark.both_databases
def test_a_card_goes_to_another_board_with_all_that_hangs_on_it_and_the_labels_known_there(card, home, minh):
    there = labels.make_label(board=home, name="English", tone="plum")
    labels.add_step(card=card, text="Find it")
    outcome = carry_card(card=card, column=home.columns.last())
    card.refresh_from_db()
    assert (outcome.code, outcome.left) == ("done", ("Quarter",))
    assert (card.column, list(card.labels.all())) == (home.columns.last(), [there])
    assert card.checklist.get().text == "Find it"
    assert card.done_at


@pytest.mark.both_databases
def test_it_is_taken_back_as_it_was_and_both_boards_say_that_they_changed(card, work, home):
    column, rank = card.column, card.rank
    outcome = carry_card(card=card, column=home.columns.last())
    seen = []
    for board in (work, home):
        board.refresh_from_db()
        seen.append(board.sequence)
    assert undo(act=act_of(outcome)).code == "done"
    card.refresh_from_db()
    assert (card.column, card.rank, card.done_at, words(card)) == (column, rank, None, ["English", "Quarter"])
    for board, before in zip((work, home), seen, strict=True):
        board.refresh_from_db()
        assert board.sequence == before + 1
    assert undo(act=act_of(outcome)).code == "already"


def test_it_comes_first_or_last_and_a_second_click_carries_nothing(card, home):
    old = cards.add_card(column=home.columns.first(), title="Old")
    assert carry_card(card=card, column=home.columns.first(), first=True).code == "done"
    assert carry_card(card=card, column=home.columns.first()).code == "already"
    assert list(home.columns.first().cards.all()) == [card, old]


def test_what_was_moved_on_there_is_not_taken_back(card, home):
    outcome = carry_card(card=card, column=home.columns.first())
    cards.move_card(card=card, column=home.columns.last(), place=Place())
    assert undo(act=act_of(outcome)).code == "changed"


def test_an_older_change_is_not_taken_back_from_the_other_board(card, work, home):
    old = cards.edit_card(card=card, base={"title": "Read"}, mine={"title": "Read on"})
    carry_card(card=card, column=home.columns.first())
    assert undo(act=act_of(old)).code == "changed"


def test_another_device_that_still_sees_it_on_the_old_board_edits_it_and_moves_it_nowhere(card, work, home):
    seen = Card.objects.select_related("column__board").get(pk=card.pk)
    carry_card(card=card, column=home.columns.first())
    assert cards.edit_card(card=seen, base={"title": "Read"}, mine={"title": "Read on"}).code == "saved"
    assert cards.move_card(card=seen, column=work.columns.last(), place=Place()).code == "elsewhere"
    card.refresh_from_db()
    assert (card.title, card.column) == ("Read on", home.columns.first())


def test_what_is_not_there_any_more_or_somebody_elses_takes_no_card(card, home, thuy):
    theirs = boards.default_board(owner=thuy)
    assert carry_card(card=card, column=theirs.columns.first()).code == "archived"
    boards.archive_board(board=home)
    assert carry_card(card=card, column=home.columns.first()).code == "archived"
    cards.archive_card(card=card)
    delete_for_good(thing=Card.objects.get(pk=card.pk))
    assert carry_card(card=card, column=home.columns.first()).code == "gone"


def test_the_page_offers_all_boards_and_says_who_else_can_see_them(as_, linh, minh, card, work, home):
    sharing.share(thing=home, reader=minh, may_comment=False, actor=linh)
    page = as_(linh).get(f"/cards/{card.pk}/move/").content.decode()
    assert page.index("<legend>Work") < page.index("<legend>Home")
    assert "1 other can see it" in page
    answer = as_(linh).post(f"/cards/{card.pk}/move/", {"column": home.columns.first().pk}, follow=True)
    said = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(f"/boards/{work.pk}/?did=")
    assert "Card moved to another board." in said
    assert "stayed behind" in said
    assert as_(minh).post(f"/cards/{card.pk}/move/", {"column": work.columns.first().pk}).status_code == 403


def test_the_script_is_told_that_a_card_is_on_another_board_by_now(as_, linh, card, work, home):
    carry_card(card=card, column=home.columns.first())
    sent = {"column": work.columns.last().pk, "key": "m"}
    said = as_(linh).post(f"/cards/{card.pk}/move/", sent, HTTP_HX_REQUEST="true").json()
    assert said["ok"] is False
    assert "another board" in said["said"]


@pytest.mark.both_databases
def test_what_waited_is_done_in_its_order_and_once(work):
    later, done = work.columns.all()
    one, two, three = (cards.add_card(column=later, title=title) for title in ("One", "Two", "Three"))
    waiting = [
        Move(three.pk, done.pk, Place(first=True), "a"),
        Move(one.pk, done.pk, Place(after=three.pk), "b"),
        Addition(done.pk, "Four", "c"),
        Move(two.pk, done.pk, Place(after=three.pk, before=one.pk), "d"),
    ]
    cards.move_card(card=three, column=done, place=Place(first=True), key="a")  # on its way as the page was left
    for _again in range(2):
        do_in_order(board=work, changes=waiting)
    assert [card.title for card in done.cards.all()] == ["Three", "Two", "One", "Four"]


def test_what_cannot_be_done_any_more_is_left_out(work, card, thuy):
    _later, done = work.columns.all()
    theirs = cards.add_card(column=boards.default_board(owner=thuy).columns.first(), title="Hers")
    changes = [
        Move(theirs.pk, done.pk, Place(), "a"),
        Move(0, done.pk, Place(), "b"),
        Addition(0, "Nowhere", "c"),
        Move(card.pk, done.pk, Place(), "d"),
    ]
    do_in_order(board=work, changes=changes)
    assert [one.title for one in done.cards.all()] == ["Read"]
    theirs.refresh_from_db()
    assert theirs.column.board.owner == thuy


def test_a_page_that_is_left_sends_it_as_one(as_, linh, work, card):
    done = work.columns.last()
    act = [
        f"card={card.pk}&column={done.pk}&place=first&key=a",
        f"column={done.pk}&title=New+one&key=b",
        "column=x",
        "",
    ]
    assert as_(linh).post(f"/boards/{work.pk}/sent/", {"act": act}).status_code == 204
    assert [one.title for one in done.cards.all()] == ["Read", "New one"]
