"""The six days of a cohort: who needs how many, and a plan that is asked for."""

from datetime import date, timedelta

import pytest

from trellis.domains.mentoring import actions as mentoring
from trellis.domains.mentoring.models import MentorshipDay, PlanProposal
from trellis.domains.programmes.actions import give_time, withdraw_time
from trellis.domains.programmes.queries.days import days_wanted, window_of
from trellis.domains.programmes.queries.standings import standing_of
from trellis.domains.programmes.rules import DaysBeside
from trellis.domains.programmes.tests.story import attend_and_pass, join, load, open_cohort
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def spring(linh, mai, thuy):
    """A cohort with Linh in it."""
    cohort = open_cohort(load(mai), mai, thuy)
    join(linh, cohort)
    return cohort


def test_planned_days_are_not_wanted_again(spring, linh, minh, company):
    on = date(2026, 7, 6)
    mentoring.plan_day(learner=linh, holder=minh, position=company.team_leader, on=on, actor=linh)
    assert [(w.journey.person, w.days) for w in days_wanted(spring, on=clock.today())] == [(linh, 5)]


def test_only_those_for_whom_the_mentorship_is_open(spring):
    assert days_wanted(spring, on=clock.today(), only_open=True) == []


def test_who_is_paused_within_the_window_is_not_planned_in_it(as_, spring, linh, mai):
    pause = {"kind": "pause", "from_on": date(2026, 7, 6), "until_on": date(2026, 7, 12), "reason": "Leave"}
    assert give_time(journey=linh.journeys.get(), actor=mai, **pause).ok
    within, after = (date(2026, 6, 29), date(2026, 7, 6)), (date(2026, 7, 13), date(2026, 8, 2))
    assert [w.is_paused for w in days_wanted(spring, on=clock.today(), window=within)] == [True]
    assert [w.is_paused for w in days_wanted(spring, on=clock.today(), window=after)] == [False]
    address = f"/cohorts/{spring.pk}/mentorship-days/"
    assert "no day is planned for them" in as_(mai).get(address).content.decode()
    asked = {"first": "2026-06-29", "last": "2026-07-24", "per_week": "2"}
    assert "Nobody" in as_(mai).post(address, asked).content.decode()
    assert not PlanProposal.objects.exists()


def test_who_is_given_a_pause_is_told_of_the_days_planned_in_it_and_keeps_them(spring, linh, minh, mai, company):
    for on in (date(2026, 7, 3), date(2026, 7, 6), date(2026, 7, 9)):
        mentoring.plan_day(learner=linh, holder=minh, position=company.team_leader, on=on, actor=linh)
    pause = {"kind": "pause", "from_on": date(2026, 7, 6), "until_on": date(2026, 7, 12), "reason": "Leave"}
    give_time(journey=linh.journeys.get(), actor=mai, **pause)
    while deliver():
        pass
    (told,) = Notice.objects.filter(kind="programmes.days_in_a_pause")
    assert (told.person, told.link) == (linh, "/mentorship-days/")
    assert told.params == {"first": "2026-07-06", "last": "2026-07-09", "count": 2}
    assert MentorshipDay.objects.filter(cancelled_at=None).count() == 3

    withdraw_time(change=linh.journeys.get().time_changes.get(), actor=mai)
    deliver()
    assert not Notice.objects.filter(kind="programmes.days_in_a_pause").exists()


def test_the_window_is_the_stage_of_the_days(spring):
    assert window_of(spring, on=clock.today()) == (date(2026, 6, 29), date(2026, 8, 2))
    assert window_of(spring, on=date(2026, 8, 20)) == (date(2026, 8, 21), date(2026, 9, 17))


def test_mai_asks_for_a_plan_of_the_cohort(as_, spring, mai):
    address = f"/cohorts/{spring.pk}/mentorship-days/"
    assert "too few places" in as_(mai).get(address).content.decode()
    asked = {"first": "2026-06-29", "last": "2026-07-24", "per_week": "2", "few_holders": "on"}
    assert as_(mai).post(address, asked).status_code == 302
    found = PlanProposal.objects.get(source=f"cohort:{spring.pk}")
    page = as_(mai).get(f"/mentorship-days/plans/{found.pk}/").content.decode()
    assert "Nobody offers days; 6 are needed." in page
    assert "6 more days at Team leader between" in page


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"last": "2026-06-01"}, "exchange the two"),
        ({"first": "2026-02-01"}, "choose a day from today on"),
        ({"last": "2027-06-01"}, "plan a shorter window"),
        ({"only_open": "on"}, "Nobody here needs another day"),
    ],
)
def test_what_cannot_be_asked(as_, spring, mai, change, told):
    asked = {"first": "2026-06-29", "last": "2026-07-24", "per_week": "", **change}
    answer = as_(mai).post(f"/cohorts/{spring.pk}/mentorship-days/", asked)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not PlanProposal.objects.exists()


def test_the_journey_says_who_is_waited_for(spring, linh, minh, thuy, company):
    """Six days: first Minh is waited for, by name and since when, then Linh has to sign."""
    journey = spring.journeys.get()
    attend_and_pass(journey, thuy)
    first = date(2026, 3, 9)
    for n in range(6):
        on = first + timedelta(days=n)
        mentoring.plan_day(learner=linh, holder=minh, position=company.team_leader, on=on, actor=linh)
    later = first + timedelta(days=10)

    def days_of_six():
        found = standing_of(journey, on=later).requirements
        return next(r for r in found if isinstance(r.leaf, DaysBeside))

    assert (days_of_six().waiting_for_people, days_of_six().since) == ((minh.pk,), first)
    with clock.moved(to=later):
        for day in MentorshipDay.objects.all():
            mentoring.confirm_day(day=day, minutes=480, value="present", actor=minh)
        assert (days_of_six().reason, str(days_of_six().state)) == ("days_to_sign", "todo")
        for day in MentorshipDay.objects.all():
            mentoring.sign_day(day=day, text="Planned the queue", actor=linh)
    assert str(days_of_six().state) == "met"
