"""Boards: columns and cards as their owner likes them; every change once, and a way back."""

from datetime import date, timedelta

import pytest

from trellis.domains.growth.actions import boards, cards, labels
from trellis.domains.growth.actions.acts import undo
from trellis.domains.growth.actions.boards import NewColumn
from trellis.domains.growth.actions.cards import Place
from trellis.domains.growth.models import Board, BoardAct, Card, ChecklistItem, Column
from trellis.domains.growth.rules.ranks import LONGEST
from trellis.kit import clock

pytestmark = pytest.mark.both_databases


@pytest.fixture
def board(linh):
    columns = [NewColumn("Later"), NewColumn("Doing", limit=3), NewColumn("Done", is_done=True)]
    return boards.make_board(owner=linh, name="My board", columns=columns)


@pytest.fixture
def add(board):
    """add("Read", "Write"): cards in the first column, in this order."""

    def add(*titles, column=0):
        there = board.columns.all()[column]
        found = [cards.add_card(column=there, title=title) for title in titles]
        return found[0] if len(found) == 1 else found

    return add


def layout(board):
    return {
        column.name: [card.title for card in column.cards.filter(archived_at=None)]
        for column in board.columns.filter(archived_at=None)
    }


def column(board, name):
    return board.columns.get(name=name)


def as_it_is(thing):
    return {name: getattr(thing, name) for name in ("name", "limit", "is_done", "tone") if hasattr(thing, name)}


def last_act(board):
    return BoardAct.objects.filter(board=board).latest("id")


def test_the_first_board_is_made_once_however_often_it_is_asked_for(linh):
    first = boards.default_board(owner=linh)
    assert boards.default_board(owner=linh) == first
    assert list(first.columns.values_list("name", "is_done")) == [
        ("Later", False),
        ("This month", False),
        ("Doing", False),
        ("Done", True),
    ]
    assert Board.objects.filter(owner=linh).count() == 1


def test_cards_come_behind_each_other(board, add):
    add("Read", "Write", "Rest")
    assert layout(board) == {"Later": ["Read", "Write", "Rest"], "Doing": [], "Done": []}


def test_a_card_from_elsewhere_comes_once(linh, thuy):
    first = cards.put_on_my_board(owner=linh, title="Call Minh", origin="meeting-action:7")
    again = cards.put_on_my_board(owner=linh, title="Call Minh, please", origin="meeting-action:7")
    hers = cards.put_on_my_board(owner=thuy, title="Call Minh", origin="meeting-action:7")
    assert again == first
    assert hers != first
    assert Card.objects.count() == 2
    cards.archive_card(card=first)
    assert cards.put_on_my_board(owner=linh, title="Call Minh", origin="meeting-action:7") == first


def test_the_same_key_adds_one_card_and_another_title_under_it_is_not_lost(board):
    there = column(board, "Later")
    first = cards.add_card(column=there, title="Read", key="k1")
    assert cards.add_card(column=there, title="Read", key="k1") == first
    assert cards.add_card(column=there, title="Write", key="k1") != first
    assert layout(board)["Later"] == ["Read", "Write"]


@pytest.mark.parametrize(
    ("to", "place", "order"),
    [
        pytest.param("Later", {"first": True}, {"Later": ["C", "A", "B"]}, id="first of its column"),
        pytest.param("Later", {"after": "A"}, {"Later": ["A", "C", "B"]}, id="behind another"),
        pytest.param("Later", {"before": "B"}, {"Later": ["A", "C", "B"]}, id="in front of another"),
        pytest.param("Later", {"after": "gone", "before": "A"}, {"Later": ["C", "A", "B"]}, id="one neighbour gone"),
        pytest.param("Doing", {}, {"Later": ["A", "B"], "Doing": ["X", "Y", "C"]}, id="behind the others"),
        pytest.param("Doing", {"after": "X"}, {"Doing": ["X", "C", "Y"]}, id="between two of another column"),
    ],
)
def test_a_card_is_moved(board, add, to, place, order):
    _a, _b, card = add("A", "B", "C")
    add("X", "Y", column=1)
    ids = {**dict(Card.objects.values_list("title", "pk")), "gone": 999_999}
    told = {name: ids.get(title, title) for name, title in place.items()}
    outcome = cards.move_card(card=card, column=column(board, to), place=Place(**told))
    assert outcome.code == "done"
    now = layout(board)
    assert {name: now[name] for name in order} == order
    assert undo(act=last_act(board)).code == "done"
    assert layout(board) == {"Later": ["A", "B", "C"], "Doing": ["X", "Y"], "Done": []}


