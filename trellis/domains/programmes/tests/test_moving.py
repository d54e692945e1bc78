"""Moving people to another version: with a preview, a reason and a way back; a version joined never changes."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course, Enrolment
from trellis.domains.people.models import Position
from trellis.domains.programmes import actions
from trellis.domains.programmes.actions.moving import move_to_version
from trellis.domains.programmes.models import Passage, ProgrammeVersion, VersionMove
from trellis.domains.programmes.queries.moving import moves, to_move
from trellis.domains.programmes.queries.standings import standing_of
from trellis.domains.programmes.tests.story import LATER, START, YAML, attend_and_pass, join
from trellis.kit.journal.models import Entry
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/programmes/next-step/versions/"
SEVEN = YAML.replace("days: 6", "days: 7").replace("[leadership]", "[leadership, writing]")


@pytest.fixture
def second(journey, mai):
    """A version that asks for a seventh day and a second course, after Linh joined the first."""
    Course.objects.create(code="writing", name="Writing", kind="soft", pass_mark=70)
    outcome = actions.load_definition(text_or_dict=SEVEN, actor=mai)
    assert outcome.version.number == 2, outcome.faults
    return outcome.version


def move(version, journey, actor, *, reason="One day more, as agreed with the team leaders", seen=None):
    return move_to_version(
        version=version, journey_ids=[journey.pk], reason=reason, seen=seen or version.digest, actor=actor
    )


@pytest.mark.both_databases
def test_a_version_somebody_joined_cannot_be_changed_even_in_the_database(cohort, linh):
    version = cohort.version
    ProgrammeVersion.objects.filter(pk=version.pk).update(definition={**version.definition, "months": 7})  # not yet
    join(linh, cohort)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgrammeVersion.objects.filter(pk=version.pk).update(definition={**version.definition, "months": 8})
    version.refresh_from_db()
    assert version.definition["months"] == 7
    ProgrammeVersion.objects.filter(pk=version.pk).update(number=9)  # anything else of it may


def test_only_versions_somebody_can_be_moved_to_offer_it(as_, journey, second, mai):
    page = as_(mai).get(PAGE).content.decode()
    assert "?to=2" in page
    assert "?to=1" not in page, "everybody under way is there already"


class TestPreview:
    def test_what_is_new_and_what_changes_is_told_for_each(self, journey, second):
        [told] = moves(second, to_move(second))
        assert told.new == ("Writing: every session attended", "Writing: passed")
        assert [becomes[:1] for _was, becomes in told.changed] == ["7"]
        assert (told.gone, told.stranded) == ((), ())

    def test_back_again_the_same_falls_away(self, journey, second, mai):
        first = journey.version
        move(second, journey, mai)
        [told] = moves(first, to_move(first))
        assert told.gone == ("Writing: every session attended", "Writing: passed")

    def test_who_has_left_or_finished_is_not_among_them(self, journey, second, linh):
        actions.leave(journey=journey, actor=linh)
        assert not to_move(second).exists()


@pytest.mark.both_databases
class TestMoving:
    def test_she_goes_by_the_new_version_and_what_she_did_stays(self, journey, second, mai, thuy):
        attend_and_pass(journey, thuy)
        outcome = move(second, journey, mai)
        journey.refresh_from_db()
        assert (outcome.code, outcome.moved, journey.version) == ("moved", 1, second)
        standing = {r.key: str(r.state) for r in standing_of(journey, on=LATER).requirements}
        assert standing["passed:leadership"] == "met"
        assert standing["passed:writing"] == "todo"

    def test_it_is_journalled_with_the_reason_and_she_is_told(
        self, journey, second, mai, linh, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            move(second, journey, mai)
        deliver()
        [kept] = VersionMove.objects.all()
        assert (kept.from_version.number, kept.to_version.number, kept.moved_by) == (1, 2, mai)
        assert Entry.objects.filter(kind="programmes.moved_to_version", actor=mai).count() == 1
        notice = Notice.objects.get(person=linh, kind="programmes.moved")
        assert "team leaders" in notice.params["reason"]

    def test_twice_is_once(self, journey, second, mai):
        move(second, journey, mai)
        assert move(second, journey, mai).code == "nobody"
        assert VersionMove.objects.count() == 1

    def test_the_way_back_is_another_move(self, journey, second, mai):
        first = journey.version
        move(second, journey, mai)
        assert move(first, journey, mai).code == "moved"
        journey.refresh_from_db()
        assert journey.version == first
        assert VersionMove.objects.count() == 2

    def test_the_cohort_goes_along_once_all_its_people_have(self, journey, cohort, second, mai, hire):
        other = join(hire("Khoa Tran"), cohort)
        move(second, journey, mai)
        cohort.refresh_from_db()
        assert cohort.version.number == 1
        move(second, other, mai)
        cohort.refresh_from_db()
        assert cohort.version == second

    def test_new_courses_are_entered_where_the_cohort_offers_them(self, journey, cohort, second, mai, thuy, linh):
        run = learning.open_offering(
            course=Course.objects.get(code="writing"),
            name="Spring",
            starts_on=START,
            ends_on=START,
            places=9,
            actor=mai,
            teachers=[thuy],
            sessions=[],
        )
        cohort.offerings.add(run)
        move(second, journey, mai)
        assert Enrolment.objects.filter(person=linh, offering=run, withdrawn_at=None).exists()

    def test_who_would_be_stranded_stays_and_it_is_said(self, journey, second, mai):
        Passage.objects.create(journey=journey, gate="ready", passed_on=START, passed_by=mai)
        gone = {**second.definition, "gates": second.definition["gates"][1:]}
        third = second.programme.versions.create(number=3, definition=gone)
        [told] = moves(third, to_move(third))
        assert told.stranded == ("gate_gone",)
        outcome = move(third, journey, mai)
        assert (outcome.code, outcome.stranded) == ("nobody", (journey.pk,))
        journey.refresh_from_db()
        assert journey.version.number == 1

    def test_no_track_to_her_position_strands_her_too(self, journey, second, mai):
        elsewhere = [{"position": "photo-editor", "courses": ["leadership"]}]
        third = second.programme.versions.create(number=3, definition={**second.definition, "tracks": elsewhere})
        assert move(third, journey, mai).stranded == (journey.pk,)

    @pytest.mark.parametrize(
        ("reason", "seen", "code"),
        [
            pytest.param("  ", None, "reason_needed", id="no reason"),
            pytest.param("x", "another", "changed", id="the version was changed meanwhile"),
        ],
    )
    def test_what_is_refused_moves_nobody(self, journey, second, mai, reason, seen, code):
        assert move(second, journey, mai, reason=reason, seen=seen).code == code
        assert not VersionMove.objects.exists()

    def test_people_of_another_programme_are_not_moved(self, journey, mai):
        other = actions.load_definition(text_or_dict=YAML.replace("code: next-step", "code: other"), actor=mai).version
        assert move(other, journey, mai).code == "nobody"


def test_publishing_what_would_strand_somebody_is_refused_with_place_and_reason(journey, second, mai):
    Position.objects.create(code="qa", name="QA")
    outcome = actions.load_definition(text_or_dict=SEVEN.replace("position: team-leader", "position: qa"), actor=mai)
    assert [(fault.line, "team-leader" in fault.text) for fault in outcome.faults] == [(17, True)]


class TestPage:
    def test_mai_looks_at_what_it_means_and_moves_her(self, as_, journey, second, mai, linh):
        page = as_(mai).get(f"{PAGE}?to=2").content.decode()
        assert linh.name in page
        assert "Writing: passed" in page
        told = {"to": 2, "seen": second.digest, "reason": "Agreed", "journey": [journey.pk]}
        page = as_(mai).post(PAGE, told, follow=True)
        assert page.status_code == 200
        journey.refresh_from_db()
        assert journey.version == second
        assert "Nobody is under way by another version" in as_(mai).get(f"{PAGE}?to=2").content.decode()

    def test_without_a_reason_the_form_comes_back_as_it_was(self, as_, journey, second, mai):
        told = {"to": 2, "seen": second.digest, "reason": "", "journey": [journey.pk]}
        answer = as_(mai).post(PAGE, told)
        assert answer.status_code == 422
        assert f'value="{journey.pk}" checked' in answer.content.decode()

    def test_everybody_of_the_list_in_one_go(self, as_, journey, cohort, second, mai, hire):
        join(hire("Khoa Tran"), cohort)
        told = {"to": 2, "seen": second.digest, "reason": "Agreed", "all": "1", "cohort": cohort.pk}
        as_(mai).post(PAGE, told)
        assert VersionMove.objects.count() == 2

    def test_nonsense_in_the_address_is_not_found(self, as_, journey, mai):
        assert as_(mai).get(f"{PAGE}?to=99").status_code == 404
        assert as_(mai).get(f"{PAGE}?to=x&cohort=y").status_code == 200
        assert as_(mai).post(PAGE, {"to": "x"}).status_code == 422

    def test_more_people_take_no_further_statement(self, as_, journey, cohort, second, mai, hire):
        def asked():
            client = as_(mai)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"{PAGE}?to=2").status_code == 200
            return len(seen)

        before = asked()
        for name in ("Khoa", "Bao", "Vinh", "Yen"):
            join(hire(f"{name} Tran"), cohort)
        assert asked() == before <= 12
