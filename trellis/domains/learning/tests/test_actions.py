from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.careers.models import Evidence
from trellis.domains.learning import actions, queries
from trellis.domains.learning.definitions import write
from trellis.domains.learning.models import Attempt, Course, Enrolment, Result
from trellis.domains.learning.rules import WHOLE, Grade
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.models import Member
from trellis.kit.journal.models import Entry
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


def passed_facts():
    return Entry.objects.filter(kind="learning.course_passed")


class TestEnrolling:
    def test_who_is_enrolled_is_expected_at_the_sessions(self, offering, linh):
        assert Member.objects.get(series=offering.series).person == linh
        assert Enrolment.objects.get().way_in == "staff"

    @pytest.mark.both_databases
    def test_a_double_click_takes_one_place(self, offering, linh):
        outcome = actions.enrol(offering=offering, person_ids=[linh.pk], way_in="self", actor=linh)
        assert outcome.already == (linh.pk,)
        assert Enrolment.objects.count() == 1

    def test_the_last_place_goes_once(self, run, linh, minh, mai):
        offering = run(places=1)
        outcome = actions.enrol(offering=offering, person_ids=[linh.pk, minh.pk], way_in="staff", actor=mai)
        assert (outcome.enrolled, outcome.no_place, outcome.ok) == ((linh.pk,), (minh.pk,), False)

    def test_a_place_given_back_is_free_again(self, run, linh, minh, mai):
        offering = run(places=1)
        actions.enrol(offering=offering, person_ids=[linh.pk], way_in="self", actor=linh)
        assert actions.withdraw(offering=offering, person_ids=[linh.pk], actor=linh) == [linh.pk]
        assert actions.enrol(offering=offering, person_ids=[minh.pk], way_in="self", actor=minh).ok

    def test_teachers_host_the_sessions(self, offering, mai):
        assert all(list(session.hosts.all()) == [mai] for session in offering.series.sessions.all())


class TestResults:
    def test_the_pass_mark_of_the_offering_decides_and_stays(self, offering, course, linh, mai):
        course.pass_mark = 90
        course.save()
        actions.record_result(offering=offering, person_id=linh.pk, score=Decimal(75), actor=mai)
        assert Result.objects.get().passed

    def test_a_correction_replaces_with_its_reason(self, offering, linh, mai):
        first = actions.record_result(offering=offering, person_id=linh.pk, score=60, actor=mai)
        assert actions.record_result(offering=offering, person_id=linh.pk, score=70, actor=mai).code == "reason_needed"
        actions.record_result(offering=offering, person_id=linh.pk, score=70, actor=mai, reason="Page 2 was missing")
        current = Result.objects.get(is_current=True)
        assert (current.score, current.passed, current.reason) == (70, True, "Page 2 was missing")
        assert Result.objects.count() == Attempt.objects.count() == 2
        assert Attempt.objects.get(is_current=True).replaces_id == first.attempt_id

    def test_one_fault_and_nothing_is_saved(self, offering, linh, minh, mai):
        grades = {(linh.pk, WHOLE): Grade(Decimal(80)), (minh.pk, WHOLE): Grade(Decimal(80))}
        outcomes = actions.record_results(offering=offering, grades=grades, actor=mai)
        assert [outcome.code for outcome in outcomes.values()] == ["recorded", "not_enrolled"]
        assert not Result.objects.exists()

    @pytest.mark.both_databases
    def test_who_comes_second_is_told(self, offering, linh, mai, thuy):
        actions.record_result(offering=offering, person_id=linh.pk, score=60, actor=mai, seen=0)
        outcome = actions.record_result(offering=offering, person_id=linh.pk, score=90, actor=thuy, seen=0)
        assert (outcome.code, outcome.score) == ("conflict", Decimal(60))

    @pytest.mark.both_databases
    def test_the_database_refuses_a_grade_by_oneself(self, offering, linh):
        with pytest.raises(IntegrityError), transaction.atomic():
            Result.objects.create(offering=offering, person=linh, score=90, passed=True, graded_by=linh)

    def test_the_person_is_told(self, offering, linh, mai):
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        assert Notice.objects.filter(person=linh, kind="learning.result_passed").exists()


