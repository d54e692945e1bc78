"""Two devices edit one card: nothing that somebody wrote is lost without being told."""

from datetime import date

import pytest

from trellis.domains.growth.actions import boards, cards, labels, links, sharing
from trellis.domains.growth.actions.acts import undo
from trellis.domains.growth.actions.archive import delete_for_good, restore_column
from trellis.domains.growth.actions.cards import Place
from trellis.domains.growth.models import BoardAct
from trellis.domains.growth.rules.boards import merge

BASE = {"title": "Read", "notes": "", "labels": frozenset({1, 2})}


@pytest.mark.parametrize(
    ("mine", "theirs", "write", "conflicts"),
    [
        pytest.param({}, {}, {}, {}, id="nobody changed anything"),
        pytest.param({"title": "Read on"}, {}, {"title": "Read on"}, {}, id="only I"),
        pytest.param({}, {"title": "Read more"}, {}, {}, id="only the other: it stays"),
        pytest.param(
            {"title": "Read on"}, {"notes": "p. 7"}, {"title": "Read on"}, {}, id="different fields come together"
        ),
        pytest.param({"title": "Read on"}, {"title": "Read on"}, {}, {}, id="both the same"),
        pytest.param(
            {"title": "Read on"}, {"title": "Read more"}, {}, {"title": "Read more"}, id="the same field differently"
        ),
        pytest.param(
            {"labels": frozenset({1, 3})},
            {"labels": frozenset({1, 2, 4})},
            {"labels": frozenset({1, 3, 4})},
            {},
            id="labels come together",
        ),
    ],
)
def test_two_edits_come_together(mine, theirs, write, conflicts):
    found = merge(BASE, {**BASE, **mine}, {**BASE, **theirs})
    assert found.write == write
    assert found.conflicts == conflicts


@pytest.fixture
def card(linh):
    board = boards.default_board(owner=linh)
    return cards.add_card(column=board.columns.first(), title="Read", notes="Chapter 1")


@pytest.mark.both_databases
def test_a_phone_and_a_desk_write_different_fields(card):
    base = {"title": "Read", "notes": "Chapter 1"}
    cards.edit_card(card=card, base=base, mine={**base, "notes": "Chapter 2"})
    outcome = cards.edit_card(card=card, base=base, mine={**base, "title": "Read it all"})
    card.refresh_from_db()
    assert outcome.code == "saved"
    assert (card.title, card.notes) == ("Read it all", "Chapter 2")


@pytest.mark.both_databases
def test_the_same_field_is_told_with_both_texts_and_nothing_is_written(card):
    base = {"title": "Read", "notes": "Chapter 1"}
    cards.edit_card(card=card, base=base, mine={**base, "notes": "Chapter 2"})
    outcome = cards.edit_card(card=card, base=base, mine={"title": "Read it all", "notes": "Chapter 3"})
    card.refresh_from_db()
    assert outcome.code == "conflict"
    assert outcome.conflicts == {"notes": "Chapter 2"}
    assert (card.title, card.notes) == ("Read", "Chapter 2")


def test_a_card_that_was_moved_meanwhile_is_edited_where_it_is_now(card):
    done = card.column.board.columns.last()
    cards.move_card(card=card, column=done, place=Place())
    cards.edit_card(card=card, base={"title": "Read"}, mine={"title": "Read on"})
    card.refresh_from_db()
    assert (card.title, card.column) == ("Read on", done)


def test_a_card_that_was_archived_meanwhile_keeps_what_was_written_and_it_is_told(card):
    cards.archive_card(card=card)
    outcome = cards.edit_card(card=card, base={"title": "Read"}, mine={"title": "Read on"})
    card.refresh_from_db()
    assert (outcome.code, outcome.archived, card.title) == ("saved", True, "Read on")
    assert card.archived_at


def test_an_edit_is_taken_back_whole(card):
    english = labels.make_label(board=card.column.board, name="English", tone="jade")
    base = {"title": "Read", "due_on": None, "labels": frozenset()}
    mine = {"title": "Read on", "due_on": date(2026, 3, 6), "labels": frozenset({english.pk})}
    act = cards.edit_card(card=card, base=base, mine=mine).act
    assert undo(act=BoardAct.objects.get(pk=act)).code == "done"
    card.refresh_from_db()
    assert (card.title, card.due_on, list(card.labels.all())) == ("Read", None, [])


