"""Joining, leaving, asking, deciding, waiving: who may, what changes, what does not."""

from datetime import timedelta

import pytest

from trellis.domains.learning.models import Course, Enrolment
from trellis.domains.programmes import actions
from trellis.domains.programmes.definitions import write_text
from trellis.domains.programmes.models import Journey, Passage, ProgrammeVersion, Review
from trellis.domains.programmes.queries import definition_of, show_journey, standing_of
from trellis.domains.programmes.tests.story import (
    LATER,
    START,
    YAML,
    approve,
    attend_and_pass,
    carry_to_review,
    join,
    load,
    open_cohort,
    six_days,
)
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


class TestDefinitions:
    def test_the_same_text_again_changes_nothing(self, company, mai):
        first = load(mai)
        again = actions.load_definition(text_or_dict=YAML, actor=mai)
        assert (again.version, again.changed) == (first, False)
        assert ProgrammeVersion.objects.count() == 1

    def test_a_text_that_is_written_out_is_read_as_the_same(self, company, mai):
        version = load(mai)
        text = write_text(definition_of(version))
        assert actions.load_definition(text_or_dict=text, actor=mai).changed is False
        assert write_text(definition_of(version)) == text

    def test_a_change_replaces_a_version_that_nobody_uses(self, company, mai):
        load(mai)
        outcome = actions.load_definition(text_or_dict=YAML.replace("months: 6", "months: 7"), actor=mai)
        assert (outcome.changed, outcome.version.number) == (True, 1)

    def test_a_change_becomes_a_new_version_once_somebody_joined(self, journey, mai):
        outcome = actions.load_definition(text_or_dict=YAML.replace("months: 6", "months: 7"), actor=mai)
        journey.refresh_from_db()
        assert (outcome.version.number, journey.version.number) == (2, 1)
        assert definition_of(journey.version).months == 6

    def test_every_fault_is_told_by_line_and_nothing_is_loaded(self, company, mai):
        text = YAML.replace("courses: [leadership]", "courses: [juggling]").replace("months: 6", "months: six")
        outcome = actions.load_definition(text_or_dict=text, actor=mai)
        assert [fault.line for fault in outcome.faults] == [7, 18]
        assert not ProgrammeVersion.objects.exists()

    def test_an_unknown_course_is_told_by_line(self, company, mai):
        outcome = actions.load_definition(text_or_dict=YAML, actor=mai)
        assert [(fault.line, "leadership" in fault.text) for fault in outcome.faults] == [(18, True)]

    @pytest.mark.parametrize("text", ["a: [", "", "- 1", "other: 1", "programme: [1"])
    def test_what_is_no_programme_is_refused_with_a_sentence(self, company, mai, text):
        outcome = actions.load_definition(text_or_dict=text, actor=mai)
        assert outcome.version is None
        assert str(outcome.faults[0])


class TestJoining:
    def test_one_joins_and_is_enrolled_with_the_way_in(self, journey, linh):
        enrolment = Enrolment.objects.get(person=linh)
        assert (enrolment.way_in, journey.attempt, journey.joined_by) == ("programme:next-step", 1, linh)
        assert Entry.objects.filter(kind="programmes.joined", about=linh).count() == 1

    def test_joining_sets_the_aim_that_the_map_shows(self, journey, linh):
        assert linh.aims.get(dropped_at=None).position == journey.position

    @pytest.mark.both_databases
    def test_twice_is_once(self, journey, linh, cohort):
        again = actions.join(person=linh, cohort=cohort, position=journey.position, actor=linh)
        assert (again.code, again.journey) == ("under_way", journey)
        assert Journey.objects.count() == 1

    def test_nobody_is_put_in_by_another(self, cohort, linh, mai, thuy, company):
        for other in (mai, thuy):
            outcome = actions.join(person=linh, cohort=cohort, position=company.team_leader, actor=other)
            assert outcome.code == "only_oneself"
        assert not Journey.objects.exists()

    def test_not_to_what_one_holds_already(self, cohort, minh, company):
        outcome = actions.join(person=minh, cohort=cohort, position=company.team_leader, actor=minh)
        assert outcome.code == "holds_it"

    def test_not_to_a_position_without_a_track(self, cohort, linh, company):
        assert actions.join(person=linh, cohort=cohort, position=company.manager, actor=linh).code == "no_track"

    def test_not_when_the_time_is_over_or_the_places_are_taken(self, company, mai, thuy, linh, xiaoyu):
        small = open_cohort(load(mai), mai, thuy, places=1)
        join(linh, small)
        assert actions.join(person=xiaoyu, cohort=small, position=company.team_leader, actor=xiaoyu).code == "full"
        with clock.moved(to=START + timedelta(days=31)):
            outcome = actions.join(person=xiaoyu, cohort=small, position=company.team_leader, actor=xiaoyu)
        assert outcome.code == "closed"

    def test_leaving_is_for_oneself_and_leaves_no_stain(self, journey, linh, mai, cohort):
        assert not actions.leave(journey=journey, actor=mai)
        assert actions.leave(journey=journey, actor=linh)
        assert not actions.leave(journey=journey, actor=linh)
        assert Enrolment.objects.get(person=linh).withdrawn_at
        assert join(linh, cohort).attempt == 2


