"""Assessments with several parts, re-sits, and credit for earlier learning: the actions and who is told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.careers.models import Evidence
from trellis.domains.learning import actions, queries
from trellis.domains.learning.models import Attempt, Credit, Resit, Result
from trellis.domains.learning.rules import Grade
from trellis.domains.sessions import actions as sessions
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db

LEVELS = [{"points": 0, "text": "Not yet"}, {"points": 2, "text": "Partly"}, {"points": 4, "text": "Fully"}]
ASSESSED = {
    "attempts": {"allowed": 2, "wait_days": 7, "counts": "best"},
    "assessments": [
        {"code": "test", "name": "Test", "kind": "written", "weight": 40},
        {
            "code": "talk",
            "name": {"en": "Talk", "zh-hans": "演讲"},
            "kind": "oral",
            "weight": 60,
            "pass_mark": 50,
            "rubric": [{"code": "order", "name": "Order", "levels": LEVELS}],
        },
    ],
}


def settle():
    while deliver():
        pass


@pytest.fixture
def offering(course, run, linh, mai):
    course.assessed = ASSESSED
    course.save()
    offering = run()
    actions.enrol(offering=offering, person_ids=[linh.pk], way_in="staff", actor=mai)
    return offering


@pytest.fixture
def grade(offering, mai):
    """grade(linh, test=80, talk=60): what is not refused is written."""

    def grade(person, actor=None, reason="", number=0, **scores):
        grades = {
            (person.pk, part): Grade(None if score is None else Decimal(score), reason, None, part, number)
            if score is not None
            else Grade(None, reason, None, part, number, "missed")
            for part, score in scores.items()
        }
        return [o.code for o in actions.record_results(offering=offering, grades=grades, actor=actor or mai).values()]

    return grade


@pytest.fixture
def resit(offering, mai):
    def resit(person, part="talk", days=8, reason=""):
        start = clock.at_time(clock.today() + timedelta(days=days), 8)
        return actions.schedule_resit(
            offering=offering,
            part=part,
            person_ids=[person.pk],
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            reason=reason,
            actor=mai,
        )

    return resit


def test_a_teacher_who_hosts_something_else_gives_no_resit_unless_somebody_insists(offering, grade, linh, mai, as_):
    grade(linh, talk=20)
    series = sessions.open_series(name="Coaching", actor=mai)
    start = clock.at_time(date(2026, 3, 16), 8)
    end = start + timedelta(hours=1)
    hosts = list(offering.teachers.all())
    sessions.schedule(series=series, title="", starts_at=start, ends_at=end, hosts=hosts, actor=mai)
    sent = {"part": "talk", "people": [linh.pk], "day": "2026-03-16", "starts": "08:30", "ends": "09:30"}
    address = f"/offerings/{offering.pk}/re-sits/new/"
    refused = as_(mai).post(address, sent)
    assert (refused.status_code, Resit.objects.exists()) == (422, False)
    assert "cannot host both: “Coaching”" in refused.content.decode()
    as_(mai).post(address, {**sent, "because": "The room is next door"})
    assert Resit.objects.get().session.kept_because == "The room is next door"


class TestParts:
    def test_the_result_comes_with_the_last_part(self, grade, linh):
        grade(linh, test=80)
        assert not Result.objects.exists()
        grade(linh, talk=70)
        assert (Result.objects.get().score, Result.objects.get().passed) == (Decimal("74.0"), True)

    def test_short_of_one_part_is_short_of_all(self, grade, linh):
        grade(linh, test=100, talk=49)
        assert not Result.objects.get().passed

    def test_missed_is_not_failed(self, grade, linh):
        grade(linh, test=80, talk=None)
        assert (Result.objects.get().passed, Result.objects.get().missed) == (False, True)

    def test_a_later_change_of_the_course_judges_nobody_again(self, offering, course, grade, linh):
        course.assessed = {}
        course.save()
        assert grade(linh, talk=70) == ["recorded"]

    def test_a_correction_of_a_part_moves_the_result(self, grade, linh):
        grade(linh, test=80, talk=40)
        assert grade(linh, talk=90) == ["reason_needed"]
        assert grade(linh, talk=90, reason="The second page was missing") == ["recorded"]
        now = Result.objects.get(is_current=True)
        assert (now.passed, now.reason) == (True, "The second page was missing")
        assert Attempt.objects.filter(part="talk").count() == 2

    @pytest.mark.both_databases
    def test_the_database_refuses_a_second_first_attempt(self, offering, grade, linh, mai):
        grade(linh, test=80)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                offering=offering, person=linh, part="test", score=90, sat_on=clock.today(), graded_by=mai
            )

    @pytest.mark.both_databases
    def test_the_database_refuses_grading_oneself(self, offering, linh):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                offering=offering, person=linh, part="test", score=90, sat_on=clock.today(), graded_by=linh
            )


class TestTryingAgain:
    def test_a_resit_is_a_session_with_its_people_who_are_told(self, resit, grade, offering, linh):
        grade(linh, test=80, talk=30)
        outcome = resit(linh)
        assert outcome.ok
        assert queries.resit_places(offering)[linh.pk][0].session_id == outcome.session_id
        assert Notice.objects.filter(person=linh, kind="learning.resit").count() == 1

    def test_attendance_of_the_course_is_not_counted_over_it(self, resit, grade, offering, linh):
        grade(linh, test=80, talk=30)
        resit(linh)
        assert queries.offering_standing(offering, linh.pk).attendance.scheduled == 2

    @pytest.mark.both_databases
    def test_a_double_click_plans_it_once(self, resit, grade, linh):
        grade(linh, test=80, talk=30)
        first, second = resit(linh), resit(linh)
        assert (first.code, second.code) == ("scheduled", "already")
        assert Resit.objects.count() == 1

    def test_too_soon_needs_a_reason_that_is_kept(self, resit, grade, linh):
        grade(linh, test=80, talk=30)
        assert resit(linh, days=2).against == {linh.pk: "too_soon"}
        assert not Resit.objects.exists()
        assert resit(linh, days=2, reason="On leave from next week on").ok
        assert Resit.objects.get().reason == "On leave from next week on"

    @pytest.mark.both_databases
    def test_with_every_attempt_used_it_is_out_of_reach_unless_one_is_granted(self, resit, grade, course, linh):
        def standing():
            return queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]

        grade(linh, test=20, talk=20)
        assert (standing().passed, standing().no_more_tries) == (False, False)
        for days, part in ((8, "test"), (9, "talk")):
            assert resit(linh, part=part, days=days).ok
        with clock.moved(to=clock.today() + timedelta(days=9)):
            assert grade(linh, number=2, test=30, talk=30) == ["recorded", "recorded"]
            assert standing().no_more_tries
            assert resit(linh, reason="Ill on both days").ok
            assert not standing().no_more_tries

    @pytest.mark.both_databases
    def test_a_part_lost_for_good_is_out_of_reach_though_another_has_attempts_left(self, resit, grade, course, linh):
        def standing():
            return queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]

        grade(linh, talk=20)
        assert resit(linh).ok
        assert not standing().no_more_tries
        with clock.moved(to=clock.today() + timedelta(days=9)):
            assert grade(linh, number=2, talk=30) == ["recorded"]
            assert (standing().passed, standing().no_more_tries) == (None, True)
            grade(linh, test=90)
            assert (standing().passed, standing().no_more_tries) == (False, True)
            assert resit(linh, part="test", reason="To lift the mean").ok
            assert standing().no_more_tries
            assert resit(linh, days=12, reason="Ill on both days").ok
            assert not standing().no_more_tries

    def test_it_is_graded_from_its_day_on_and_the_best_counts(self, resit, grade, linh):
        grade(linh, test=80, talk=30)
        assert grade(linh, talk=70, number=2) == ["no_resit"]
        resit(linh)
        assert grade(linh, talk=70, number=2) == ["too_early"]
        with clock.moved(to=clock.now() + timedelta(days=9)):
            assert grade(linh, talk=70, number=2) == ["recorded"]
        again = Attempt.objects.get(number=2)
        assert (again.resit, again.replaces) == (Resit.objects.get(), None)
        assert Result.objects.get(is_current=True).passed
        assert Attempt.objects.filter(is_current=True).count() == 3

    def test_after_the_last_one_none_is_left(self, resit, grade, linh):
        grade(linh, test=80, talk=30)
        resit(linh)
        with clock.moved(to=clock.now() + timedelta(days=9)):
            grade(linh, talk=20, number=2)
            assert resit(linh).against == {linh.pk: "none_left"}
        assert Notice.objects.filter(person=linh, kind="learning.result_not_passed").count() == 2


@pytest.fixture
def asked(course, linh):
    outcome = actions.ask_credit(
        person=linh,
        course=course,
        told="Two days at my former company",
        learned_on=date(2025, 6, 3),
        content=b"%PDF-1.7 a certificate",
        file_name="certificate.pdf",
    )
    return outcome.credit


class TestEarlierLearning:
    @pytest.mark.both_databases
    def test_asked_twice_it_waits_once(self, asked, course, linh):
        again = actions.ask_credit(person=linh, course=course, told="Again", learned_on=date(2025, 6, 3))
        assert (again.code, again.credit) == ("already", asked)

    def test_the_academy_is_told(self, asked, mai):
        settle()
        assert Notice.objects.get(kind="learning.credit_asked").person == mai

    def test_granted_it_counts_as_passed_and_attended_and_is_evidence(self, asked, course, linh, mai):
        assert actions.settle_credit(credit=asked, grant=True, reason="A known school", actor=mai).ok
        settle()
        found = queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]
        assert found.is_complete
        assert (found.credited.by, found.credited.note) == (mai.pk, "A known school")
        assert Evidence.objects.get(person=linh).origin == f"credit:{asked.pk}"
        assert Notice.objects.filter(person=linh, kind="learning.credit_granted").exists()

    @pytest.mark.both_databases
    def test_with_a_grade_when_there_was_one(self, asked, course, linh, mai):
        actions.settle_credit(credit=asked, grant=True, reason="Seen", score=Decimal(88), actor=mai)
        assert queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk].score == 88

    def test_the_academy_credits_what_it_knows_without_being_asked_once(self, course, linh, mai):
        wish = {"told": "A course at X", "learned_on": date(2025, 6, 3), "reason": "We sent her there"}
        codes = [actions.grant_credit(person=linh, course=course, actor=mai, **wish).code for _click in range(2)]
        credit = Credit.objects.get()
        assert codes == ["granted", "already"]
        assert (credit.state, credit.by_academy, credit.decided_by) == ("granted", True, mai)
        settle()
        assert queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk].is_complete
        assert not Notice.objects.filter(kind="learning.credit_asked").exists()

    def test_what_waits_is_granted_by_it_and_nobody_grants_themselves(self, asked, course, linh, mai):
        wish = {"told": "A course at X", "learned_on": date(2025, 6, 3), "course": course}
        assert actions.grant_credit(person=mai, reason="I know", actor=mai, **wish).code == "oneself"
        assert actions.grant_credit(person=linh, reason=" ", actor=mai, **wish).code == "reason_needed"
        assert actions.grant_credit(person=linh, reason="Seen", actor=mai, **wish).credit == asked
        asked.refresh_from_db()
        assert (asked.state, asked.by_academy, asked.told) == ("granted", False, asked.told)

    def test_nobody_credits_themselves(self, asked, linh):
        assert actions.settle_credit(credit=asked, grant=True, reason="I know", actor=linh).code == "oneself"

    @pytest.mark.both_databases
    def test_nor_does_the_database_let_them(self, asked, linh):
        with pytest.raises(IntegrityError), transaction.atomic():
            Credit.objects.filter(pk=asked.pk).update(state="granted", decided_by=linh)

    def test_the_reason_is_needed(self, asked, mai):
        assert actions.settle_credit(credit=asked, grant=False, reason=" ", actor=mai).code == "reason_needed"

    def test_the_first_decision_stands(self, asked, mai, hoa):
        actions.settle_credit(credit=asked, grant=False, reason="Too long ago", actor=mai)
        assert actions.settle_credit(credit=asked, grant=True, reason="Fine", actor=hoa).code == "already_decided"

    def test_declined_one_may_ask_again(self, asked, course, linh, mai):
        actions.settle_credit(credit=asked, grant=False, reason="Which school?", actor=mai)
        assert actions.ask_credit(person=linh, course=course, told="At X", learned_on=date(2025, 6, 3)).ok

    def test_taken_back_it_counts_no_more_and_stays_on_record(self, asked, course, linh, mai):
        actions.settle_credit(credit=asked, grant=True, reason="A known school", actor=mai)
        settle()
        assert actions.revoke_credit(credit=asked, reason="", actor=mai).code == "reason_needed"
        assert actions.revoke_credit(credit=asked, reason="The paper was another person's", actor=mai).ok
        settle()
        assert not queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk].is_complete
        assert not Evidence.objects.filter(person=linh, is_current=True).exists()
        assert Credit.objects.get().revoked_by == mai

    @pytest.mark.both_databases
    def test_standings_take_two_statements_with_credits_too(
        self, asked, course, run, linh, mai, django_assert_num_queries
    ):
        actions.settle_credit(credit=asked, grant=True, reason="A known school", actor=mai)
        actions.enrol(offering=run(), person_ids=[linh.pk], way_in="self", actor=linh)
        with django_assert_num_queries(2):
            found = queries.course_standings([linh.pk, mai.pk], [course.pk])
        assert found[linh.pk, course.pk].credited
        assert not found[mai.pk, course.pk].enrolled