class TestPassing:
    def test_a_grade_without_the_sessions_passes_no_course(self, offering, linh, mai):
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        assert not passed_facts().exists()

    def test_the_grade_may_come_last(self, offering, attend, linh, mai):
        attend(linh)
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        assert passed_facts().get().about == linh

    def test_the_last_session_may_come_last(self, offering, attend, linh, mai):
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        attend(linh)
        deliver()
        assert passed_facts().get().about == linh

    def test_a_failing_grade_passes_nothing(self, offering, attend, linh, mai):
        attend(linh)
        actions.record_result(offering=offering, person_id=linh.pk, score=69, actor=mai)
        assert not passed_facts().exists()

    def test_it_becomes_evidence_once(self, offering, attend, feedback, linh, mai):
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        attend(linh)
        while deliver():
            pass
        actions.announce_passed(offering=offering, person_ids=[linh.pk], actor=mai)
        while deliver():
            pass
        evidence = Evidence.objects.get()
        assert (evidence.person, evidence.competency, evidence.level, evidence.source) == (linh, feedback, 2, "course")


class TestCorrections:
    """Evidence of a course stands only as long as the grade and the attendance it rests on."""

    @pytest.fixture
    def evidence(self, offering, attend, linh, mai):
        attend(linh)
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        settle()
        return Evidence.objects.get(is_current=True)

    def test_a_grade_corrected_below_the_pass_mark(self, offering, evidence, linh, mai):
        actions.record_result(offering=offering, person_id=linh.pk, score=50, actor=mai, reason="Counted wrongly")
        settle()
        assert Evidence.objects.get() == evidence  # kept as a fact
        assert not Evidence.objects.get().is_current
        assert Entry.objects.get(kind="careers.evidence_withdrawn").about == linh

    def test_attendance_corrected_to_absent(self, offering, evidence, linh, mai):
        mark(offering, linh, "absent", mai)
        settle()
        assert not Evidence.objects.get().is_current

    def test_late_is_attended(self, offering, evidence, linh, mai):
        mark(offering, linh, "late", mai)
        settle()
        assert Evidence.objects.get().is_current

    def test_put_right_again_it_counts_again(self, offering, evidence, linh, mai):
        mark(offering, linh, "absent", mai)
        settle()
        mark(offering, linh, "present", mai)
        settle()
        now = Evidence.objects.get(is_current=True)
        assert (now.replaces, now.level) == (evidence, evidence.level)

    def test_a_slip_put_right_before_anybody_looked_changes_nothing(self, offering, evidence, linh, mai):
        mark(offering, linh, "absent", mai)
        mark(offering, linh, "present", mai)
        settle()
        assert Evidence.objects.get() == evidence
        assert evidence.is_current

    def test_other_peoples_evidence_stays(self, offering, evidence, minh, mai):
        actions.enrol(offering=offering, person_ids=[minh.pk], way_in="staff", actor=mai)
        mark(offering, minh, "present", mai)
        mark(offering, minh, "absent", mai)
        settle()
        assert Evidence.objects.get().is_current


def mark(offering, person, value, actor):
    """A mark at the last session of the run, with a reason since its register has closed."""
    session = offering.series.sessions.last()
    outcome = sessions_actions.mark(session=session, person_id=person.pk, value=value, actor=actor, reason="A slip")
    assert outcome.ok


def settle():
    while deliver():
        pass