def test_an_edit_is_not_taken_back_over_a_later_one(card):
    act = cards.edit_card(card=card, base={"title": "Read"}, mine={"title": "Read on"}).act
    cards.edit_card(card=card, base={"title": "Read on"}, mine={"title": "Read it all"})
    assert undo(act=BoardAct.objects.get(pk=act)).code == "changed"
    card.refresh_from_db()
    assert card.title == "Read it all"


def test_the_same_form_sent_twice_is_saved_once(card):
    codes = [cards.edit_card(card=card, base={"title": "Read"}, mine={"title": "Read on"}).code for _ in range(2)]
    assert codes == ["saved", "unchanged"]
    card.refresh_from_db()
    assert card.revision == 2


def test_a_step_and_an_edit_of_one_page_are_both_kept_though_they_share_a_key(card):
    labels.add_step(card=card, text="Find it", key="page")
    labels.remove_step(step=card.checklist.get(), key="page")
    cards.move_card(card=card, column=card.column.board.columns.last(), place=Place(), key="page")
    assert BoardAct.objects.filter(card=card).count() == 4


@pytest.mark.both_databases
def test_what_was_deleted_for_good_meanwhile_is_told_and_takes_nothing_in(card, linh):
    step = labels.add_step(card=card, text="Find it")
    act = BoardAct.objects.get(kind="step_added")
    board, column = card.column.board, card.column
    cards.archive_card(card=card)
    assert delete_for_good(thing=card.__class__.objects.get(pk=card.pk))
    assert cards.edit_card(card=card, base={"title": "Read"}, mine={"title": "Read on"}).code == "gone"
    assert cards.move_card(card=card, column=board.columns.last(), place=Place()).code == "gone"
    assert cards.archive_card(card=card).code == "gone"
    assert undo(act=act).code == "gone"
    assert not cards.restore_card(card=card)
    assert not links.link_card(card=card, field="goal", thing=None)
    assert labels.add_step(card=card, text="Begin") is None
    assert labels.change_step(step=step, text="Begin", was="Find it").code == "conflict"
    assert labels.remove_step(step=step).code == "already"
    assert sharing.say(on=card, text="Well done", author=linh, key="k") is None
    boards.remove_column(column=column, to=None)
    assert delete_for_good(thing=column)
    restore_column(column=column)
    assert boards.change_column(column=column, base={"name": "Later"}, mine={"name": "Now"}).code == "archived"
    assert boards.remove_column(column=column, to=None).code == "already"


@pytest.mark.both_databases
def test_names_of_columns_labels_and_boards_are_edits_too(card):
    board, column = card.column.board, card.column
    label = labels.make_label(board=board, name="English", tone="jade")
    base = {"name": "Later", "limit": None, "is_done": False}
    boards.change_column(column=column, base=base, mine={**base, "name": "Some day"})
    assert boards.change_column(column=column, base=base, mine={**base, "limit": 5}).code == "done"
    late = boards.change_column(column=column, base=base, mine={**base, "name": "Ideas"})
    assert (late.code, late.conflicts) == ("conflict", {"name": "Some day"})
    column.refresh_from_db()
    assert (column.name, column.limit) == ("Some day", 5)
    said = {"name": "English", "tone": "jade"}
    labels.change_label(label=label, base=said, mine={**said, "name": "Languages"})
    assert labels.change_label(label=label, base=said, mine={**said, "tone": "plum"}).code == "done"
    assert labels.change_label(label=label, base=said, mine={**said, "name": "Talks"}).conflicts == {
        "name": "Languages"
    }
    labels.remove_label(label=label)
    assert labels.change_label(label=label, base=said, mine=said).code == "gone"
    assert boards.rename_board(board=board, name="Mine", was=board.name).code == "done"
    assert boards.rename_board(board=board, name="Ours", was=board.name).conflicts == {"name": "Mine"}
