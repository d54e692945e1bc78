from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.mentoring import actions, queries
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.rules import count_days
from trellis.domains.people.models import Holding
from trellis.domains.sessions.models import Mark
from trellis.kit import clock
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


@pytest.fixture
def plan(linh, minh, company):
    """plan(on): Linh plans a day beside Minh, team leader."""

    def plan(on=MONDAY, **changes):
        usual = {"learner": linh, "holder": minh, "position": company.team_leader, "on": on, "actor": linh}
        return actions.plan_day(**{**usual, **changes})

    return plan


@pytest.fixture
def spend(plan, minh):
    """spend(on, minutes): a day that was planned and confirmed by Minh."""

    def spend(on, minutes=480, value="present"):
        with clock.moved(to=on):
            day = MentorshipDay.objects.get(pk=plan(on).day_id)
            actions.confirm_day(day=day, minutes=minutes, value=value, actor=minh)
            actions.sign_day(day=day, text="Planned the shift and talked it through", actor=day.learner)
        return day

    return spend


def count(linh, position):
    days = queries.days_beside([linh.pk], [position.pk])[linh.pk, position.pk]
    return count_days(days, on=clock.today())


class TestPlanning:
    def test_the_holder_is_told_and_hosts(self, plan, linh, minh):
        day = MentorshipDay.objects.get(pk=plan().day_id)
        assert list(day.session.hosts.all()) == [minh]
        assert Notice.objects.get(person=minh).kind == "mentoring.day_planned"

    @pytest.mark.both_databases
    def test_a_double_click_plans_one_day(self, plan):
        assert [plan().code, plan().code] == ["planned", "already"]
        assert MentorshipDay.objects.count() == 1

    def test_what_cannot_be_planned(self, plan, linh, minh, thuy, company):
        assert plan(date(2026, 3, 1)).code == "in_past"
        assert plan(holder=linh).code == "same_person"
        assert plan(position=company.manager).code == "not_a_holder"
        plan()
        assert plan(holder=thuy).code == "day_taken"
        assert plan(learner=thuy, actor=thuy).code == "holder_busy"
        assert MentorshipDay.objects.count() == 1

    def test_a_cancelled_day_can_be_planned_again(self, plan, linh, minh):
        day = MentorshipDay.objects.get(pk=plan().day_id)
        assert actions.cancel_day(day=day, actor=linh)
        assert not actions.cancel_day(day=day, actor=linh)
        assert plan().code == "planned"
        assert Notice.objects.filter(person=minh, kind="mentoring.day_cancelled").count() == 1

    @pytest.mark.both_databases
    def test_the_database_wants_two_people_and_one_day_each(self, plan, linh, minh):
        day = MentorshipDay.objects.get(pk=plan().day_id)
        with pytest.raises(IntegrityError), transaction.atomic():
            MentorshipDay.objects.filter(pk=day.pk).update(learner=minh)


class TestConfirming:
    def test_six_days_confirmed_by_the_holder_count(self, spend, linh, company):
        for number in range(6):
            spend(date(2026, 2, 2) + timedelta(days=number))
        assert count(linh, company.team_leader).is_met

    def test_never_by_the_learner(self, plan, linh):
        day = MentorshipDay.objects.get(pk=plan(clock.today()).day_id)
        assert actions.confirm_day(day=day, minutes=480, value="present", actor=linh).code == "oneself"
        assert not Mark.objects.exists()

    def test_a_day_needs_its_time(self, plan, minh):
        day = MentorshipDay.objects.get(pk=plan(clock.today()).day_id)
        for minutes in (None, 0, 1441):
            assert actions.confirm_day(day=day, minutes=minutes, value="present", actor=minh).code == "minutes_needed"

    def test_not_before_the_day(self, plan, minh):
        day = MentorshipDay.objects.get(pk=plan().day_id)
        assert actions.confirm_day(day=day, minutes=480, value="present", actor=minh).code == "too_early"

    def test_an_excuse_needs_another_day(self, spend, linh, company):
        spend(date(2026, 2, 2), value="excused")
        found = count(linh, company.team_leader)
        assert (found.counted, found.left) == (0, 6)
        assert Notice.objects.filter(person=linh, kind="mentoring.day_not_attended").exists()

    def test_who_no_longer_held_the_position_then_does_not_count(self, spend, linh, minh, company):
        spend(date(2026, 2, 2))
        Holding.objects.filter(person=minh).update(ended_on=date(2026, 2, 1))
        assert [d.code for d in count(linh, company.team_leader).days] == ["not_a_holder"]

    def test_a_confirmed_day_cannot_be_cancelled(self, spend, linh):
        assert not actions.cancel_day(day=spend(date(2026, 2, 2)), actor=linh)

    def test_a_correction_replaces(self, spend, minh, linh, company):
        day = spend(date(2026, 2, 2))
        assert actions.confirm_day(day=day, minutes=450, value="present", actor=minh).code == "reason_needed"
        actions.confirm_day(day=day, minutes=450, value="present", actor=minh, reason="Left early")
        assert [d.code for d in count(linh, company.team_leader).days] == ["too_short"]


def test_as_many_statements_for_one_day_as_for_many(spend, linh, company, django_assert_num_queries):
    for number in range(3):
        spend(date(2026, 2, 2) + timedelta(days=number))
        with django_assert_num_queries(1):
            queries.days_beside([linh.pk], [company.team_leader.pk])