class TestStandings:
    def test_never_enrolled(self, course, linh):
        standing = queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]
        assert (standing.offering_id, standing.enrolled, standing.attendance) == (None, False, None)

    def test_all_over_and_no_result_waits_for_the_teacher(self, offering, course, linh, mai):
        standing = queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]
        assert standing.enrolled
        assert standing.waiting_since == date(2026, 2, 23)
        assert standing.teacher_ids == (mai.pk,)
        assert standing.attendance.open == 2

    def test_a_completed_run_speaks_for_the_course(self, offering, attend, run, course, linh, mai):
        attend(linh)
        actions.record_result(offering=offering, person_id=linh.pk, score=80, actor=mai)
        again = run(name="Again")
        actions.enrol(offering=again, person_ids=[linh.pk], way_in="self", actor=linh)
        standing = queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]
        assert (standing.offering_id, standing.is_complete) == (offering.pk, True)

    def test_after_a_failed_run_the_new_one_speaks(self, offering, run, course, linh, mai):
        actions.record_result(offering=offering, person_id=linh.pk, score=40, actor=mai)
        again = run(name="Again")
        actions.enrol(offering=again, person_ids=[linh.pk], way_in="self", actor=linh)
        standing = queries.course_standings([linh.pk], [course.pk])[linh.pk, course.pk]
        assert (standing.offering_id, standing.passed) == (again.pk, None)

    def test_as_many_statements_for_one_as_for_many(self, offering, course, linh, minh, mai, django_assert_num_queries):
        actions.enrol(offering=offering, person_ids=[minh.pk], way_in="staff", actor=mai)
        for people in ([linh.pk], [linh.pk, minh.pk, mai.pk]):
            with django_assert_num_queries(2):
                queries.course_standings(people, [course.pk])


WRITTEN = {
    "code": "coaching",
    "name": {"en": "Coaching", "zh-hans": "辅导"},
    "description": "How to help others find their own way.",
    "kind": "soft",
    "hours": 16.5,
    "sessions": 8,
    "pass_mark": 75,
    "teaches": [{"competency": "feedback", "level": 2}],
}


class TestDefinitions:
    def test_what_is_loaded_is_written_again_the_same(self, feedback, mai):
        assert actions.load_courses([WRITTEN], mai).created == ["coaching"]
        assert write(list(Course.objects.prefetch_related("teaches__competency"))) == [WRITTEN]

    def test_loading_twice_changes_nothing(self, feedback, mai):
        actions.load_courses([WRITTEN], mai)
        assert actions.load_courses([WRITTEN], mai).unchanged == ["coaching"]
        assert Entry.objects.filter(kind="learning.courses_loaded").count() == 1

    def test_a_change_is_taken_over(self, feedback, mai):
        actions.load_courses([WRITTEN], mai)
        assert actions.load_courses([{**WRITTEN, "pass_mark": 80, "teaches": []}], mai).changed == ["coaching"]
        course = Course.objects.get()
        assert (course.pass_mark, course.teaches.count()) == (80, 0)

    @pytest.mark.parametrize(
        ("change", "key"),
        [
            ({"code": "Not A Code"}, "code"),
            ({"name": ""}, "name"),
            ({"kind": "hard"}, "kind"),
            ({"hours": "many"}, "hours"),
            ({"sessions": 0}, "sessions"),
            ({"pass_mark": 101}, "pass_mark"),
            ({"pass_mark": True}, "pass_mark"),
            ({"colour": "red"}, "colour"),
            ({"teaches": [{"competency": "unknown", "level": 1}]}, "teaches"),
            ({"teaches": [{"competency": "feedback", "level": 9}]}, "teaches"),
            ({"teaches": "feedback"}, "teaches"),
        ],
    )
    def test_a_fault_is_named_and_nothing_loaded(self, feedback, mai, change, key):
        other = {"code": "other", "name": "Other", "kind": "soft"}
        outcome = actions.load_courses([other, {**WRITTEN, **change}], mai)
        assert [fault.key for fault in outcome.faults] == [key]
        assert not Course.objects.exists()

    @pytest.mark.parametrize("rows", [None, "courses", {"code": "x"}, ["x"], [WRITTEN, WRITTEN]])
    def test_what_is_no_list_of_courses_is_told(self, feedback, mai, rows):
        assert len(actions.load_courses(rows, mai).faults) == 1


def test_marks_of_other_rooms_do_not_disturb(offering, linh, mai):
    series = sessions_actions.open_series(name="Other", kind="event", actor=mai)
    sessions_actions.take_in(series=series, person_ids=[linh.pk], actor=mai)
    deliver()
    assert not passed_facts().exists()


def test_a_double_click_opens_one_run(offering, mai):
    days = {"starts_on": offering.starts_on, "ends_on": offering.ends_on}
    sessions = offering.series.sessions.count()
    again = actions.open_offering(course=offering.course, name=offering.name, **days, places=offering.places, actor=mai)
    assert again == offering
    assert again.series.sessions.count() == sessions
