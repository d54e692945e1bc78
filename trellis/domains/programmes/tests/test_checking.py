"""Whether a definition makes sense: each fault with its place, as a table; and never an exception."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.programmes.rules import read_definition, read_loosely, write_definition
from trellis.domains.programmes.rules.checking import Known, UnderWay, faults_in, warnings_in

KNOWN = Known({"team-leader": 3, "shift-manager": 0}, {"production"}, {"leadership", "english"}, {"feedback": 3})


def node(key, **more):
    return {"key": key, "name": key, "kind": "task", "owner": "academy", **more}


def stage(key, first, last, *nodes):
    return {"key": key, "name": key, "from_week": first, "to_week": last, "nodes": list(nodes)}


def gate(requires, opens="certificate", key="last"):
    return {"key": key, "name": key, "opens": opens, "requires": requires}


PLAIN: dict[str, Any] = {
    "code": "plain",
    "name": "Plain",
    "months": 6,
    "stages": [stage("before", -3, 0), stage("courses", 1, 12), stage("days", 13, 24)],
    "tracks": [{"position": "team-leader", "courses": ["leadership"]}],
    "gates": [gate({"courses": {"passed": True}})],
}
LEVEL = {"level": {"competency": "feedback", "level": 4}}
AT = ("gates", 0, "requires")


def definition(**changes):
    found, faults = read_definition({**PLAIN, **changes})
    assert found, faults
    return found


def told(faults):
    return [(fault.path, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", after=["b"]), node("b", after=["a"]))]},
            ("stages", 0, "nodes", 0, "after", 0),
            "cycle",
            id="two nodes that wait for each other",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", after=["a"]))]},
            ("stages", 0, "nodes", 0, "after", 0),
            "cycle",
            id="a node that waits for itself",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", after=["luck"]))]},
            ("stages", 0, "nodes", 0, "after", 0),
            "unknown_node",
            id="after nothing known",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a")), stage("t", 10, 12, node("a"))]},
            ("stages", 1, "nodes", 0, "key"),
            "twice",
            id="a key in two stages",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9), stage("t", 9, 12)]},
            ("stages", 1, "from_week"),
            "stages_overlap",
            id="stages that overlap",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", due={"weeks": 10}))]},
            ("stages", 0, "nodes", 0, "due"),
            "due_outside",
            id="due after the end",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", due={"days": -1}))]},
            ("stages", 0, "nodes", 0, "due"),
            "due_outside",
            id="due before the beginning",
        ),
        pytest.param(
            {"stages": [stage("s", -9, 9, node("a", due={"days": -1, "from": "joining"}))]},
            ("stages", 0, "nodes", 0, "due"),
            "due_before_joining",
            id="due before one has joined",
        ),
        pytest.param(
            {"gates": [gate({"courses": {"passed": True}}, "days", "one"), gate(LEVEL, "courses", "two"), gate(LEVEL)]},
            ("gates", 1, "opens"),
            "gate_backwards",
            id="a gate back to an earlier stage",
        ),
        pytest.param({"tracks": []}, (*AT, "courses"), "courses_without_track", id="courses of no track"),
        pytest.param(
            {"tracks": [{"position": "team-leader"}]},
            ("tracks", 0, "courses"),
            "track_without_courses",
            id="no courses",
        ),
        pytest.param(
            {"tracks": [], "gates": [gate({"days_beside_holder": {"days": 6, "hours": 8}})]},
            (*AT, "days_beside_holder"),
            "days_without_position",
            id="days beside nobody",
        ),
        pytest.param(
            {"gates": [gate({"any_of": [{"course_passed": "leadership"}, LEVEL]})]},
            (*AT, "any_of", 1, "level", "level"),
            "level_too_high",
            id="a level above the highest",
        ),
        pytest.param({"open_to": ["king"]}, ("open_to", 0), "unknown_position", id="open to an unknown position"),
        pytest.param(
            {"tracks": [{"position": "team-leader", "courses": ["leadership", "luck"]}]},
            ("tracks", 0, "courses", 1),
            "unknown_course",
            id="an unknown course of a track",
        ),
        pytest.param(
            {"tracks": [{"position": "team-leader", "pathway": "up", "courses": ["english"]}]},
            ("tracks", 0, "pathway"),
            "unknown_pathway",
            id="an unknown pathway",
        ),
        pytest.param(
            {"gates": [gate({"level": {"competency": "luck", "level": 1}})]},
            (*AT, "level"),
            "unknown_competency",
            id="an unknown competency",
        ),
    ],
)
def test_what_makes_no_sense_is_told_with_its_place(changes, path, code):
    assert (path, code) in told(faults_in(definition(**changes), KNOWN, UnderWay()))


def test_a_plain_definition_has_neither_faults_nor_warnings():
    assert faults_in(definition(), KNOWN, UnderWay()) == ()
    assert warnings_in(definition(), KNOWN) == ()


def test_a_round_names_its_nodes():
    nodes = [node("plan"), node("a", after=["plan", "c"]), node("b", after=["a"]), node("c", after=["b"])]
    [fault] = faults_in(definition(stages=[stage("s", 1, 9, *nodes)]), KNOWN, UnderWay())
    assert fault.about == {"way": "a → c → b → a"}


@pytest.mark.parametrize(
    ("going", "code"),
    [
        pytest.param(UnderWay({"shift-manager": 2}), "strands_position", id="their position has no track any more"),
        pytest.param(UnderWay({}, {"ready": 1}), "strands_gate", id="a gate they went through is gone"),
    ],
)
def test_nobody_under_way_is_stranded(going, code):
    assert [fault.code for fault in faults_in(definition(), KNOWN, going)] == [code]
    assert faults_in(definition(), KNOWN, UnderWay({"team-leader": 5}, {"last": 5})) == ()


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        pytest.param(
            {"gates": [gate({"agreement_signed": "contract"})]},
            (*AT, "agreement_signed"),
            "not_available_yet",
            id="what cannot be looked at yet",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", due={"weeks": 10})), stage("t", 10, 12)]},
            ("stages", 0, "nodes", 0, "due"),
            "due_outside_stage",
            id="due in another stage",
        ),
        pytest.param(
            {"stages": [stage("s", 1, 9, node("a", week=5), node("b", week=3, after=["a"]))]},
            ("stages", 0, "nodes", 1, "week"),
            "due_before_its_forerunner",
            id="due before what comes first",
        ),
        pytest.param({"months": 3}, ("stages", 2, "to_week"), "longer_than_its_months", id="longer than its months"),
        pytest.param(
            {"gates": [gate({"all_of": [{"course_passed": "english"}, {"course_passed": "english"}]})]},
            (*AT, "all_of", 1, "course_passed"),
            "asked_twice",
            id="the same twice",
        ),
        pytest.param(
            {
                "tracks": [{"position": "shift-manager", "courses": ["english"]}],
                "gates": [gate({"days_beside_holder": {"days": 6, "hours": 8}})],
            },
            ("tracks", 0, "position"),
            "nobody_holds",
            id="days beside a position nobody holds",
        ),
    ],
)
def test_what_is_odd_is_said_and_stands_in_nobodys_way(changes, path, code):
    found = definition(**changes)
    assert (path, code) in told(warnings_in(found, KNOWN))
    assert faults_in(found, KNOWN, UnderWay()) == ()


words = st.sampled_from(["a", "b", "leadership", "team-leader", "course"])
texts = st.one_of(
    st.text(max_size=5), st.fixed_dictionaries({"en": st.text(max_size=5), "zh-hans": st.text(max_size=5)})
)
dues = st.one_of(
    st.fixed_dictionaries({"days": st.integers(-700, 3000)}, optional={"from": st.sampled_from(["start", "joining"])}),
    st.fixed_dictionaries({"weeks": st.integers(-100, 500)}, optional={"from": st.sampled_from(["start", "joining"])}),
)
moments: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}), st.fixed_dictionaries({"week": st.integers(-104, 520)}), st.fixed_dictionaries({"due": dues})
)
leaves = st.one_of(
    st.builds(lambda c: {"course_passed": c}, words),
    st.builds(lambda c, p: {"attendance": {"course": c, "percent": p}}, words, st.integers(1, 100)),
    st.builds(lambda d, h: {"days_beside_holder": {"days": d, "hours": h}}, st.integers(1, 200), st.integers(1, 24)),
    st.builds(lambda c, n: {"level": {"competency": c, "level": n}}, words, st.integers(1, 20)),
    st.builds(lambda k: {"approval": {"by": "academy", "key": k}}, words),
    st.builds(lambda k: {"agreement_signed": k}, words),
    st.builds(lambda n, c: {"points_held": {"points": n, "currency": c}}, st.integers(1, 999), words),
    st.builds(lambda k: {"survey_answered": k}, words),
    st.builds(lambda n: {"case_published": n}, st.integers(1, 100)),
    st.just({"courses": {"attendance": 100, "passed": True}}),
)
trees = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(lambda of: {"all_of": of}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda of: {"any_of": of}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda of: {"at_least": {"n": len(of), "of": of}}, st.lists(parts, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)


@st.composite
def documents(draw):
    keys = draw(st.lists(words, unique=True, min_size=1, max_size=3))
    nodes = [
        {"key": key, "name": draw(texts) or "n", "kind": "task", "owner": "holder", "deliverable": draw(texts)}
        | {"after": draw(st.lists(words, unique=True, max_size=2))}
        | draw(moments)
        for key in keys
    ]
    return {
        "code": "c",
        "name": draw(texts) or "n",
        "description": draw(texts),
        "stages": [{"key": "s", "name": "s", "from_week": draw(st.integers(-9, 9)), "to_week": 10, "nodes": nodes}],
        "tracks": [{"position": "team-leader", "courses": draw(st.lists(words, unique=True, max_size=3))}],
        "gates": [gate(draw(trees))],
    }


@given(documents())
def test_what_is_written_is_read_the_same(data):
    found, faults = read_definition(data)
    assert found, faults
    assert read_definition(write_definition(found)) == (found, ())
    assert write_definition(read_definition(write_definition(found))[0]) == write_definition(found)
    faults_in(found, KNOWN, UnderWay())
    warnings_in(found, KNOWN)


KEYS = (
    "code", "name", "stages", "tracks", "gates", "key", "nodes", "after", "due", "requires", "all_of", "at_least", "n",
    "of", "level", "courses", "from_week", "week", "days", "points_held", "position", "opens", "months",
)  # fmt: skip
known_keys = st.sampled_from(KEYS)
garbage = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4)),
    lambda parts: st.one_of(st.lists(parts, max_size=3), st.dictionaries(known_keys, parts, max_size=6)),
    max_leaves=30,
)


@given(garbage)
def test_garbage_is_told_and_never_an_exception(data):
    found, faults = read_loosely(data)
    assert faults
    faults_in(found, KNOWN, UnderWay({"x": 1}, {"y": 1}))
    warnings_in(found, KNOWN)
