"""A file of boards is taken, with a word on what stays behind, or refused with the reason; it never raises."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.domains.growth.rules import outline
from trellis.domains.growth.rules.outline import Cuts, StepOutline, Taken, Unreadable
from trellis.domains.growth.rules.trello import read

SAIGON = timezone(timedelta(hours=7))
LINHS = {
    "name": "My year",
    "desc": "What I want",
    "lists": [
        {"id": "L2", "name": "Doing", "pos": 2},
        {"id": "L1", "name": "Later", "pos": 1},
        {"id": "L3", "name": "Old", "pos": 3, "closed": True},
    ],
    "labels": [
        {"id": "a", "name": "Reading", "color": "green_dark"},
        {"id": "b", "name": "", "color": "red"},
        {"id": "c", "name": "Reading", "color": "blue"},
    ],
    "cards": [
        {
            "id": "1", "idList": "L1", "name": "Read the handbook", "pos": 20, "desc": "Chapter **two**",
            "idLabels": ["a", "gone"], "due": "2026-03-05T18:00:00.000Z", "dueComplete": True, "idMembers": ["m"],
            "dateLastActivity": "2026-03-01T10:00:00.000Z",
            "attachments": [
                {"name": "The [book]", "url": "https://books.example/1"},
                {"name": "x", "url": "javascript:alert(1)"},
            ],
        },
        {"id": "2", "idList": "L1", "name": "First", "pos": 10, "closed": True},
        {"id": "3", "idList": "gone", "name": "Nowhere"},
        {"id": "4", "idList": "L2", "name": "x" * 300},
    ],
    "checklists": [
        {"idCard": "1", "name": "Steps", "checkItems": [
            {"name": "second", "state": "incomplete", "pos": 2}, {"name": "first", "state": "complete", "pos": 1}]},
    ],
    "actions": [
        {"type": "commentCard", "date": "2026-02-02T10:00:00Z", "memberCreator": {"fullName": "Minh"},
         "data": {"text": "Good", "card": {"id": "1"}}},
        {"type": "commentCard", "date": "2026-02-01T10:00:00Z", "memberCreator": {"fullName": "Linh"},
         "data": {"text": "Bought it", "card": {"id": "1"}}},
        {"type": "updateCard"},
    ],
}  # fmt: skip


def taken(data):
    found = read(json.dumps(data).encode(), zone=SAIGON)
    assert isinstance(found, Taken)
    return found


def test_linhs_board_comes_in_with_its_order_and_what_is_archived():
    board = taken(LINHS).boards[0]
    assert [(column.name, column.is_archived, len(column.cards)) for column in board.columns] == [
        ("Later", False, 2),
        ("Doing", False, 1),
        ("Old", True, 0),
        ("", False, 1),
    ]
    first, handbook = board.columns[0].cards
    assert (first.title, first.is_archived) == ("First", True)
    assert handbook.due_on == date(2026, 3, 6), "18:00 in Greenwich is the next day in Saigon"
    assert handbook.done_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert handbook.labels == ("Reading",)
    assert handbook.steps == (StepOutline("first", True), StepOutline("second"))
    assert [(said.by, said.text) for said in handbook.comments] == [("Linh", "Bought it"), ("Minh", "Good")]
    assert handbook.notes == "Chapter **two**\n\n[The \\[book\\]](<https://books.example/1>)"
    assert {(label.name, label.tone) for label in board.labels} == {
        ("Reading", "jade"),
        ("red", "plum"),
        ("Reading 2", "wait"),
    }


def test_what_does_not_come_is_counted_and_a_long_title_is_kept_whole_in_the_notes():
    found = taken(LINHS)
    assert found.cuts == {"members": 1, "about": 1, "attachments": 1, "strays": 1}
    long = found.boards[0].columns[1].cards[0]
    assert len(long.title) == 200
    assert long.notes == "x" * 300
    assert found.counts() == {
        "boards": 1, "columns": 3, "cards": 3, "archived": 1, "labels": 3, "steps": 2, "comments": 2,
    }  # fmt: skip


def test_one_author_needs_no_name():
    alone = {**LINHS, "actions": LINHS["actions"][:1]}
    assert [said.by for said in taken(alone).boards[0].columns[0].cards[1].comments] == [""]


WHOLE = json.dumps(LINHS, indent=1).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n", "empty", id="blanks"),
        pytest.param(b"\x89PNG\r\n\x1a\n\xff", "not_text", id="a picture"),
        pytest.param(b"name,list\nRead,Later\n", "not_json", id="Trello's CSV"),
        pytest.param(WHOLE[: len(WHOLE) // 2], "cut_short", id="half a file"),
        pytest.param(WHOLE[:-1], "cut_short", id="the last sign is missing"),
        pytest.param(WHOLE.replace(b":", b"", 1), "not_json", id="a sign is missing"),
        pytest.param(b"[" * 200_000, "too_deep", id="nested too deep"),
        pytest.param(b'{"a":' + b"9" * 10_000 + b"}", "not_json", id="a number without end"),
        pytest.param(b"[1, 2]", "not_a_board", id="a list"),
        pytest.param(b'{"lists": {}, "cards": []}', "not_a_board", id="lists that are none"),
        pytest.param(b"null", "not_a_board", id="null"),
        pytest.param(
            json.dumps({"lists": [], "cards": [{}] * 20_001}).encode(),
            "too_many_cards",
            id="more cards than a board has",
        ),
    ],
)
def test_what_is_no_board_is_told(content, code):
    found = read(content, zone=UTC)
    assert isinstance(found, Unreadable)
    assert found.code == code


def test_the_line_of_the_fault_is_told():
    found = read(WHOLE.replace(b'"desc":', b'"desc"', 1), zone=UTC)
    assert isinstance(found, Unreadable)
    assert found.line == 3


def test_signs_that_cannot_be_kept_go_and_the_mark_of_a_windows_file_is_no_fault():
    data = {
        "lists": [{"id": "1", "name": "a\x00b\ud800"}],
        "cards": [{"idList": "1", "name": "\x07x\n y", "desc": "1\n2"}],
    }
    found = read(b"\xef\xbb\xbf" + json.dumps(data).encode(), zone=UTC)
    assert isinstance(found, Taken)
    column = found.boards[0].columns[0]
    assert (column.name, column.cards[0].title, column.cards[0].notes) == ("ab", "x y", "1\n2")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def board_of_anything():
    """Trello's own keys, with anything behind each."""
    keys = "id name pos closed idList idLabels labels due dueComplete desc attachments url color idCard checkItems "
    keys += "state type data card text memberCreator date"
    row = st.dictionaries(st.sampled_from(keys.split()), ANYTHING, max_size=8)
    part = st.lists(row | ANYTHING, max_size=4)
    names = ["lists", "cards", "labels", "checklists", "actions"]
    return st.fixed_dictionaries(dict.fromkeys(names, part | ANYTHING) | {"name": ANYTHING})


@settings(max_examples=200)
@given(board_of_anything() | ANYTHING | st.fixed_dictionaries({"format": st.just(outline.FORMAT), "boards": ANYTHING}))
def test_whatever_it_holds_nothing_is_raised(data):
    found = read(json.dumps(data).encode(), zone=SAIGON)
    if isinstance(found, Taken):
        for board in found.boards:
            json.dumps(outline.to_data(board)).encode()
            assert all(len(card.title) <= outline.TITLE and len(card.notes) <= outline.NOTES for card in board.cards())


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_nor_by_bytes(content):
    assert isinstance(read(content, zone=UTC), Taken | Unreadable)


def test_the_written_form_is_read_the_same():
    board = taken(LINHS).boards[0]
    data = {"format": outline.FORMAT, "boards": [outline.to_data(board)]}
    cuts = Cuts()
    assert outline.from_data(json.loads(json.dumps(data)), cuts) == (board,)
    assert not cuts.counts
