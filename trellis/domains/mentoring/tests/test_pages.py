from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.careers.models import Aim
from trellis.domains.mentoring import actions
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.models import Mark
from trellis.kit import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def day(linh, minh, company):
    """Linh beside Minh, today."""
    outcome = actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=TODAY, actor=linh)
    return MentorshipDay.objects.get(pk=outcome.day_id)


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        ("linh", "", 200),
        ("linh", "{}/", 200),
        ("minh", "{}/", 200),
        ("mai", "{}/", 200),
        ("thuy", "{}/", 403),
        ("hoa", "{}/", 403),
        ("linh", "everybody/", 403),
        ("minh", "everybody/", 403),
        ("mai", "everybody/", 200),
    ],
)
def test_who_sees_what(request, as_, day, who, page, status):
    address = "/mentorship-days/" + page.format(day.pk)
    assert as_(request.getfixturevalue(who)).get(address).status_code == status


def test_a_day_is_planned_for_the_position_aimed_at(as_, linh, minh, company):
    Aim.objects.create(person=linh, position=company.team_leader)
    assert "Plan the first day" in as_(linh).get("/mentorship-days/").content.decode()
    for _click in range(2):
        as_(linh).post("/positions/team-leader/mentorship-days/new/", {"holder": minh.pk, "on": "2026-03-09"})
    assert MentorshipDay.objects.get().holder == minh
    assert "0 of 6 days count, 1 planned." in as_(linh).get("/mentorship-days/").content.decode()


def test_who_only_holds_reads_of_the_days_beside_them_and_is_sent_to_no_map(as_, day, minh):
    page = as_(minh).get("/mentorship-days/").content.decode()
    assert "Days others spend beside me" in page
    assert "Choose a position you want to step to" not in page


def test_a_class_on_the_same_day_is_told_of(as_, linh, minh, mai):
    series = sessions.open_series(name="Leading", actor=mai)
    start = clock.at_time(date(2026, 3, 9), 14)
    end = start + timedelta(hours=1)
    sessions.schedule(series=series, title="", starts_at=start, ends_at=end, hosts=[mai], actor=mai)
    sessions.take_in(series=series, person_ids=[linh.pk], actor=mai)
    sent = {"holder": minh.pk, "on": "2026-03-09"}
    page = as_(linh).post("/positions/team-leader/mentorship-days/new/", sent, follow=True)
    assert "1 person is expected elsewhere then: Linh Nguyen." in page.content.decode()


def test_a_day_in_the_past_is_refused_and_the_form_kept(as_, linh, minh):
    page = as_(linh).post("/positions/team-leader/mentorship-days/new/", {"holder": minh.pk, "on": "2026-03-01"})
    assert "This day is over; choose a day from today on." in page.content.decode()
    assert "2026-03-01" in page.content.decode()


CONFIRMED = {
    "value": "present",
    "starts": "08:00",
    "ends": "17:00",
    "pause": "60",
    "note": "Led a shift",
    "seen": 0,
}


def test_the_holder_confirms_the_hours(as_, day, minh):
    as_(minh).post(f"/mentorship-days/{day.pk}/", CONFIRMED)
    mark = Mark.objects.get()
    assert (mark.minutes, mark.reason, mark.marked_by) == (480, "Led a shift", minh)
    assert "waits for the learner" in as_(minh).get(f"/mentorship-days/{day.pk}/").content.decode()


def test_the_learner_does_not(as_, day, linh):
    assert as_(linh).post(f"/mentorship-days/{day.pk}/", CONFIRMED).status_code == 403
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ends": "07:00"}, "The end has to be after the start and the break."),
        ({"starts": ""}, "Write from when to when the day was."),
        ({"seen": 99}, "Meanwhile somebody else confirmed this day."),
    ],
)
def test_a_fault_is_told(as_, day, minh, change, told):
    assert told in as_(minh).post(f"/mentorship-days/{day.pk}/", {**CONFIRMED, **change}).content.decode()
    assert not Mark.objects.exists()


def test_a_day_is_cancelled(as_, day, linh):
    as_(linh).post(f"/mentorship-days/{day.pk}/cancel/")
    day.refresh_from_db()
    assert day.cancelled_at


@pytest.mark.parametrize(("who", "page"), [("linh", ""), ("minh", ""), ("mai", "everybody/")])
def test_as_many_statements_for_many_as_for_one(request, as_, day, linh, minh, company, who, page):
    client, address = as_(request.getfixturevalue(who)), f"/mentorship-days/{page}"
    client.get(address)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
        for number in range(1, 20):
            on = clock.today() + timedelta(days=number)
            actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=on, actor=linh)
    assert counts[0] == counts[1]
    assert counts[0] <= 12
