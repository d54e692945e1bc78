"""Waiting lists, leaving and coming back: who may, what changes, what does not."""

from datetime import date, timedelta

import pytest

from trellis.domains.learning.models import Enrolment
from trellis.domains.people.actions.history import leave
from trellis.domains.programmes import actions
from trellis.domains.programmes.actions.leavers import let_go_who_left
from trellis.domains.programmes.models import Waiting
from trellis.domains.programmes.queries import show_journey, standing_of
from trellis.domains.programmes.queries.offers import doors
from trellis.domains.programmes.rules import IntakeState
from trellis.domains.programmes.tests.story import START, attend_and_pass, join, load, open_cohort, six_days
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(company, mai, thuy):
    """A cohort of one place."""
    return open_cohort(load(mai), mai, thuy, places=1)


def wait(person, cohort, company):
    return actions.wait(person=person, cohort=cohort, position=company.team_leader, actor=person)


def door(person, cohort):
    return next(d for d in doors(cohort.version.programme, person, clock.today()) if d.cohort.pk == cohort.pk)


@pytest.mark.both_databases
def test_who_leaves_the_company_leaves_the_way_free(small, linh, xiaoyu, minh, hire, company, mai):
    journey = join(linh, small)
    nam = hire("Nam Vu")
    wait(nam, small, company)
    wait(xiaoyu, small, company)
    for person in (linh, nam):
        assert leave(person=person, on=START, leaving="voluntary", actor=mai).done
    assert let_go_who_left() == 0, "the last day is not over"
    with clock.moved(to=START + timedelta(days=1)):
        assert let_go_who_left() == 1
        assert let_go_who_left() == 0
        journey.refresh_from_db()
        assert journey.left_at
        assert not Enrolment.objects.filter(person=linh, withdrawn_at=None).exists()
        assert Waiting.objects.get(person=nam).ended == Waiting.End.WITHDRAWN
        assert Waiting.objects.get(person=xiaoyu).answer_by, "the place goes to who is here, not to who left as well"


class TestWaiting:
    def test_in_the_order_of_asking_and_one_sees_ones_place(self, small, linh, xiaoyu, minh, hire, company):
        join(linh, small)
        nam = hire("Nam Vu")
        assert wait(xiaoyu, small, company).code == "waiting"
        assert wait(nam, small, company).code == "waiting"
        assert wait(nam, small, company).code == "already"
        assert [door(person, small).rank for person in (xiaoyu, nam)] == [1, 2]
        assert Waiting.objects.count() == 2

    def test_only_by_oneself_and_only_when_it_is_full(self, small, linh, xiaoyu, mai, company):
        assert wait(xiaoyu, small, company).code == "places_left"
        join(linh, small)
        put_in = actions.wait(person=xiaoyu, cohort=small, position=company.team_leader, actor=mai)
        assert put_in.code == "only_oneself"
        assert wait(linh, small, company).code == "under_way"
        assert not Waiting.objects.exists()

    @pytest.mark.both_databases
    def test_who_leaves_makes_a_place_for_the_first_and_nobody_overtakes(self, small, linh, xiaoyu, hire, company):
        journey, nam = join(linh, small), hire("Nam Vu")
        wait(xiaoyu, small, company)
        assert actions.leave(journey=journey, actor=linh)
        waiting = Waiting.objects.get()
        assert (waiting.offered_on, waiting.answer_by) == (START, START + timedelta(days=3))
        assert actions.join(person=nam, cohort=small, position=company.team_leader, actor=nam).code == "full"
        assert door(xiaoyu, small).is_offered
        assert actions.join(person=xiaoyu, cohort=small, position=company.team_leader, actor=xiaoyu).code == "joined"
        waiting.refresh_from_db()
        assert waiting.ended == "joined"

    def test_no_answer_in_time_and_the_next_is_asked(self, small, linh, xiaoyu, hire, company):
        journey, nam = join(linh, small), hire("Nam Vu")
        wait(xiaoyu, small, company)
        wait(nam, small, company)
        actions.leave(journey=journey, actor=linh)
        with clock.moved(to=START + timedelta(days=4)):
            assert actions.serve_all() == 1
            assert actions.serve_all() == 0
            deliver()
            late = actions.join(person=xiaoyu, cohort=small, position=company.team_leader, actor=xiaoyu)
            assert late.code == "full"
            assert door(nam, small).is_offered
        assert Waiting.objects.get(person=xiaoyu).ended == "lapsed"
        assert Notice.objects.filter(person=nam, kind="programmes.place_offered").count() == 1
        assert Notice.objects.filter(person=xiaoyu, kind="programmes.waiting_lapsed").count() == 1

    def test_declining_hands_the_place_on_at_once(self, small, linh, xiaoyu, hire, company):
        journey, nam = join(linh, small), hire("Nam Vu")
        wait(xiaoyu, small, company)
        wait(nam, small, company)
        actions.leave(journey=journey, actor=linh)
        first = Waiting.objects.get(person=xiaoyu)
        assert not actions.stop_waiting(waiting=first, actor=nam)
        assert actions.stop_waiting(waiting=first, actor=xiaoyu)
        assert door(nam, small).is_offered

    def test_more_places_go_to_who_waits_and_fewer_than_are_taken_are_refused(
        self, small, linh, xiaoyu, hire, company, mai
    ):
        nam = hire("Nam Vu")
        join(linh, small)
        wait(xiaoyu, small, company)
        wait(nam, small, company)
        days = {"join_from": None, "join_until": small.join_until, "actor": mai}
        outcome = actions.change_intake(cohort=small, places=2, **days)
        assert (outcome.code, outcome.offered) == ("changed", 1)
        assert actions.change_intake(cohort=small, places=1, **days).code == "too_few"
        assert actions.change_intake(cohort=small, places=2, **days).code == "same"
        assert door(nam, small).state is IntakeState.FULL

    def test_joining_another_cohort_ends_the_waiting(self, small, linh, xiaoyu, company, mai):
        join(linh, small)
        wait(xiaoyu, small, company)
        other = actions.open_cohort(
            version=small.version, name="Autumn", starts_on=START, ends_on=small.ends_on,
            join_until=small.join_until, places=5, actor=mai,
        )  # fmt: skip
        join(xiaoyu, other)
        assert Waiting.objects.get().ended == "elsewhere"

    def test_a_cohort_announced_for_later_cannot_be_joined_yet(self, company, mai, linh, thuy):
        cohort = actions.open_cohort(
            version=load(mai), name="Autumn", starts_on=date(2026, 9, 7), ends_on=date(2027, 3, 7),
            join_from=date(2026, 6, 1), join_until=date(2026, 8, 31), places=5, actor=mai,
        )  # fmt: skip
        ask = {"person": linh, "cohort": cohort, "position": company.team_leader, "actor": linh}
        assert actions.join(**ask).code == "not_open_yet"
        assert wait(linh, cohort, company).code == "not_open_yet"
        with clock.moved(to=date(2026, 6, 1)):
            assert actions.join(**ask).code == "joined"


