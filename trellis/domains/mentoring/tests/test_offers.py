"""Offering days and being away."""

from datetime import date, time

import pytest

from trellis.domains.mentoring import actions
from trellis.domains.mentoring.actions.offers import say_away, say_back, withdraw_offer
from trellis.domains.mentoring.models import Absence, MentorshipDay, Offer
from trellis.domains.mentoring.queries.supply import offered_places
from trellis.domains.mentoring.tests.conftest import FIRST, LAST
from trellis.domains.people.models import Holding

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 10)


class TestOffering:
    def test_every_work_day_of_three_weeks(self, offer, company):
        assert offer().code == "offered"
        places = offered_places([company.team_leader.pk], FIRST, LAST)
        assert [place.free for place in places] == [1] * 15

    @pytest.mark.both_databases
    def test_a_double_click_offers_once(self, offer):
        assert [offer().code, offer().code] == ["offered", "already"]
        assert Offer.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            pytest.param({"places": 0}, "no_places", id="nobody at once"),
            pytest.param({"places": 11}, "too_many_places", id="a whole class"),
            pytest.param({"first": date(2026, 3, 1)}, "in_past", id="yesterday"),
            pytest.param({"last": date(2026, 3, 8)}, "backwards", id="the end before the start"),
            pytest.param({"last": date(2027, 3, 10)}, "too_long", id="more than a year"),
            pytest.param({"last": FIRST, "weekdays": [1]}, "no_day", id="no such weekday"),
            pytest.param({"ends": time(15, 59)}, "too_short", id="less than eight hours"),
        ],
    )
    def test_what_cannot_be_offered(self, offer, changes, code):
        assert offer(**changes).code == code
        assert not Offer.objects.exists()

    def test_a_night_shift_is_a_whole_day(self, offer):
        assert offer(starts=time(22), ends=time(6, 30)).ok

    def test_who_does_not_hold_the_position(self, offer, linh, minh):
        assert offer(linh).code == "not_a_holder"
        Holding.objects.filter(person=minh).update(ended_on=TUESDAY)
        refused = offer()
        assert (refused.code, refused.dates[0]) == ("not_a_holder", date(2026, 3, 11))

    def test_no_date_twice(self, offer):
        offer(last=TUESDAY)
        refused = offer(places=2)
        assert (refused.code, refused.dates) == ("overlap", (FIRST, TUESDAY))


class TestPlaces:
    def test_two_at_once_where_the_holder_takes_two(self, offer, linh, thuy, minh, hire, company):
        offer(places=2)
        nam, binh = hire("Nam Le"), hire("Binh Ho")
        plan = {"holder": minh, "position": company.team_leader, "on": FIRST}
        codes = [actions.plan_day(learner=who, actor=who, **plan).code for who in (linh, nam, binh)]
        assert codes == ["planned", "planned", "holder_busy"]

    def test_the_hours_are_those_of_the_offer(self, offer, linh, minh, company):
        offer(starts=time(6), ends=time(14, 30))
        outcome = actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=FIRST, actor=linh)
        session = MentorshipDay.objects.get(pk=outcome.day_id).session
        assert (session.ends_at - session.starts_at).total_seconds() == 8.5 * 3600

    def test_days_away_or_no_longer_held_are_no_places(self, offer, minh, company):
        offer()
        say_away(person=minh, first=FIRST, last=date(2026, 3, 13), actor=minh)
        Holding.objects.filter(person=minh).update(ended_on=date(2026, 3, 20))
        found = offered_places([company.team_leader.pk], FIRST, LAST)
        assert [place.on.day for place in found] == [16, 17, 18, 19, 20]

    def test_as_many_statements_for_one_offer_as_for_many(self, offer, hire, company, django_assert_num_queries):
        for number in range(3):
            offer(hire(f"Holder{number} Le", position=company.team_leader))
            with django_assert_num_queries(5):
                offered_places([company.team_leader.pk], FIRST, LAST)


class TestWithdrawing:
    def test_an_offer_nobody_comes_on(self, offer, minh):
        standing = Offer.objects.get(pk=offer().offer_id)
        assert withdraw_offer(offer=standing, actor=minh).code == "withdrawn"
        assert withdraw_offer(offer=standing, actor=minh).code == "already"
        assert offer().code == "offered"

    def test_planned_days_first_need_replacing(self, offer, linh, minh, company):
        standing = Offer.objects.get(pk=offer().offer_id)
        day = actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=TUESDAY, actor=linh)
        refused = withdraw_offer(offer=standing, actor=minh)
        assert (refused.code, refused.dates) == ("planned", (TUESDAY,))
        actions.cancel_day(day=MentorshipDay.objects.get(pk=day.day_id), actor=minh)
        assert withdraw_offer(offer=standing, actor=minh).code == "withdrawn"


class TestAway:
    @pytest.mark.parametrize(
        ("first", "last", "code"),
        [
            pytest.param(date(2026, 3, 12), date(2026, 3, 11), "backwards", id="the end before the start"),
            pytest.param(date(2026, 2, 2), date(2026, 2, 6), "over", id="over"),
            pytest.param(date(2026, 3, 2), date(2027, 6, 1), "too_long", id="more than a year"),
        ],
    )
    def test_what_is_refused(self, minh, first, last, code):
        assert say_away(person=minh, first=first, last=last, actor=minh).code == code
        assert not Absence.objects.exists()

    @pytest.mark.both_databases
    def test_said_twice_is_said_once_and_can_be_taken_back(self, minh):
        said = [say_away(person=minh, first=FIRST, last=LAST, actor=minh).code for _click in range(2)]
        assert said == ["said", "already"]
        assert say_back(absence=Absence.objects.get(), actor=minh)
        assert not say_back(absence=Absence.objects.get(), actor=minh)

    def test_nobody_is_planned_beside_who_is_away(self, linh, minh, company):
        say_away(person=minh, first=FIRST, last=LAST, actor=minh)
        outcome = actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=TUESDAY, actor=linh)
        assert outcome.code == "holder_away"
