"""One file for the office: competencies and positions, courses, and the programme in one go."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from trellis.domains.careers.models import Framework
from trellis.domains.learning.models import Course
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Programme
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/programmes/definitions/"


@pytest.fixture
def text():
    return (Path(settings.PROGRAMMES) / "next-step.yaml").read_text(encoding="utf-8")


def nothing_was_loaded():
    return not (Framework.objects.exists() or Course.objects.exists() or Programme.objects.exists())


def test_the_file_of_the_demo_goes_in_whole_and_twice_changes_nothing(text, mai):
    first = actions.load_file(text=text, actor=mai)
    assert not first.faults
    assert all(first.changes.values())
    assert set(actions.load_file(text=text, actor=mai).changes.values()) == {0}


@pytest.mark.parametrize(
    ("was", "becomes", "at", "unread"),
    [
        pytest.param("kind: soft", "kind: hard", "kind: hard", ("courses", "programme"), id="a competency"),
        pytest.param("pass_mark: 75", "pass_mark: 750", "pass_mark: 750", ("programme",), id="a course"),
        pytest.param("months: 6", "months: six", "months: six", (), id="the programme"),
    ],
)
def test_a_fault_is_told_by_line_and_nothing_is_loaded(text, mai, was, becomes, at, unread):
    text = text.replace(was, becomes, 1)
    outcome = actions.load_file(text=text, actor=mai)
    assert [fault.line for fault in outcome.faults] == [text[: text.index(at)].count("\n") + 1]
    assert outcome.unread == unread
    assert nothing_was_loaded()
    assert not Entry.objects.filter(kind__contains="loaded").exists()


@pytest.mark.parametrize(
    "text", ["", "a: [", "- 1", "other: 1", "courses: []\n---\ncourses: []", "programme: {on: 2026-99-99}"]
)
def test_what_is_no_such_file_is_refused_with_a_sentence(mai, text):
    assert str(actions.load_file(text=text, actor=mai).faults[0])


def test_the_page_keeps_the_text_that_has_faults(as_, mai, text):
    wrong = text.replace("months: 6", "months: six")
    answer = as_(mai).post(PAGE, {"text": wrong})
    assert answer.status_code == 422
    assert "months: six" in answer.content.decode()
    assert as_(mai).post(PAGE, {"text": text}).status_code == 302


def test_every_part_comes_out_again_and_in_again_unchanged(as_, mai, text):
    actions.load_file(text=text, actor=mai)
    page = as_(mai).get(PAGE).content.decode()
    for address in ("/pathways/definitions/pixel-house.yaml", reverse("programmes:courses_yaml")):
        assert address in page
        again = as_(mai).get(address).content.decode()
        assert set(actions.load_file(text=again, actor=mai).changes.values()) == {0}


def test_only_the_office_loads(as_, linh):
    assert as_(linh).post(PAGE, {"text": "programme: {}"}).status_code == 403
