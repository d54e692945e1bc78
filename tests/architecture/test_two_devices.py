"""One person with two devices: what both do at the same moment to a board is done once, and nothing is lost."""

import pytest
from django.db import IntegrityError

from tests.architecture.at_once import at_once
from trellis.domains.growth.actions import boards, cards, labels, sharing
from trellis.domains.growth.actions.acts import undo
from trellis.domains.growth.actions.archive import delete_for_good
from trellis.domains.growth.actions.cards import Place
from trellis.domains.growth.models import Board, BoardAct, Card, ChecklistItem, Comment, Share
from trellis.domains.people.actions.erasure import erase
from trellis.kit import clock

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _two_writers(db):
    from django.db import connection

    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time, by SQLite itself")


@pytest.fixture
def board(linh):
    return boards.default_board(owner=linh)


@pytest.fixture
def card(board):
    return cards.add_card(column=board.columns.first(), title="Read")


def test_the_first_board_is_made_once(linh):
    made = at_once(*[lambda: boards.default_board(owner=linh).pk] * 3)
    assert len(set(made)) == Board.objects.count() == 1


def test_a_card_is_added_once_by_its_key_and_by_its_origin(linh, board):
    column = board.columns.first()
    at_once(*[lambda: cards.add_card(column=column, title="Read", key="k").pk] * 3)
    at_once(*[lambda: cards.put_on_my_board(owner=linh, title="Call Minh", origin="action:7").pk] * 3)
    assert sorted(Card.objects.values_list("title", flat=True)) == ["Call Minh", "Read"]


def test_both_move_one_card_and_it_is_in_one_place(board, card):
    def to(column):
        return lambda: cards.move_card(card=card, column=column, place=Place()).code

    _first, *others = board.columns.all()
    assert at_once(*[to(column) for column in others]) == ["done"] * 3
    card.refresh_from_db()
    assert card.column in others


def test_cards_put_at_one_place_have_an_order(board):
    column = board.columns.first()
    at_once(*[lambda n=n: cards.add_card(column=column, title=str(n)).pk for n in range(4)])
    ranks = list(Card.objects.values_list("rank", flat=True))
    assert len(set(ranks)) == 4


def test_one_moves_and_the_other_edits_another_field(board, card):
    base = {"title": "Read", "notes": "", "due_on": None}
    at_once(
        lambda: cards.move_card(card=card, column=board.columns.last(), place=Place()),
        lambda: cards.edit_card(card=card, base=base, mine={**base, "title": "Read it"}),
        lambda: cards.edit_card(card=card, base=base, mine={**base, "due_on": clock.today()}),
        lambda: labels.add_step(card=card, text="Find it"),
    )
    card.refresh_from_db()
    assert (card.title, card.due_on, card.column) == ("Read it", clock.today(), board.columns.last())
    assert card.checklist.count() == 1


def test_both_write_the_same_field_and_one_is_told(card):
    def edit(text):
        return lambda: cards.edit_card(card=card, base={"notes": ""}, mine={"notes": text}).code

    assert sorted(at_once(edit("from the phone"), edit("from the desk"))) == ["conflict", "saved"]


def test_an_undo_pressed_twice_is_made_once(card):
    cards.archive_card(card=card)
    act = BoardAct.objects.get(kind="archived")
    assert sorted(at_once(*[lambda: undo(act=act).code] * 2)) == ["already", "done"]


def test_a_step_changed_on_one_device_and_taken_away_on_two_comes_back_once_as_it_was(card):
    step = labels.add_step(card=card, text="Find it")
    as_seen = [ChecklistItem.objects.select_related("card__column").get(pk=step.pk) for _device in range(3)]
    labels.change_step(step=as_seen[0], text="Find the handbook", was="Find it")
    taken = at_once(*[lambda one=one: labels.remove_step(step=one) for one in as_seen[1:]])
    assert sorted(outcome.code for outcome in taken) == ["already", "done"]
    for act in BoardAct.objects.filter(kind="step_removed"):
        undo(act=act)
    assert list(ChecklistItem.objects.values_list("text", flat=True)) == ["Find the handbook"]


def test_what_is_taken_away_is_no_fault_for_the_other_device(board, card):
    step = labels.add_step(card=card, text="Find it")
    labels.remove_step(step=ChecklistItem.objects.get(pk=step.pk))
    labels.move_step(step=step, by=1)
    labels.tick_step(step=step, done=True)
    assert labels.change_step(step=step, text="Lost", was="Find it").code == "conflict"
    assert not ChecklistItem.objects.exists()


def test_what_is_deleted_for_good_while_others_write_to_it_is_no_fault_for_them(board, card, linh, minh):
    base = {"title": "Read"}
    cards.archive_card(card=card)
    at_once(
        lambda: delete_for_good(thing=card),
        lambda: cards.edit_card(card=card, base=base, mine={"title": "Read on"}),
        lambda: cards.move_card(card=card, column=board.columns.last(), place=Place()),
        lambda: labels.add_step(card=card, text="Find it"),
        lambda: sharing.say(on=card, text="Well done", author=minh, key="k"),
    )
    assert not Card.objects.exists()
    assert not Comment.objects.exists()


def test_sharing_and_ending_at_the_same_moment_leave_at_most_one_share(board, linh, minh):
    for _again in range(3):
        given = sharing.share(thing=board, reader=minh, may_comment=False, actor=linh).share
        at_once(
            lambda given=given: sharing.end_share(given=given),
            lambda: sharing.share(thing=board, reader=minh, may_comment=True, actor=linh),
            lambda: sharing.share(thing=board, reader=minh, may_comment=True, actor=linh),
        )
        open_ones = Share.objects.filter(board=board, ended_at=None)
        assert open_ones.count() <= 1


def test_an_erasure_while_cards_move_leaves_nothing(board, card, linh, minh, hoa):
    sharing.share(thing=board, reader=minh, may_comment=True, actor=linh)
    _first, second, *_rest = board.columns.all()

    def whatever(act):
        """What comes too late may fail; what it wrote must not stay."""

        def done():
            try:
                act()
            except (Board.DoesNotExist, Card.DoesNotExist, IntegrityError):
                return

        return done

    at_once(
        lambda: erase(person=linh, actor=hoa),
        whatever(lambda: cards.move_card(card=card, column=second, place=Place())),
        whatever(lambda: cards.add_card(column=second, title="Late")),
        whatever(lambda: sharing.say(on=card, text="Well done", author=minh, key="k")),
    )
    for model in (Board, Card, BoardAct, Comment, Share):
        assert not model.objects.exists(), model
