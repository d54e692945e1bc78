"""Changing a definition while it is written: every step keeps something that can be read."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.domains.programmes.rules import editing, read_definition, read_loosely, write_definition
from trellis.domains.programmes.rules.changes import differences
from trellis.domains.programmes.tests.story import YAML

BODY = yaml.safe_load(YAML)["programme"]
NODE = {"name": "Kick-off", "kind": "event", "owner": "academy"}
PASSED = {"course_passed": "leadership"}


def names(body, place):
    return [thing["key"] for thing in editing.at(body, place)]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("", "general"),
        ("stages/0", "stage"),
        ("stages/new", "stage"),
        ("stages/0/nodes/1", "node"),
        ("stages/new/nodes/new", ""),
        ("tracks/0", "track"),
        ("gates/1", "gate"),
        ("gates/1/requires", "part"),
        ("gates/1/requires/new", "part"),
        ("gates/1/requires/all_of/0", "part"),
        ("gates/1/requires/at_least/of/1/any_of/new", "part"),
        ("gates/1/requires/at_least/1", ""),
        ("gates/1/requires/all_of", ""),
        ("code", ""),
        ("stages/-1", ""),
    ],
)
def test_what_is_edited_at_a_place(place, kind):
    assert editing.kind_of(editing.parse_place(place)) == kind


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ((), ()),
        (("months",), ()),
        (("stages", 0, "to_week"), ("stages", 0)),
        (("stages", 1, "nodes", 0, "due"), ("stages", 1, "nodes", 0)),
        (("gates", 1, "requires", "all_of", 0, "days_beside_holder", "days"), ("gates", 1, "requires", "all_of", 0)),
        (("gates", 0, "requires", "courses"), ("gates", 0, "requires")),
        (("tracks", 7, "position"), ()),
    ],
)
def test_a_fault_is_mended_at_the_nearest_place(fault, place):
    assert editing.nearest(BODY, fault) == place


def test_a_blank_programme_lacks_only_stages():
    _definition, faults = read_definition(editing.blank("Growth", "growth"))
    assert [(fault.code, fault.about["key"]) for fault in faults] == [("missing", "stages")]


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Kick-off!", (), "kick-off"),
        ({"en": "Half-way talk", "zh-hans": "中期谈话"}, (), "half-way-talk"),
        ("Review", ("review", "review-2"), "review-3"),
        ({"zh-hans": "启动会"}, (), "node"),
    ],
)
def test_keys_come_from_the_english_name(name, taken, key):
    assert editing.key_for(name, taken, "node") == key


def test_what_is_added_comes_last_and_gets_a_key():
    body = editing.add(BODY, ("stages", 0, "nodes", "new"), NODE | {"week": None})
    body = editing.add(body, ("stages", 0, "nodes", "new"), NODE)
    assert names(body, ("stages", 0, "nodes")) == ["kick-off", "kick-off-2"]
    assert "week" not in editing.at(body, ("stages", 0, "nodes", 0))
    assert "nodes" not in BODY["stages"][0], "the old body is left alone"


def test_a_new_gate_comes_before_the_one_for_the_certificate():
    gate = {"name": "Half-way", "opens": "mentorship", "requires": {"all_of": []}}
    assert names(editing.add(BODY, ("gates", "new"), gate), ("gates",)) == ["ready", "half-way", "graduation"]


def test_a_node_at_the_edge_goes_over_into_the_next_stage():
    body = editing.move(BODY, ("stages", 1, "nodes", 0), up=True)
    assert names(body, ("stages", 0, "nodes")) == ["six"]
    assert names(body, ("stages", 1, "nodes")) == []
    assert editing.move(body, ("stages", 0, "nodes", 0), up=True) == body, "there is nothing above"
    assert names(editing.move_to(BODY, ("stages", 1, "nodes", 0), 0), ("stages", 0, "nodes")) == ["six"]


def test_nothing_comes_after_what_is_gone():
    body = editing.add(BODY, ("stages", 0, "nodes", "new"), NODE)
    body = editing.change(body, ("stages", 1, "nodes", 0), {"after": ["kick-off"]})
    assert "after" not in editing.at(editing.remove(body, ("stages", 0, "nodes", 0)), ("stages", 1, "nodes", 0))
    assert "after" not in editing.at(editing.remove(body, ("stages", 0)), ("stages", 0, "nodes", 0))


def test_a_gate_of_one_leaf_becomes_a_group_when_more_is_asked():
    body = editing.add_part(BODY, ("gates", 0, "requires", "new"), PASSED)
    assert editing.at(body, ("gates", 0, "requires")) == {"all_of": [BODY["gates"][0]["requires"], PASSED]}


@pytest.mark.parametrize(("n", "word"), [(None, "all_of"), (1, "any_of"), (2, "at_least")])
def test_a_group_says_how_many_of_its_parts(n, word):
    tree = editing.at(editing.regroup(BODY, ("gates", 1, "requires"), n), ("gates", 1, "requires"))
    found, _way, parts = editing.shape_of(tree)
    assert (found, len(parts)) == (word, 2)


def test_a_gate_without_its_tree_asks_for_nothing():
    assert editing.remove(BODY, ("gates", 0, "requires"))["gates"][0]["requires"] == {"all_of": []}


def test_a_thing_is_found_again_after_others_moved_it():
    now = editing.move(BODY, ("stages", 0), up=False)
    assert editing.follow(BODY, now, ("stages", 0)) == ("stages", 1)
    assert editing.follow(BODY, now, ("stages", 1, "nodes", 0)) == ("stages", 0, "nodes", 0)
    assert editing.follow(BODY, editing.remove(BODY, ("tracks", 0)), ("tracks", 0)) is None


def test_what_changed_is_told():
    new = editing.add(BODY, ("stages", 0, "nodes", "new"), NODE)
    new = editing.change(new, ("stages", 1, "nodes", 0), {"week": 20})
    new = editing.put_part(new, ("gates", 1, "requires", "all_of", 0), {"days_beside_holder": {"days": 5, "hours": 8}})
    new = editing.remove(new, ("tracks", 0))
    old, changed = (read_loosely(body)[0] for body in (BODY, new))
    assert [(c.what, c.code) for c in differences(old, changed)] == [
        ("node", "added"),
        ("node", "changed"),
        ("track", "removed"),
        ("requirement", "changed"),
    ]
    assert differences(old, old) == ()


# --- any sequence of edits ---
INDEX = st.one_of(st.integers(0, 3), st.just("new"))
PLACES = st.one_of(
    st.tuples(st.sampled_from(["stages", "tracks", "gates"]), INDEX),
    st.tuples(st.just("stages"), st.integers(0, 3), st.just("nodes"), INDEX),
    st.tuples(st.just("gates"), st.integers(0, 2), st.just("requires")),
    st.tuples(st.just("gates"), st.integers(0, 2), st.just("requires"), st.sampled_from(["all_of", "any_of"]), INDEX),
    st.tuples(st.just("gates"), st.integers(0, 2), st.just("requires"), st.just("at_least"), st.just("of"), INDEX),
)
TREES = st.sampled_from(
    [PASSED, {"all_of": []}, {"at_least": {"n": 2, "of": []}}, {"approval": {"by": "academy", "key": "x"}}]
)
NEW_THINGS = {
    "stage": {"name": "Stage", "from_week": 1, "to_week": 2},
    "node": NODE,
    "track": {"position": "", "courses": []},
    "gate": {"name": "Gate", "opens": "certificate", "requires": {"all_of": []}},
}


def step(body, place, do, tree):
    """What a page would ask for at the place."""
    if not editing.can_be_edited(body, place):
        return body
    if place[-1] == "new":
        kind = editing.kind_of(place)
        return editing.add_part(body, place, tree) if kind == "part" else editing.add(body, place, NEW_THINGS[kind])
    if do == "remove":
        return editing.remove(body, place)
    if do == "regroup":
        return editing.regroup(body, place, 2)
    if do == "put" and editing.kind_of(place) == "part":
        return editing.put_part(body, place, tree)
    return editing.move(body, place, up=do == "up")


@settings(max_examples=150)
@given(
    st.sampled_from([BODY, editing.blank("New", "new")]),
    st.lists(st.tuples(PLACES, st.sampled_from(["up", "down", "remove", "regroup", "put"]), TREES), max_size=12),
)
def test_any_sequence_of_edits_leaves_a_body_that_can_be_read_and_edited_on(body, steps):
    for place, do, tree in steps:
        body = step(body, place, do, tree)
    definition, faults = read_loosely(body)
    assert not editing.of_the_form(faults)
    assert all(editing.can_be_edited(body, editing.nearest(body, fault.path)) for fault in faults)
    again, _faults = read_loosely(write_definition(definition))
    assert differences(definition, again) == ()
