"""What is Linh's own: hers alone until she names somebody, and again when she ends it."""

import pytest

from trellis.domains.growth.actions import boards, cards, sharing
from trellis.domains.growth.actions.key_results import drop_objective
from trellis.domains.growth.models import Board, Card, Column, Comment, Goal, KeyResult, Objective, Share
from trellis.domains.growth.queries.sharing import audience_of, people_called, shared_with
from trellis.domains.growth.rules.sharing import SeenBy, seen_by, who_is_told, why_not_share
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

WORDS = "to become a performance expert"


@pytest.mark.parametrize(
    ("reader", "is_here", "code"),
    [(2, True, ""), (1, True, "oneself"), (2, False, "not_here")],
    ids=["any colleague", "oneself", "who left"],
)
def test_with_whom_it_can_be_shared(reader, is_here, code):
    assert why_not_share(owner=1, reader=reader, is_here=is_here) == code


@pytest.mark.parametrize(
    ("readers", "said"),
    [
        ([], SeenBy("only_you")),
        (["Thuy"], SeenBy("named", ("Thuy",), 1)),
        (["Thuy", "Minh"], SeenBy("named", ("Thuy", "Minh"), 2)),
        (["Thuy", "Minh", "An"], SeenBy("counted", (), 3)),
    ],
)
def test_what_a_pill_says(readers, said):
    assert seen_by(readers) == said


@pytest.mark.parametrize(
    ("author", "told"),
    [
        pytest.param(2, (1,), id="a reader speaks: the owner"),
        pytest.param(1, (2,), id="the owner answers: who spoke and may still read"),
    ],
)
def test_who_is_told_of_a_comment(author, told):
    assert who_is_told(owner=1, author=author, spoke=[1, 2, 3], may_read=[2, 4]) == told


@pytest.fixture
def goal(linh):
    return Goal.objects.create(owner=linh, title=WORDS)


@pytest.fixture
def card(linh):
    board = Board.objects.create(owner=linh, name="My year")
    return Card.objects.create(column=Column.objects.create(board=board, name="Now", rank="m"), rank="m", title="Ask")


def test_who_is_named_reads_it_and_is_told_without_a_word_of_it(goal, linh, minh):
    outcome = sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh)
    assert outcome.code == "shared"
    assert minh.has_perm("growth.read", goal)
    assert not minh.has_perm("growth.comment", goal)
    notice = Notice.objects.get(person=minh)
    assert notice.link == f"/goals/{goal.pk}/"
    assert WORDS not in str(notice.params)
    assert not Entry.objects.exists(), "the journal does not know who was trusted with what"


def test_saying_it_again_changes_what_they_may(goal, linh, minh):
    assert sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh).code == "shared"
    assert sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh).code == "already"
    assert sharing.share(thing=goal, reader=minh, may_comment=True, actor=linh).code == "changed"
    assert Share.objects.count() == 1
    assert minh.has_perm("growth.comment", goal)


def test_it_ends_at_once_and_can_begin_again(goal, linh, minh):
    given = sharing.share(thing=goal, reader=minh, may_comment=True, actor=linh).share
    assert sharing.end_share(given=given)
    assert not sharing.end_share(given=given)
    assert not minh.has_perm("growth.read", goal)
    assert not shared_with(minh).exists()
    assert not Notice.objects.filter(person=minh).exists(), "a notice not read yet is taken back"
    assert sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh).code == "shared"


def test_nobody_shares_with_themselves_or_with_who_is_gone(goal, linh, minh):
    assert sharing.share(thing=goal, reader=linh, may_comment=True, actor=linh).code == "oneself"
    minh.employments.update(ended_on="2025-01-01")
    assert sharing.share(thing=goal, reader=minh, may_comment=True, actor=linh).code == "not_here"


def test_a_comment_sent_twice_is_said_once_and_stays_when_reading_ends(goal, linh, minh):
    given = sharing.share(thing=goal, reader=minh, may_comment=True, actor=linh).share
    for _twice in range(2):
        sharing.say(on=goal, text="Start with the small one", author=minh, key="k1")
    sharing.end_share(given=given)
    assert [said.text for said in goal.comments.all()] == ["Start with the small one"]
    assert Notice.objects.filter(person=linh).count() == 1
    assert "small" not in str(Notice.objects.get(person=linh).params)


def test_the_share_page_works_without_script(goal, linh, minh, as_):
    page = as_(linh).get(f"/goals/{goal.pk}/share/?q=minh")
    assert "Minh Tran" in page.content.decode()
    as_(linh).post(f"/goals/{goal.pk}/share/", {"person": minh.pk, "may": "comment"})
    assert audience_of(goal, minh).may_comment
    as_(linh).post(f"/goals/{goal.pk}/share/end/", {"person": minh.pk})
    assert not minh.has_perm("growth.read", goal)