class TestComingBack:
    def test_the_same_attempt_goes_on_and_the_time_away_moves_the_dates(self, dated, linh):
        before = show_journey(dated, START).goal_date
        with clock.moved(to=START + timedelta(days=3)):
            actions.leave(journey=dated, actor=linh, reason="A second child is coming")
        with clock.moved(to=START + timedelta(days=13)):
            outcome = actions.resume(journey=dated, actor=linh)
            assert (outcome.code, outcome.journey.attempt) == ("resumed", 1)
            assert not actions.resume(journey=dated, actor=linh).journey.left_at
            dated.refresh_from_db()
            assert (dated.left_at, dated.left_because) == (None, "")
            assert show_journey(dated, clock.today()).goal_date == before + timedelta(days=10)
        assert Enrolment.objects.filter(person=linh, withdrawn_at=None).count() == 1

    def test_only_oneself_and_one_attempt_at_a_time(self, dated, linh, mai):
        actions.leave(journey=dated, actor=linh)
        assert actions.resume(journey=dated, actor=mai).code == "only_oneself"
        second = join(linh, dated.cohort)
        assert actions.resume(journey=dated, actor=linh).code == "under_way"
        assert second.attempt == 2

    def test_what_was_passed_counts_in_a_new_attempt(self, dated, linh, thuy, minh):
        attend_and_pass(dated, thuy)
        six_days(dated, minh)
        with clock.moved(to=START + timedelta(days=29)):
            actions.leave(journey=dated, actor=linh)
            again = join(linh, dated.cohort)
            standing = standing_of(again, on=clock.today())
        assert {r.key for r in standing.requirements if r.state.is_done} >= {"passed:leadership", "days"}

    def test_managers_see_no_mark_of_leaving(self, as_, dated, linh, thuy, mai):
        assert as_(thuy).get(f"/journeys/{dated.pk}/").status_code == 200
        actions.leave(journey=dated, actor=linh, reason="A second child is coming")
        assert as_(thuy).get(f"/journeys/{dated.pk}/").status_code == 403
        assert f"/journeys/{dated.pk}/" not in as_(thuy).get(f"/people/{linh.pk}/").content.decode()
        assert "A second child" in as_(mai).get(f"/journeys/{dated.pk}/time/").content.decode()
        assert as_(thuy).get(f"/journeys/{dated.pk}/time/").status_code == 403