def test_a_move_is_made_once_by_its_key(board, add):
    card = add("Read")
    doing = column(board, "Doing")
    first = cards.move_card(card=card, column=doing, place=Place(), key="m1")
    cards.move_card(card=card, column=column(board, "Later"), place=Place(), key="m2")
    again = cards.move_card(card=card, column=doing, place=Place(), key="m1")
    assert (again.code, again.act) == ("already", first.act)
    assert layout(board)["Later"] == ["Read"]


def test_done_is_where_the_column_says_so(board, add):
    card = add("Read")
    cards.move_card(card=card, column=column(board, "Done"), place=Place())
    card.refresh_from_db()
    assert card.done_at == pytest.approx(clock.now(), abs=timedelta(minutes=1))
    cards.move_card(card=card, column=column(board, "Doing"), place=Place())
    card.refresh_from_db()
    assert card.done_at is None


def test_a_thousand_times_between_the_same_two_there_is_still_room(board, add):
    first, last = add("A", "B")
    ranks = {"": 0}
    for n in range(60):
        Card.objects.filter(pk=first.pk).update(rank="4" + "9" * (LONGEST - 1) if n == 30 else "1")
        Card.objects.filter(pk=last.pk).update(rank="5" if n == 30 else "2")
        card = cards.add_card(column=column(board, "Later"), title=str(n))
        cards.move_card(card=card, column=column(board, "Later"), place=Place(after=first.pk))
        ranks = dict(Card.objects.values_list("title", "rank"))
    assert max(map(len, ranks.values())) <= LONGEST


def test_an_archived_card_cannot_be_moved_and_comes_back(board, add):
    card = add("Read")
    assert cards.archive_card(card=card).code == "done"
    assert cards.archive_card(card=card).code == "already"
    assert cards.move_card(card=card, column=column(board, "Doing"), place=Place()).code == "archived"
    assert layout(board)["Later"] == []
    assert undo(act=last_act(board)).code == "done"
    assert layout(board)["Later"] == ["Read"]


def test_nothing_is_moved_to_the_board_of_somebody_else(board, add, thuy):
    card = add("Read")
    theirs = boards.default_board(owner=thuy).columns.first()
    assert cards.move_card(card=card, column=theirs, place=Place()).code == "elsewhere"
    assert layout(board)["Later"] == ["Read"]


def test_an_undo_is_refused_when_the_card_went_on(board, add):
    card = add("Read")
    act = cards.move_card(card=card, column=column(board, "Doing"), place=Place()).act
    cards.move_card(card=card, column=column(board, "Done"), place=Place())
    assert undo(act=BoardAct.objects.get(pk=act)).code == "changed"
    assert layout(board)["Done"] == ["Read"]


def test_an_undo_happens_once(board, add):
    card = add("Read")
    cards.move_card(card=card, column=column(board, "Doing"), place=Place())
    act = last_act(board)
    assert [undo(act=act).code for _ in range(2)] == ["done", "already"]


@pytest.mark.parametrize("to", ["Doing", None])
def test_a_column_goes_with_its_cards_somewhere_and_comes_back_with_them(board, add, to):
    add("A", "B")
    add("X", column=1)
    old = cards.add_card(column=column(board, "Later"), title="Old")
    cards.archive_card(card=old)
    clock.move(to=clock.now() + timedelta(minutes=1))
    boards.remove_column(column=column(board, "Later"), to=to and column(board, to))
    assert layout(board) == {"Doing": ["X", *(["A", "B"] if to else [])], "Done": []}
    assert undo(act=last_act(board)).code == "done"
    assert layout(board) == {"Later": ["A", "B"], "Doing": ["X"], "Done": []}