@pytest.mark.parametrize("person", ["", "x", "0", "99999999999999999999", "-1"])
def test_sharing_with_nobody_is_an_answer(person, goal, linh, as_):
    answer = as_(linh).post(f"/goals/{goal.pk}/share/", {"person": person}, follow=True)
    assert "Nobody was chosen" in answer.content.decode()


def test_a_reader_comments_by_the_page_and_takes_it_back(card, linh, minh, as_):
    sharing.share(thing=card.column.board, reader=minh, may_comment=True, actor=linh)
    as_(minh).post(f"/cards/{card.pk}/comments/", {"text": "Ask An first", "key": "k"})
    said = Comment.objects.get()
    assert said.text == "Ask An first"
    as_(minh).post(f"/comments/{said.pk}/delete/")
    assert not Comment.objects.exists()


def test_an_empty_comment_is_told_and_too_long_a_one_kept_in_the_form(card, linh, as_):
    for text in ("", "x" * 4001):
        answer = as_(linh).post(f"/cards/{card.pk}/comments/", {"text": text, "key": "k"})
        assert answer.status_code == 422
        assert text in answer.content.decode()
    assert not Comment.objects.exists()


def test_who_was_writing_when_it_ended_keeps_the_words(goal, linh, minh, as_):
    given = sharing.share(thing=goal, reader=minh, may_comment=True, actor=linh).share
    sharing.end_share(given=given)
    answer = as_(minh).post(f"/goals/{goal.pk}/comments/", {"text": "Ten minutes of thought", "key": "a secret key"})
    assert answer.status_code == 403
    assert "This is not shared with you" in answer.text
    assert "Ten minutes of thought" in answer.text
    assert "a secret key" not in answer.text
    assert goal.title not in answer.text


def test_the_owner_takes_away_what_a_reader_said_and_no_other_does(card, linh, minh, thuy, as_):
    board = card.column.board
    sharing.share(thing=board, reader=minh, may_comment=True, actor=linh)
    sharing.share(thing=board, reader=thuy, may_comment=True, actor=linh)
    said = sharing.say(on=card, text="Ask An first", author=minh, key="k")
    assert as_(thuy).post(f"/comments/{said.pk}/delete/").status_code == 403
    assert as_(linh).post(f"/comments/{said.pk}/delete/").status_code == 302
    assert not Comment.objects.exists()


def test_a_reader_gives_it_back(goal, linh, minh, as_):
    given = sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh).share
    for _twice in range(2):
        assert as_(minh).post(f"/shared/{given.pk}/stop/").status_code == 302
    assert not minh.has_perm("growth.read", goal)
    assert as_(linh).post(f"/shared/{given.pk}/stop/").status_code == 403


def test_a_look_is_noted_by_the_day(goal, linh, minh):
    given = sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh).share
    sharing.note_look(given=given)
    given.refresh_from_db()
    assert given.looked_on == clock.today()


def test_people_are_found_by_a_part_of_their_name_and_nobody_by_nothing(linh, minh):
    assert people_called("inh", besides=linh) == [minh]
    assert people_called(" ", besides=linh) == []


def test_what_was_put_away_before_a_board_was_shared_stays_its_owners(card, linh, minh, as_):
    board = card.column.board
    sharing.share(thing=board, reader=minh, may_comment=True, actor=linh)
    address, found = f"/cards/{card.pk}/", "/boards/search/?q=Ask"
    assert as_(minh).get(address).status_code == 200
    assert address in as_(minh).get(found).content.decode()

    cards.archive_card(card=card)
    assert as_(minh).get(address).status_code == 403
    assert as_(minh).post(f"{address}comments/", {"text": "Why?", "key": "k"}).status_code == 403
    assert address not in as_(minh).get(found).content.decode()
    assert as_(linh).get(address).status_code == 200
    assert address in as_(linh).get(found).content.decode()

    cards.restore_card(card=card)
    boards.archive_board(board=board)
    for page in (address, f"/boards/{board.pk}/", f"/boards/{board.pk}/print/"):
        assert as_(minh).get(page).status_code == 403
    assert address not in as_(minh).get(found).content.decode()
    assert as_(linh).get(f"/boards/{board.pk}/").status_code == 200


def test_a_number_that_was_let_go_is_its_owners_again(goal, linh, minh, as_):
    objective = Objective.objects.create(goal=goal, title=WORDS, year=2026)
    number = KeyResult.objects.create(objective=objective, title=WORDS, target=10)
    sharing.share(thing=goal, reader=minh, may_comment=False, actor=linh)
    assert as_(minh).get(f"/key-results/{number.pk}/").status_code == 200
    drop_objective(objective=objective, dropped=True, actor=linh)
    assert as_(minh).get(f"/key-results/{number.pk}/").status_code == 403
    assert as_(linh).get(f"/key-results/{number.pk}/").status_code == 200
