"""The certificates of a course run: all who are due at once, each once, also when it is stopped half-way."""

from datetime import date, timedelta

import pytest

from trellis.domains.credentials import actions, queries, tasks
from trellis.domains.credentials.models import Certificate
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.rules import Wish
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice
from trellis.kit.tasks.jobs import Job, run_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering(db, linh, xiaoyu, minh, thuy, mai):
    """Linh and 晓雨 were there and passed; Minh passed and missed the session. Thúy teaches."""
    course = Course.objects.create(code="feedback", name="Feedback", names={"zh-hans": "反馈"}, kind="soft")
    at = clock.at_time(date(2026, 2, 16), 14)
    offering = learning.open_offering(
        course=course, name="Spring", starts_on=at.date(), ends_on=at.date(), places=9, teachers=[thuy], actor=mai,
        sessions=[PlannedSession("", at, at + timedelta(hours=2))],
    )  # fmt: skip
    people = [linh, xiaoyu, minh]
    learning.enrol(offering=offering, person_ids=[p.pk for p in people], way_in="staff", actor=mai)
    session = offering.series.sessions.get()
    marks = {linh.pk: Wish("present"), xiaoyu.pk: Wish("late"), minh.pk: Wish("absent")}
    sessions.mark_all(session=session, wishes=marks, actor=thuy)
    for person in people:
        learning.record_result(offering=offering, person_id=person.pk, score=80, actor=thuy)
    return offering


def test_all_who_are_due_get_theirs_in_the_name_of_the_teacher(offering, linh, xiaoyu, thuy, mai):
    outcome = actions.issue_for_run(offering=offering, actor=mai)
    assert (outcome.issued, outcome.already, outcome.refused) == (2, 0, {})
    given = Certificate.objects.all()
    assert {certificate.person for certificate in given} == {linh, xiaoyu}
    assert {certificate.issued_by for certificate in given} == {thuy}
    deliver()
    assert Notice.objects.filter(kind="credentials.issued").count() == 2


@pytest.mark.both_databases
@pytest.mark.parametrize("fell_after", [0, 1, 2])
def test_stopped_anywhere_and_started_again_each_has_one(offering, mai, hoa, fell_after):
    def fall(done, total):
        if done == fell_after:
            raise SystemExit

    if fell_after:
        with pytest.raises(SystemExit):
            actions.issue_for_run(offering=offering, actor=mai, tell=fall)
    assert Certificate.objects.count() == fell_after
    assert actions.issue_for_run(offering=offering, actor=hoa).issued == 2 - fell_after
    assert actions.issue_for_run(offering=offering, actor=mai).issued == 0
    assert Certificate.objects.count() == 2


def test_nobody_is_given_one_by_themselves(offering, linh):
    assert actions.issue_for_run(offering=offering, actor=linh).refused == {"oneself": [linh.pk]}


def test_a_withdrawn_one_comes_back_only_by_somebody_else(offering, linh, mai):
    course = offering.course
    first = actions.issue_for_course(person=linh, course=course, actor=linh).certificate
    actions.withdraw(certificate=first, actor=mai, reason="The grade was another person's")
    assert course not in queries.courses_to_certify(linh)
    assert actions.issue_for_course(person=linh, course=course, actor=linh).code == "withdrawn_before"
    assert actions.issue_for_run(offering=offering, actor=mai).issued == 2
    assert Certificate.objects.filter(person=linh).count() == 2


def test_earlier_learning_that_was_credited_has_papers_of_its_own(offering, minh, mai):
    credit = learning.ask_credit(
        person=minh, course=offering.course, told="Elsewhere", learned_on=date(2025, 5, 5)
    ).credit
    learning.settle_credit(credit=credit, grant=True, reason="Seen", actor=mai)
    assert minh.pk not in [row.person.pk for row in queries.people_of_run(offering) if row.is_due]
    assert not queries.courses_to_certify(minh)


def test_the_job_tells_how_far_it_is(offering, mai, tmp_path, settings):
    settings.DATA = tmp_path
    job = Job.objects.create(kind=tasks.issue_for_run.job_code, owner=mai, params={"offering_id": offering.pk})
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["issued"], job.done, job.total) == ("done", 2, 2, 2)