def test_cards_that_were_done_are_so_again_when_their_column_comes_back(board, add):
    done, again = column(board, "Done"), add("Read")
    cards.move_card(card=again, column=done, place=Place())
    again.refresh_from_db()
    since = again.done_at
    clock.move(to=clock.now() + timedelta(days=3))
    boards.remove_column(column=done, to=column(board, "Doing"))
    again.refresh_from_db()
    assert again.done_at is None
    assert undo(act=last_act(board)).code == "done"
    again.refresh_from_db()
    assert (again.column, again.done_at) == (done, since)


def test_a_card_that_came_as_done_stays_so_within_its_column(board, add):
    """As Trello's may: it marks cards as done in any list."""
    read, write = add("Read", "Write")
    since = clock.now() - timedelta(days=30)
    Card.objects.filter(pk=read.pk).update(done_at=since)
    cards.move_card(card=read, column=read.column, place=Place(after=write.pk))
    read.refresh_from_db()
    assert (layout(board)["Later"], read.done_at) == (["Write", "Read"], since)
    boards.change_column(column=read.column, base={"is_done": False}, mine={"is_done": True})
    read.refresh_from_db()
    assert read.done_at == since, "and a column that becomes one of what is done keeps the older day"


def test_columns_are_added_renamed_and_ordered(board):
    new = boards.add_column(board=board, name="Waiting")
    assert list(layout(board)) == ["Later", "Doing", "Done", "Waiting"]
    boards.change_column(column=new, base=as_it_is(new), mine={"name": "Waiting for others", "limit": 2})
    boards.stand_column(column=new, by=-2)
    assert list(layout(board)) == ["Later", "Waiting for others", "Doing", "Done"]
    assert column(board, "Waiting for others").limit == 2


def test_a_column_that_becomes_done_has_done_cards(board, add):
    card = add("Read")
    boards.change_column(column=column(board, "Later"), base={"is_done": False}, mine={"is_done": True})
    card.refresh_from_db()
    assert card.done_at


def test_a_card_finds_a_column_though_all_were_taken_away(board, linh):
    for one in board.columns.all():
        boards.remove_column(column=one, to=None)
    card = cards.put_on_my_board(owner=linh, title="Read")
    assert card.column.archived_at is None
    assert Column.objects.filter(board=board, archived_at=None).count() == 1


def test_labels_have_a_word_once_and_come_back_to_their_cards(board, add):
    card = add("Read")
    label = labels.make_label(board=board, name="English", tone="jade")
    assert labels.make_label(board=board, name="English", tone="plum") == label
    card.labels.add(label)
    other = labels.make_label(board=board, name="Photo", tone="wait")
    assert labels.change_label(label=other, base=as_it_is(other), mine={"name": "English"}).code == "taken"
    assert labels.change_label(label=other, base=as_it_is(other), mine={"name": "Photos", "tone": "now"}).code == "done"
    labels.remove_label(label=label)
    assert not card.labels.exists()
    undo(act=last_act(board))
    assert [label.name for label in card.labels.all()] == ["English"]


def test_a_checklist_is_added_ticked_ordered_and_taken_away(board, add):
    card = add("Read")
    one, two = (labels.add_step(card=card, text=text, key=text) for text in ("One", "Two"))
    assert labels.add_step(card=card, text="Two", key="Two") == two
    labels.tick_step(step=one, done=True)
    labels.move_step(step=two, by=-1)
    steps = ChecklistItem.objects.filter(card=card)
    assert list(steps.values_list("text", "is_done")) == [("Two", False), ("One", True)]
    assert labels.change_step(step=one, text="First", was="One").code == "done"
    assert labels.change_step(step=one, text="1", was="One").code == "conflict"
    labels.remove_step(step=two)
    undo(act=last_act(board))
    assert list(steps.values_list("text", flat=True)) == ["Two", "First"]


def test_a_board_is_put_away_and_comes_back(board):
    boards.archive_board(board=board)
    board.refresh_from_db()
    assert board.archived_at
    undo(act=last_act(board))
    board.refresh_from_db()
    assert not board.archived_at


def test_every_change_is_counted(board, add):
    card = add("Read")
    board.refresh_from_db()
    before = board.sequence
    cards.move_card(card=card, column=column(board, "Doing"), place=Place())
    cards.edit_card(card=card, base={"due_on": None}, mine={"due_on": date(2026, 3, 6)})
    board.refresh_from_db()
    assert board.sequence == before + 2
