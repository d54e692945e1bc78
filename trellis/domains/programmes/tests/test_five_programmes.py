"""The five programmes of the demo: each is data that loads, makes sense, and comes out as it went in."""

from pathlib import Path

import pytest
from django.conf import settings

from trellis.domains.people.models import Position
from trellis.domains.programmes import actions
from trellis.domains.programmes.definitions import read_documents, write_text
from trellis.domains.programmes.models import ProgrammeVersion
from trellis.domains.programmes.queries import definition_of
from trellis.domains.programmes.rules import read_definition, write_definition

FILES = ("next-step", "makers", "development", "growth", "back-office")


def text_of(name):
    return (Path(settings.PROGRAMMES) / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_all_five_load_and_twice_changes_nothing(mai):
    Position.objects.create(code="office-manager", name="Office manager")  # described by no framework
    for name in FILES:
        outcome = actions.load_file(text=text_of(name), actor=mai)
        assert not outcome.faults, (name, [str(fault) for fault in outcome.faults])
        assert set(actions.load_file(text=text_of(name), actor=mai).changes.values()) == {0}
    assert list(ProgrammeVersion.objects.values_list("number", flat=True)) == [1] * 5
    for version in ProgrammeVersion.objects.all():
        text = write_text(definition_of(version))
        again = actions.load_definition(text_or_dict=text, actor=mai)
        assert (again.version, again.changed, again.faults) == (version, False, ())


@pytest.mark.parametrize("name", FILES)
def test_what_is_exported_is_the_same_byte_for_byte(name):
    documents, unreadable = read_documents(text_of(name))
    assert unreadable is None
    definition, faults = read_definition(documents["programme"].data["programme"])
    assert definition, faults
    text = write_text(definition)
    again, _none = read_documents(text)
    assert again["programme"].data["programme"] == write_definition(definition)
    assert write_text(read_definition(again["programme"].data["programme"])[0]) == text


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_there_in_english_and_chinese(name):
    documents, _none = read_documents(text_of(name))
    definition, _faults = read_definition(documents["programme"].data["programme"])
    texts = [definition.name, definition.description]
    texts += [part.name for part in (*definition.stages, *definition.nodes, *definition.gates)]
    texts += [node.deliverable for node in definition.nodes if node.deliverable]
    for text in texts:
        assert set(text) == {"en", "zh-hans"}
        assert "您" not in text["zh-hans"]


def test_the_makers_have_eleven_nodes_seven_of_them_before_the_start():
    documents, _none = read_documents(text_of("makers"))
    definition, _faults = read_definition(documents["programme"].data["programme"])
    assert [len(stage.nodes) for stage in definition.stages] == [7, 2, 2]
    assert all(node.deadline and node.deliverable for node in definition.nodes)
    assert not definition.voluntary
