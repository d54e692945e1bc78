"""A file of boards is written once, can be taken back whole, and what leaves comes back the same."""

import json
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.growth.actions import bringing
from trellis.domains.growth.actions.outlines import write_outline
from trellis.domains.growth.models import Board, BoardImport, Card, ChecklistItem, Comment
from trellis.domains.growth.queries.outlines import outlines_of
from trellis.domains.growth.rules import outline
from trellis.domains.growth.rules.outline import Cuts
from trellis.domains.growth.tests.test_trello_rules import LINHS
from trellis.kit import clock
from trellis.kit.files.keep import place_of
from trellis.kit.files.models import StoredFile

pytestmark = pytest.mark.both_databases
FILE = json.dumps(LINHS).encode()


@pytest.fixture
def run(linh):
    return bringing.bring(content=FILE, owner=linh)


def test_nothing_is_written_before_she_says_so(run, linh):
    assert (run.source, run.counts["cards"], run.cuts["members"]) == ("trello", 3, 1)
    assert not Board.objects.exists()
    assert "Read" not in json.dumps([run.counts, run.cuts]), "numbers only: the words stand in the file"


def test_a_double_click_brings_the_file_once_and_writes_it_once(run, linh):
    assert bringing.bring(content=FILE, owner=linh) == run
    first, again = bringing.write(run=run), bringing.write(run=run)
    assert first == again
    assert Board.objects.count() == 1
    assert Card.objects.count() == 4
    assert not StoredFile.objects.exists(), "what was written needs no copy"


def test_written_it_is_what_the_file_says(run, linh):
    board = bringing.write(run=run)[0]
    assert (board.owner, board.name) == (linh, "My year")
    assert list(board.columns.values_list("name", flat=True)) == ["Later", "Doing", "Old", "Without a name"]
    handbook = Card.objects.get(title="Read the handbook")
    assert list(handbook.checklist.values_list("text", "is_done")) == [("first", True), ("second", False)]
    assert [said.text for said in handbook.comments.all()] == ["Linh: Bought it", "Minh: Good"]
    assert {said.author for said in Comment.objects.all()} == {linh}
    assert [label.name for label in handbook.labels.all()] == ["Reading"]
    assert Card.objects.get(title="First").archived_at


def test_the_same_file_may_come_again_later_as_another_board(run, linh):
    bringing.write(run=run)
    again = bringing.bring(content=FILE, owner=linh)
    assert again != run
    bringing.write(run=again)
    assert Board.objects.count() == 2


def test_undone_nothing_of_it_is_left_and_it_cannot_be_written_any_more(run, linh):
    other = write_outline(owner=linh, outline=outline.BoardOutline("Mine"))
    bringing.write(run=run)
    assert bringing.undo(run=run) == 1
    assert list(Board.objects.all()) == [other]
    assert not ChecklistItem.objects.exists()
    assert bringing.undo(run=run) == 0
    assert bringing.write(run=run) == []


def test_a_file_nobody_went_on_with_goes_after_a_week(run, django_capture_on_commit_callbacks):
    place = place_of(run.file)
    clock.move(to=clock.now() + timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert bringing.forget_old() == 1
    assert not place.exists()
    assert bringing.write(run=BoardImport.objects.get()) == []


def test_what_cannot_be_read_leaves_nothing(linh):
    assert bringing.bring(content=FILE[:-20], owner=linh).code == "cut_short"
    assert not StoredFile.objects.exists()


def test_what_leaves_comes_back_the_same(run, linh, company):
    board = bringing.write(run=run)[0]
    Card.objects.filter(title="First").update(position=company.team_leader)
    written = outlines_of([board])
    document = {"format": outline.FORMAT, "boards": [outline.to_data(one) for one in written]}
    again = outline.from_data(json.loads(json.dumps(document)), Cuts())
    copy = write_outline(owner=linh, outline=again[0])
    assert outlines_of([copy]) == written


def big_board(cards):
    return {
        "name": "Everything",
        "lists": [{"id": str(i), "name": f"List {i}", "pos": i} for i in range(10)],
        "labels": [{"id": str(i), "name": f"Label {i}", "color": "green"} for i in range(10)],
        "cards": [
            {
                "id": str(i),
                "idList": str(i % 10),
                "name": f"Card {i}",
                "pos": i,
                "idLabels": [str(i % 10)],
                "desc": "x" * 200,
            }
            for i in range(cards)
        ],
        "checklists": [{"idCard": str(i), "checkItems": [{"name": "a"}, {"name": "b"}]} for i in range(0, cards, 5)],
    }


def test_ten_thousand_cards_come_in_soon_and_say_how_far_they_are(linh):
    content = json.dumps(big_board(10_000)).encode()
    run = bringing.bring(content=content, owner=linh)
    told, began = [], time.process_time()
    with CaptureQueriesContext(connection) as asked:
        bringing.write(run=run, tell=lambda done, total: told.append((done, total)))
    assert Card.objects.count() == 10_000
    assert len(asked) < 400
    assert told[-1] == (10_000, 10_000)
    assert told == sorted(told)
    assert time.process_time() - began < 30, "about three seconds here"
