"""What waits for whom: each sees what they can do something about, longest first, in twelve statements."""

from datetime import timedelta

import pytest
from django.test import Client

from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.people.actions.history import leave
from trellis.domains.people.models import RoleGrant
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.tests.story import (
    LATER,
    START,
    attend_and_pass,
    carry_to_review,
    join,
    load,
    open_cohort,
)
from trellis.domains.sessions import actions as sessions
from trellis.kit import clock

pytestmark = pytest.mark.django_db
BACKEND = "trellis.domains.people.signing_in.Backend"


def as_(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def kinds(person):
    """The kinds and numbers of the person's page."""
    page = as_(person).get("/today/")
    assert page.status_code == 200
    return {kind: n for kind, _sign, _word, n in page.context["tiles"]}


@pytest.fixture
def cohort(company, mai, thuy):
    return open_cohort(load(mai), mai, thuy, places=1)


@pytest.mark.both_databases
def test_the_office_sees_everything_and_others_what_is_theirs(hire, company, cohort, mai, thuy, linh):
    minh = hire("Minh Tran", position=company.team_leader)
    journey = join(linh, cohort)
    carry_to_review(journey, thuy, minh)
    writing = Course.objects.create(code="writing", name="Writing", kind="soft", pass_mark=70)
    with clock.moved(to=LATER):
        learning.ask_credit(person=linh, course=writing, told="A course elsewhere", learned_on=START)
        end = cohort.ends_on + timedelta(days=20)
        programmes.ask_time(
            journey=journey, kind="extension", from_on=clock.today(), until_on=end, reason="A child", actor=linh
        )
        opportunities.open_post(
            position=company.team_leader, unit=company.team, closes_on=clock.today() + timedelta(days=9), actor=mai
        )
        assert kinds(mai) == {"review": 1, "time": 1, "credit": 1, "opening": 1}
        assert kinds(linh) == kinds(thuy) == kinds(minh) == {}
        rows = [row[0] for row in as_(mai).get("/today/").context["rows"]]
        assert [row.since for row in rows] == sorted(row.since for row in rows)
        assert len(as_(mai).get("/today/?kind=credit").context["rows"]) == 1


def test_registers_and_results_wait_for_the_teacher_and_the_office(hire, cohort, mai, thuy, linh):
    join(linh, cohort)
    with clock.moved(to=START + timedelta(days=30)):
        assert kinds(thuy) == {"result": 1, "register": 2}
        assert kinds(mai) == {"result": 1, "register": 2}
        assert b"for Thuy" in as_(mai).get("/today/").content
        assert kinds(hire("Bao Le", roles=["teacher"])) == {}


def test_nobody_decides_on_themselves_so_it_is_not_on_their_page(hire, company, cohort, mai, thuy):
    minh = hire("Minh Tran", position=company.team_leader)
    journey = join(mai, cohort)
    carry_to_review(journey, thuy, minh)
    lan = hire("Lan Vu", roles=["academy"])
    with clock.moved(to=LATER):
        assert "review" not in kinds(mai)
        assert kinds(lan)["review"] == 1


def test_an_office_of_a_branch_sees_its_own_people_only(hire, company, cohort, mai, thuy, linh):
    journey = join(linh, cohort)
    elsewhere = hire("Yen Dinh", unit=company.whole)
    RoleGrant.objects.create(person=elsewhere, role="academy", unit=company.team, began_on="2024-01-08")
    end = cohort.ends_on + timedelta(days=20)
    programmes.ask_time(journey=journey, kind="extension", from_on=clock.today(), until_on=end, reason="x", actor=linh)
    assert kinds(elsewhere) == {"time": 1}


def test_cohorts_say_what_they_need(hire, company, cohort, mai, thuy, linh):
    journey = join(linh, cohort)
    waits = hire("Xiao Yu")
    programmes.wait(person=waits, cohort=cohort, position=company.team_leader, actor=waits)
    session = cohort.offerings.get().series.sessions.order_by("starts_at")[0]
    with clock.moved(to=session.ends_at):
        sessions.mark(session=session, person_id=linh.pk, value="absent", actor=thuy)
        [one] = as_(mai).get("/today/").context["cohorts"]
        assert (one.missed, one.closes_on, one.queue) == (1, None, 0)
    programmes.give_waiver(journey=journey, key="attendance:leadership", reason="Was in hospital", actor=mai)
    with clock.moved(to=cohort.join_until - timedelta(days=2)):
        [one] = as_(mai).get("/today/").context["cohorts"]
        assert (one.missed, one.closes_on) == (0, cohort.join_until)


def test_a_manager_sees_journeys_of_the_team_and_nothing_private(hire, company, cohort, mai, thuy, linh):
    journey = join(linh, cohort)
    linh.manager = thuy
    linh.save()
    assert "Linh" in as_(thuy).get("/team/").content.decode()
    programmes.give_time(
        journey=journey, kind="pause", from_on=clock.today(), until_on=clock.today() + timedelta(days=9),
        reason="A secret", actor=mai,
    )  # fmt: skip
    told = as_(thuy).get("/team/").content.decode()
    assert "A secret" not in told
    assert "Paused" not in told
    assert as_(linh).get("/team/").context["led"] == 0
    programmes.leave(journey=journey, actor=linh)
    assert "Linh" not in as_(thuy).get("/team/").content.decode()


@pytest.mark.both_databases
def test_somebody_is_to_be_found_for_a_host_who_leaves(hire, cohort, mai, thuy, minh, linh):
    join(linh, cohort)
    last_day, ahead = START + timedelta(days=1), cohort.offerings.get().series.sessions.order_by("starts_at")
    assert leave(person=thuy, on=last_day, leaving="voluntary", actor=mai).done
    with clock.moved(to=START):
        after = [s.pk for s in ahead if s.starts_at.date() > last_day]
        [row, *_] = as_(mai).get("/today/?kind=unhosted").context["rows"]
        assert kinds(mai)["unhosted"] == len(after) > 0
        assert (row[0].pk, row[0].for_, row[0].since) == (after[0], thuy, last_day)
        ahead.get(pk=after[0]).hosts.add(minh)
        assert kinds(mai).get("unhosted", 0) == len(after) - 1
        assert "unhosted" not in kinds(minh)


def test_who_passed_needs_no_result(cohort, thuy, linh):
    attend_and_pass(join(linh, cohort), thuy)
    with clock.moved(to=LATER):
        assert kinds(thuy) == {}
