"""A graduation: those who are due are invited, and their certificates are given all at once, each once."""

from datetime import timedelta

import pytest
from django.db import connection

from trellis.domains.credentials import actions, queries, tasks
from trellis.domains.credentials.models import Ceremony, Certificate
from trellis.domains.programmes.tests.story import LATER, approve, carry_to_review, join, load, open_cohort
from trellis.domains.recognition.queries import bonuses
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.tests.test_planning_pages import at_once
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice
from trellis.kit.tasks.jobs import Job, run_job

pytestmark = pytest.mark.django_db
EVENING = clock.at_time(LATER, 18)


@pytest.fixture
def due(company, mai, thuy, minh, linh, xiaoyu):
    """Linh and 晓雨 are approved and wait for their certificates."""
    cohort = open_cohort(load(mai), mai, thuy)
    journeys = [join(person, cohort) for person in (linh, xiaoyu)]
    other = minh
    for number, journey in enumerate(journeys):
        holder = other if not number else thuy
        approve(carry_to_review(journey, thuy, holder), mai)
    with clock.moved(to=LATER):
        yield journeys


def ask_for(journeys, actor, **more):
    until = EVENING + timedelta(hours=2)
    return actions.plan_ceremony(
        starts_at=EVENING, ends_at=until, place="Great hall", journeys=journeys, actor=actor, **more
    )


def plan(journeys, actor):
    return ask_for(journeys, actor).ceremony


@pytest.mark.both_databases
def test_planned_twice_it_is_one_and_everybody_is_told_once(due, mai, linh, xiaoyu):
    assert plan(due, mai) == plan(due, mai)
    deliver()
    told = Notice.objects.filter(kind="credentials.ceremony").values_list("person__name", flat=True)
    assert sorted(told) == ["Linh Nguyen", "晓雨"]
    assert not queries.waiting_without_ceremony().exists()


def test_who_hosts_something_else_then_says_why_it_has_to_be(due, mai):
    series = sessions.open_series(name="Leading", actor=mai)
    until = EVENING + timedelta(hours=1)
    sessions.schedule(series=series, title="", starts_at=EVENING, ends_at=until, hosts=[mai], actor=mai)
    refused = ask_for(due, mai)
    assert (refused.ceremony, [clash.kind for clash in refused.clashes]) == (None, ["host"])
    assert not Ceremony.objects.exists()
    kept = ask_for(due, mai, because="An opens the class for me").ceremony
    kept.session.refresh_from_db()
    assert (kept.session.kept_because, kept.session.kept_by) == ("An opens the class for me", mai)


def test_only_who_was_there_is_given_theirs_then_the_others(due, mai, linh):
    ceremony = plan(due, mai)
    with clock.moved(to=EVENING + timedelta(hours=1)):
        sessions.mark(session=ceremony.session, person_id=linh.pk, value="present", actor=mai)
        first = actions.issue_at(ceremony=ceremony, only_present=True, actor=mai)
        assert (first.issued, first.already) == (1, 0)
        assert Certificate.objects.get().person == linh
        second = actions.issue_at(ceremony=ceremony, only_present=False, actor=mai)
        assert (second.issued, second.already, second.refused) == (1, 1, {})
    assert bonuses().count() == 2


def test_who_is_not_due_any_more_gets_none_and_does_not_stop_the_others(due, mai, linh):
    ceremony = plan(due, mai)
    due[0].left_at = clock.now()
    due[0].save()
    outcome = actions.issue_at(ceremony=ceremony, only_present=False, actor=mai)
    assert (outcome.issued, outcome.refused) == (1, {"ended": [linh.pk]})


def test_the_job_tells_how_far_it_is(due, mai, tmp_path, settings):
    settings.DATA = tmp_path
    ceremony = plan(due, mai)
    job = Job.objects.create(
        kind=tasks.issue_all.job_code, owner=mai, params={"ceremony_id": ceremony.pk, "only_present": False}
    )
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total) == ("done", {"issued": 2, "already": 0, "refused": {}}, 2, 2)


class TestPages:
    def test_planned_held_and_printed(self, as_, due, mai, linh, xiaoyu, thuy, tmp_path, settings):
        settings.DATA = tmp_path
        client = as_(mai)
        form = {"starts_at": f"{LATER}T18:00", "hours": "2", "place": "Great hall", "journeys": [j.pk for j in due]}
        assert "Linh Nguyen · Next Step" in client.get("/ceremonies/new/").content.decode()
        late = client.post("/ceremonies/new/", {**form, "starts_at": "2026-01-01T10:00"})
        assert "This time is past" in late.content.decode()
        address = client.post("/ceremonies/new/", form).url
        assert "0 of 2 issued" in client.get(address).content.decode()
        assert "Linh" not in as_(thuy).get(address).content.decode()
        assert "this is your graduation" in as_(linh).get(address).content.decode()
        actions.issue_at(ceremony=Ceremony.objects.get(), only_present=False, actor=mai)
        assert "Linh" in as_(thuy).get(address).content.decode()
        paper = as_(mai).get(address + "certificates.pdf").content
        assert paper.startswith(b"%PDF")


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_who_plan_the_same_at_one_moment_plan_one(due, mai, hoa):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory knows no second connection that waits")
    at_once(lambda: plan(due, mai), lambda: plan(due, hoa))
    assert Ceremony.objects.count() == 1