class TestReview:
    def test_it_cannot_be_asked_for_before_the_rest_is_met(self, journey, linh):
        assert actions.ask_review(journey=journey, key="review", actor=linh).code == "not_ready"

    def test_it_is_asked_for_once_the_rest_is_met(
        self, journey, thuy, minh, linh, mai, django_capture_on_commit_callbacks
    ):
        attend_and_pass(journey, thuy)
        six_days(journey, minh)
        with clock.moved(to=LATER):
            first = actions.ask_review(journey=journey, key="review", actor=linh)
            again = actions.ask_review(journey=journey, key="review", actor=linh)
        assert first.ok
        assert again.code == "already_asked"
        assert Review.objects.count() == 1

    def test_nobody_decides_on_themselves(self, journey, thuy, minh, linh):
        review = carry_to_review(journey, thuy, minh)
        assert actions.decide_review(review=review, approve=True, actor=linh).code == "oneself"

    def test_approved_once_and_the_gates_are_kept(self, journey, thuy, minh, mai, hoa):
        review = carry_to_review(journey, thuy, minh)
        approve(review, mai)
        with clock.moved(to=LATER):
            second = actions.decide_review(review=review, approve=False, reason="No", actor=hoa)
            assert standing_of(journey, on=LATER).is_complete
        assert (second.code, second.review.decided_by) == ("already_decided", mai)
        assert set(Passage.objects.values_list("gate", flat=True)) == {"ready", "graduation"}

    def test_returned_with_a_reason_it_can_be_asked_for_again(self, journey, thuy, minh, mai, linh):
        review = carry_to_review(journey, thuy, minh)
        with clock.moved(to=LATER):
            assert actions.decide_review(review=review, approve=False, actor=mai).code == "reason_needed"
            returned = actions.decide_review(review=review, approve=False, reason="Minutes of day 3?", actor=mai)
            assert returned.code == "returned"
            assert show_journey(journey, LATER).next.posts
            assert actions.ask_review(journey=journey, key="review", actor=linh).code == "asked"

    def test_approving_needs_the_rest_to_be_met_still(self, journey, thuy, minh, mai):
        review = carry_to_review(journey, thuy, minh)
        from trellis.domains.mentoring.models import MentorshipDay

        MentorshipDay.objects.filter(learner=journey.person).update(cancelled_at=clock.now())
        with clock.moved(to=LATER):
            assert actions.decide_review(review=review, approve=True, actor=mai).code == "not_ready"
        review.refresh_from_db()
        assert review.state == "asked"


@pytest.mark.both_databases
def test_a_journey_that_was_left_is_not_decided_on(journey, thuy, minh, mai, linh):
    review = carry_to_review(journey, thuy, minh)
    actions.leave(journey=journey, actor=linh)
    with clock.moved(to=LATER):
        assert actions.decide_review(review=review, approve=True, actor=mai).code == "ended"
        actions.resume(journey=journey, actor=linh)
        assert actions.decide_review(review=review, approve=True, actor=mai).code == "approved"


class TestWaiver:
    def test_it_opens_what_it_waives_and_says_why(self, journey, mai):
        for key in ("attendance:leadership", "passed:leadership"):
            assert actions.give_waiver(journey=journey, key=key, reason="Taught it herself", actor=mai).code == "waived"
        assert standing_of(journey, on=START).gates[0].is_open

    def test_taken_back_it_is_asked_for_again_and_the_person_told(self, journey, mai, linh):
        key = "attendance:leadership"
        actions.give_waiver(journey=journey, key=key, reason="Taught it herself", actor=mai)
        revoke = actions.revoke_waiver
        assert revoke(journey=journey, key=key, reason="Mine", actor=linh).code == "oneself"
        assert revoke(journey=journey, key=key, reason="", actor=mai).code == "reason_needed"
        assert revoke(journey=journey, key=key, reason="It was another Linh", actor=mai).code == "revoked"
        assert revoke(journey=journey, key=key, reason="Again", actor=mai).code == "already"
        states = {r.key: str(r.state) for r in standing_of(journey, on=START).requirements}
        assert states[key] != "waived"
        while deliver():
            pass
        assert Notice.objects.filter(person=linh, kind="programmes.waiver_revoked").count() == 1
        assert actions.give_waiver(journey=journey, key=key, reason="The right one", actor=mai).code == "waived"
        while deliver():
            pass
        assert Notice.objects.filter(person=linh, kind="programmes.waived").count() == 2

    def test_never_for_oneself_never_without_a_reason_never_of_an_approval(self, journey, mai, linh):
        give = actions.give_waiver
        assert give(journey=journey, key="days", reason="Please", actor=linh).code == "oneself"
        assert give(journey=journey, key="days", reason=" ", actor=mai).code == "reason_needed"
        assert give(journey=journey, key="approval:review", reason="Quick", actor=mai).code == "approval"
        assert give(journey=journey, key="passed:juggling", reason="Quick", actor=mai).code == "unknown"


def test_the_system_asks_by_itself_and_everybody_is_told(
    journey, thuy, minh, mai, linh, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        attend_and_pass(journey, thuy)
        six_days(journey, minh)
    from trellis.kit.journal.outbox import deliver

    with clock.moved(to=LATER):
        deliver()
        deliver()
        review = Review.objects.get()
        actions.decide_review(review=review, approve=True, actor=mai)
        deliver()
    assert review.person == linh
    assert Notice.objects.filter(person=mai, kind="programmes.review_asked").count() == 1
    assert Notice.objects.filter(person=linh, kind="programmes.review_approved").count() == 1


def test_a_definition_of_a_course_that_is_gone_is_not_loaded(company, mai):
    load(mai)
    Course.objects.all().delete()
    assert actions.load_definition(text_or_dict=YAML, actor=mai).faults


def test_a_double_click_opens_one_cohort(cohort, mai):
    days = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on, "join_until": cohort.join_until}
    again = actions.open_cohort(version=cohort.version, name=cohort.name, **days, places=cohort.places, actor=mai)
    assert again == cohort
