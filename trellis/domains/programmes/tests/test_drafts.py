"""Mai writes a programme; Quan writes at the same time; nothing of either is lost."""

import pytest

from trellis.domains.programmes.actions import drafts as actions
from trellis.domains.programmes.models import Draft, Programme, ProgrammeVersion
from trellis.domains.programmes.queries import drafts as queries
from trellis.domains.programmes.rules import editing
from trellis.domains.programmes.tests.story import YAML, load
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db

STAGE = {"name": "Farewell", "from_week": 23, "to_week": 24}


@pytest.fixture
def version(company, mai):
    return load(mai)


@pytest.fixture
def draft(version, mai):
    return actions.open_draft(version=version, actor=mai)


@pytest.fixture
def quan(hire):
    return hire("Quan Bui", roles=["academy"])


def add_stage(draft, actor, *, seen=None, name="Farewell"):
    return actions.edit(
        draft_id=draft.pk,
        seen=draft.number if seen is None else seen,
        by=lambda body: editing.add(body, ("stages", "new"), STAGE | {"name": name}),
        token=name,
        actor=actor,
    )


def names(draft):
    return [stage["name"] for stage in Draft.objects.get(pk=draft.pk).body["stages"][2:]]


def test_all_who_edit_a_programme_meet_in_one_draft(version, draft, quan):
    assert actions.open_draft(version=version, actor=quan) == draft
    assert draft.body == version.definition


def test_a_new_programme_begins_blank_or_like_another_and_a_second_click_gives_the_same(version, mai):
    first = actions.new_draft(name="Growth", actor=mai)
    assert actions.new_draft(name="Growth", actor=mai) == first
    like = actions.new_draft(name={"en": "Next Step", "zh-hans": "又一步"}, actor=mai, like=version)
    assert (first.code, like.code) == ("growth", "next-step-2")
    assert like.body["stages"] == version.definition["stages"]


@pytest.mark.both_databases
def test_a_double_click_changes_once(draft, mai):
    assert add_stage(draft, mai).ok
    assert add_stage(draft, mai).ok
    assert names(draft) == ["Farewell"]


@pytest.mark.both_databases
def test_who_comes_second_is_told_what_the_first_changed_and_nothing_is_lost(draft, mai, quan):
    add_stage(draft, mai)
    outcome = add_stage(draft, quan, name="Alumni")
    assert outcome.code == "overtaken"
    changes, people = queries.changes_since(outcome.draft, draft.number)
    assert changes == ["Stage “Farewell” added"]
    assert people == ["Mai Pham"]
    assert add_stage(outcome.draft, quan, name="Alumni").ok
    assert names(draft) == ["Farewell", "Alumni"]


def test_changes_are_taken_back_one_by_one(draft, mai):
    for name in ("One", "Two"):
        add_stage(Draft.objects.get(), mai, name=name)
    seen = []
    for _time in range(3):
        now = Draft.objects.get()
        seen.append((actions.undo(draft_id=now.pk, seen=now.number, actor=mai).code, names(now)))
    assert seen == [("done", ["One"]), ("done", []), ("nothing", [])]


def test_only_the_last_changes_are_kept(draft, mai):
    for n in range(actions.STEPS_KEPT + 5):
        add_stage(Draft.objects.get(), mai, name=f"Stage {n}")
    assert draft.steps.count() == actions.STEPS_KEPT


def test_a_text_is_refused_by_line_and_what_is_unfinished_is_taken(draft, mai):
    wrong = YAML.replace("months: 6", "months: six")
    taken = actions.take_text(draft=draft, seen=0, text=wrong, actor=mai)
    assert [fault.line for fault in taken.faults] == [7]
    assert Draft.objects.get().number == 0
    unfinished = YAML.replace("opens: mentorship", "opens: somewhere")
    assert actions.take_text(draft=draft, seen=0, text=unfinished, actor=mai).edit.ok
    [trouble] = queries.desk(Draft.objects.get()).faults
    assert (trouble.place, trouble.where) == (("gates", 0), "Gate “Ready for the mentorship”")


@pytest.mark.both_databases
def test_publishing_happens_once(version, draft, mai, quan):
    add_stage(draft, mai)
    first = actions.publish(draft_id=draft.pk, seen=1, note="A farewell at the end", actor=mai)
    again = actions.publish(draft_id=draft.pk, seen=1, note="A farewell at the end", actor=mai)
    assert first.version == again.version
    assert (first.changed, again.changed) == (True, False)
    assert [stage["name"] for stage in first.version.definition["stages"][2:]] == ["Farewell"]
    assert Draft.objects.get().note == "A farewell at the end"
    assert add_stage(draft, quan).code == "over"


def test_publishing_is_refused_with_reasons_while_something_is_wrong(draft, mai):
    actions.edit(
        draft_id=draft.pk,
        seen=0,
        by=lambda body: editing.remove(body, ("gates", 1)),
        token="",
        actor=mai,
    )
    outcome = actions.publish(draft_id=draft.pk, seen=1, note="", actor=mai)
    assert outcome.code == "faulty"
    assert outcome.faults
    assert ProgrammeVersion.objects.count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_published_unseen(draft, mai, quan):
    add_stage(draft, quan)
    assert actions.publish(draft_id=draft.pk, seen=0, note="", actor=mai).code == "overtaken"


def test_a_draft_is_thrown_away_unless_somebody_went_on(draft, mai, quan):
    add_stage(draft, quan)
    assert not actions.discard(draft_id=draft.pk, seen=0, actor=mai)
    assert actions.discard(draft_id=draft.pk, seen=1, actor=mai)
    assert not Draft.objects.exists()
    assert Programme.objects.exists()
    assert Entry.objects.filter(kind="programmes.draft_discarded", actor=mai).exists()
