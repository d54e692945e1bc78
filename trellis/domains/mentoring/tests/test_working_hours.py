"""Who works when, and who is away: what no plan disregards, and what a day planned by hand is kept in spite of."""

from datetime import date, time

import pytest

from trellis.domains.mentoring import actions
from trellis.domains.mentoring.actions.applying import apply_proposal
from trellis.domains.mentoring.actions.offers import say_away
from trellis.domains.mentoring.actions.proposing import change_day
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.queries.proposals import free_for
from trellis.domains.mentoring.queries.supply import offered_places
from trellis.domains.mentoring.tests.conftest import FIRST, LAST
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.models import Shift
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 11)


@pytest.fixture
def work(hoa):
    """work(linh, "12345", 6, 14): that shift from today on."""

    def work(person, weekdays, begins, ends):
        shift = Shift(name=f"{weekdays} {begins}-{ends}", weekdays=weekdays, from_time=time(begins), to_time=time(ends))
        sessions.put_on_shift(
            shift=sessions.save_shift(shift=shift, actor=hoa), person_ids=[person.pk], actor=hoa, on=date(2026, 3, 2)
        )

    return work


@pytest.fixture
def plan(linh, minh, company):
    """plan(): Linh plans a day beside Minh."""

    def plan(on=FIRST, **changes):
        usual = {"learner": linh, "holder": minh, "position": company.team_leader, "on": on, "actor": linh}
        return actions.plan_day(**{**usual, **changes})

    return plan


class TestProposals:
    def test_a_learner_comes_only_at_hours_of_her_shift(self, offer, propose, work, linh, minh, thuy):
        work(linh, "12345", 6, 14)
        offer()
        offer(thuy, starts=time(6), ends=time(14), weekdays=(1, 3))
        found = propose()
        assert {(day.holder, day.on.weekday()) for day in found.days.select_related("holder")} == {(thuy, 1), (thuy, 3)}
        assert found.days.count() == 6

    def test_a_learner_does_not_come_on_days_off(self, offer, propose, work, linh):
        work(linh, "123", 8, 18)
        offer()
        assert {day.on.weekday() for day in propose(days=9).days.all()} == {0, 1, 2}

    def test_what_a_holder_offers_outside_the_shift_is_no_place(self, offer, work, minh, company):
        offer()
        work(minh, "345", 7, 17)
        assert {place.on.weekday() for place in offered_places([company.team_leader.pk], FIRST, LAST)} == {2, 3, 4}

    def test_why_days_lack_is_said(self, offer, propose, work, linh):
        work(linh, "12345", 14, 22)
        offer()
        [person] = propose().people.all()
        assert (person.why_short, person.possible) == ("too_few_dates", 0)

    def test_a_shift_changed_since_makes_a_proposal_stale_and_is_not_chosen_by_hand(
        self, offer, propose, work, linh, minh, mai
    ):
        offer()
        found = propose(days=2)
        work(linh, "12345", 14, 22)
        assert (apply_proposal(proposal=found, actor=mai).code, MentorshipDay.objects.count()) == ("stale", 0)
        [person], days = found.people.all(), list(found.days.all())
        assert free_for(found, person, days) == []
        free = next(on for on in (FIRST, WEDNESDAY, LAST) if on not in {day.on for day in days})
        code = change_day(proposal=found, learner_id=linh.pk, leaves=days[0].on, takes=(minh.pk, free), actor=mai)
        assert code == "learner_off_shift"


class TestByHand:
    def test_the_learners_own_absence_speaks_against_it(self, plan, linh):
        say_away(person=linh, first=FIRST, last=WEDNESDAY, actor=linh)
        assert (plan().code, plan().wants_reason) == ("learner_away", True)
        assert not MentorshipDay.objects.exists()

    def test_so_do_the_shifts_of_both_and_all_of_it_is_said(self, plan, work, linh, minh):
        work(linh, "12345", 14, 22)
        work(minh, "23456", 8, 18)
        assert plan().against == ("learner_off_shift", "holder_off_shift")

    def test_a_holder_who_is_away_is_nobody_to_be_beside(self, plan, minh):
        say_away(person=minh, first=FIRST, last=WEDNESDAY, actor=minh)
        assert plan(because="It is only a short trip").code == "holder_away"

    @pytest.mark.both_databases
    def test_kept_with_the_reason_and_by_whom(self, plan, work, linh, mai):
        work(linh, "12345", 14, 22)
        kept = [plan(because=" Her leader swaps the shift ", actor=mai) for _click in range(2)]
        assert [outcome.code for outcome in kept] == ["planned", "already"]
        session = MentorshipDay.objects.get().session
        assert (session.kept_because, session.kept_by) == ("Her leader swaps the shift", mai)
        assert Entry.objects.get(kind="sessions.kept_in_spite").facts["clashes"] == "learner_off_shift"

    def test_a_reason_is_not_kept_where_nothing_speaks_against_it(self, plan):
        plan(because="To be sure")
        assert MentorshipDay.objects.get().session.kept_because == ""


class TestPages:
    def test_linh_is_warned_writes_why_and_the_day_says_so(self, as_, work, linh, minh, company):
        work(linh, "12345", 14, 22)
        address = "/positions/team-leader/mentorship-days/new/"
        wish = {"holder": minh.pk, "on": FIRST.isoformat()}
        warned = as_(linh).post(address, wish)
        assert warned.status_code == 422
        assert "outside the learner&#x27;s working hours" in warned.content.decode()
        assert '<input type="text" name="because"' in warned.content.decode()
        as_(linh).post(address, {**wish, "because": "We swapped the shift"})
        day = MentorshipDay.objects.get()
        assert "We swapped the shift" in as_(minh).get(f"/mentorship-days/{day.pk}/").content.decode()

    def test_the_academy_plans_for_somebody_who_is_told_and_nobody_else_does(self, as_, linh, minh, mai, thuy):
        address = f"/positions/team-leader/mentorship-days/new/?learner={linh.pk}"
        assert as_(thuy).get(address).status_code == 403
        assert linh.name in as_(mai).get(address).content.decode()
        done = as_(mai).post(address, {"holder": minh.pk, "on": FIRST.isoformat()})
        assert (done.status_code, MentorshipDay.objects.get().planned_by) == (302, mai)
        assert Notice.objects.get(person=linh).kind == "mentoring.day_for_you"
