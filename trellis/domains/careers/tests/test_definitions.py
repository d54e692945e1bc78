import pytest

from trellis.domains.careers import queries
from trellis.domains.careers.actions import load_definitions, record_evidence
from trellis.domains.careers.definitions import read, write
from trellis.domains.careers.models import Competency, Evidence, Framework, Pathway, ProfileItem
from trellis.domains.careers.tests.conftest import FRAMEWORK
from trellis.domains.people.models import Position
from trellis.kit.journal.models import Entry

FAULTS = """\
framework: {code: Studio One, name: Studio}
competencies:
  - {code: feedback, name: Feedback, levels: [{level: 2, name: Sound}]}
  - code: feedback
    name: Again
    kind: hard
    levels: []
  - just a text
positions:
  - code: leader
    name: Leader
    salary: 100
    asks:
      - {competency: feedback, level: 9}
      - {competency: nowhere, level: 1}
      - {competency: feedback, level: soon}
pathways:
  - {code: production, positions: [leader, leader, ghost]}
"""


def test_every_fault_is_told_by_its_line():
    definitions, faults = read(FAULTS)

    assert definitions is None
    assert [(f.line, f.where) for f in faults] == [
        (1, "framework"),  # a code with a space
        (3, "competency feedback"),  # levels begin with 2
        (4, "competency"),  # the code is there twice
        (6, "competency feedback"),  # a kind that is none
        (7, "competency feedback"),  # no level
        (8, "competency"),  # a text where a mapping belongs
        (12, "position"),  # an unknown key
        (15, "position leader"),  # a competency that is not there
        (16, "position leader"),  # the same competency again
        (16, "position leader"),  # a level that is no number
        (18, "pathway"),  # the name is missing
        (18, "pathway production"),  # a position twice
        (18, "pathway production"),  # a position that is not there
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [1", "This is not YAML"),
        ("", "no document with the key"),
        ("courses: []", "no document with the key"),
        ("framework: {code: a, name: A}\n---\nframework: {code: b, name: B}", "several frameworks"),
        ("framework: {code: a, name: {fr: A}}", "not a language"),
        ("framework: 7", "key: value"),
        ("framework: {code: a, name: A}\npositions: 5", "a list is expected"),
        ("framework: {code: a, code: b, name: A}", "is there twice"),
        ("framework: {code: a, name: " + "A" * 201 + "}", "longer than 200"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(text, told):
    definitions, faults = read(text)

    assert definitions is None
    assert told in " ".join(str(fault) for fault in faults)


def test_other_documents_of_the_file_are_left_to_their_rooms():
    definitions, faults = read("courses: [{code: x}]\n---\nframework: {code: a, name: A}")

    assert not faults
    assert definitions.code == "a"


def test_what_is_written_out_is_what_was_read_in(studio):
    assert write(queries.definitions_of(studio)) == FRAMEWORK


@pytest.mark.both_databases
def test_loading_twice_changes_nothing(studio, mai, django_assert_max_num_queries):
    facts = Entry.objects.count()

    with django_assert_max_num_queries(25):
        outcome = load_definitions(source=FRAMEWORK, actor=mai)

    assert outcome.changes == ()
    assert Entry.objects.count() == facts


def test_a_fault_loads_nothing(company, mai):
    outcome = load_definitions(
        source=FRAMEWORK.replace("level: 2\n        weight", "level: 9\n        weight"), actor=mai
    )

    assert ["“feedback” has only 2 levels, not a level 9." in str(f) for f in outcome.faults] == [True]
    assert not Framework.objects.exists()


def test_a_preview_keeps_nothing(company, mai):
    outcome = load_definitions(source=FRAMEWORK, actor=mai, preview=True)

    assert outcome.count("added") > 5
    assert not Framework.objects.exists()


def test_what_the_file_leaves_out_is_closed_and_its_evidence_stays(studio, linh, thuy, competency):
    feedback = competency("feedback")
    record_evidence(person=linh, competency=feedback, level=1, source="assessed", actor=thuy)
    smaller = {
        "framework": {"code": "studio", "name": "Studio"},
        "competencies": [{"code": "retouching", "name": "Retouching", "levels": [{"level": 1, "name": "Guided"}]}],
    }

    outcome = load_definitions(source=smaller, actor=None)

    assert not outcome.faults
    feedback.refresh_from_db()
    assert feedback.closed_on is not None
    assert Evidence.objects.count() == 1
    assert not Pathway.objects.exists()
    assert not ProfileItem.objects.exists()
    assert Position.objects.filter(code="team-leader").exists()
    assert Competency.objects.get(code="retouching").levels.count() == 1


def test_what_another_framework_owns_cannot_be_taken(studio):
    other = FRAMEWORK.replace("code: studio", "code: other")

    faults = load_definitions(source=other, actor=None).faults

    assert {f.where for f in faults} == {
        "competency feedback",
        "competency retouching",
        "pathway production",
        "position photo-editor",
        "position team-leader",
    }
