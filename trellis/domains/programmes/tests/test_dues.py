"""Pauses and later ends, ticks, and what is due with its reminders: who may, what changes, what does not."""

from datetime import timedelta

import pytest

from trellis.domains.mentoring import actions as mentoring
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Journey, NodeDone, Reminded, TimeChange, Waiting
from trellis.domains.programmes.queries import show_journey, standing_of
from trellis.domains.programmes.queries.dues import dates_of_cohort, dues_owned_by, nodes_of
from trellis.domains.programmes.rules import NodeState, State
from trellis.domains.programmes.tests.story import START, attend_and_pass, join
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice, Wish

pytestmark = pytest.mark.django_db


def granted(journey, mai, days=14, first=None, kind="pause"):
    first = first or clock.today()
    outcome = actions.give_time(
        journey=journey, kind=kind, from_on=first, until_on=first + timedelta(days=days - 1), reason="Ill", actor=mai
    )
    assert outcome.code == "granted", outcome.code
    return outcome.change


class TestTime:
    @pytest.mark.both_databases
    def test_asked_decided_by_somebody_else_and_the_dates_move(self, dated, linh, mai):
        ask = {"journey": dated, "kind": "pause", "from_on": START, "until_on": START + timedelta(days=6)}
        change = actions.ask_time(**ask, reason="Exams", actor=linh).change
        assert actions.ask_time(**ask, reason="Exams", actor=linh).code == "asked_already"
        assert actions.ask_time(**ask, reason="Exams", actor=mai).code == "not_yours"
        assert actions.decide_time(change=change, grant=True, actor=linh).code == "oneself"
        assert actions.decide_time(change=change, grant=False, actor=mai).code == "reason_needed"
        assert actions.decide_time(change=change, grant=True, actor=mai).code == "granted"
        assert actions.decide_time(change=change, grant=False, note="No", actor=mai).code == "already_decided"
        told = show_journey(dated, START)
        assert (told.paused_until, told.next) == (START + timedelta(days=6), None)
        assert standing_of(dated, on=START).state is State.PAUSED
        assert standing_of(dated, on=START + timedelta(days=7)).state is not State.PAUSED
        deliver()
        assert Notice.objects.filter(person=mai, kind="programmes.time_asked").count() == 1
        assert Notice.objects.filter(person=linh, kind="programmes.time_granted").count() == 1

    def test_who_leaves_gives_back_the_days_to_come_and_keeps_those_done(self, dated, linh, minh):
        with clock.moved(to=START + timedelta(days=5)):
            plan = {"learner": linh, "holder": minh, "position": dated.position, "actor": linh}
            done, ahead = (mentoring.plan_day(on=START + timedelta(days=n), **plan).day_id for n in (5, 9))
            mentoring.confirm_day(day=MentorshipDay.objects.get(pk=done), minutes=480, value="present", actor=minh)
            assert actions.leave(journey=dated, actor=linh)
        assert MentorshipDay.objects.get(pk=done).cancelled_at is None
        assert MentorshipDay.objects.get(pk=ahead).cancelled_at
        assert Notice.objects.filter(person=minh, kind="mentoring.day_cancelled").exists()

    def test_who_leaves_asks_for_no_more_time(self, dated, linh, mai):
        ask = {"journey": dated, "kind": "pause", "from_on": START, "until_on": START + timedelta(days=6)}
        change = actions.ask_time(**ask, reason="Exams", actor=linh).change
        assert actions.leave(journey=dated, actor=linh)
        change.refresh_from_db()
        assert change.state == "withdrawn"
        assert actions.decide_time(change=change, grant=True, actor=mai).code == "already_decided"

    def test_ended_early_it_counts_the_days_it_took(self, dated, linh, mai):
        change = granted(dated, mai)
        before = show_journey(dated, START).goal_date
        with clock.moved(to=START + timedelta(days=4)):
            assert actions.end_pause(change=change, actor=linh).code == "ended"
            assert actions.end_pause(change=change, actor=linh).code == "already_decided"
            told = show_journey(dated, clock.today())
        assert (told.paused_until, told.goal_date) == (None, before - timedelta(days=10))

    def test_a_later_end_moves_what_is_late_too(self, dated, mai):
        with clock.moved(to=START + timedelta(days=30)):
            assert nodes(dated)["diary"].state is NodeState.LATE
            end = show_journey(dated, clock.today()).goal_date + timedelta(days=28)
            outcome = actions.give_time(
                journey=dated, kind="extension", from_on=clock.today(), until_on=end, reason="Peak season", actor=mai
            )
            assert outcome.code == "granted"
            assert show_journey(dated, clock.today()).goal_date == end
            assert nodes(dated)["diary"].state is NodeState.NEXT

    def test_for_many_at_once_and_undone_as_a_whole(self, cohort, linh, xiaoyu, mai, hire):
        journeys = [join(person, cohort) for person in (linh, xiaoyu, hire("Nam Vu"))]
        actions.leave(journey=journeys[2], actor=journeys[2].person)
        act = {
            "journey_ids": [j.pk for j in journeys], "kind": "pause", "from_on": START,
            "until_on": START + timedelta(days=6), "reason": "Flood", "actor": mai,
        }  # fmt: skip
        outcome = actions.give_time_to_many(**act)
        assert (len(outcome.done), outcome.skipped) == (2, {journeys[2].pk: "ended"})
        again = actions.give_time_to_many(**act, batch=outcome.batch)
        assert (len(again.done), TimeChange.objects.count()) == (2, 2)
        assert actions.undo_time(batch=outcome.batch, actor=mai) == 2
        assert actions.undo_time(batch=outcome.batch, actor=mai) == 0
        assert set(TimeChange.objects.values_list("state", flat=True)) == {"withdrawn"}

    def test_a_message_to_many_is_taken_back_until_it_is_read(self, cohort, linh, xiaoyu, mai):
        journeys = [join(person, cohort) for person in (linh, xiaoyu)]
        outcome = actions.write_to_many(
            journey_ids=[j.pk for j in journeys], message="Room Lotus is flooded.", actor=mai
        )
        there = Notice.objects.filter(kind="programmes.message")
        assert (len(outcome.done), there.count()) == (2, 2)
        there.filter(person=linh).update(read_at=clock.now())
        assert actions.take_back_message(batch=outcome.batch, actor=mai) == 1
        assert [notice.person for notice in there] == [linh]


def nodes(journey, on=None):
    on = on or clock.today()
    return {n.node.key: n for n in nodes_of(journey, standing_of(journey, on=on).facts, on)}


class TestNodes:
    def test_ticked_by_their_owner_once_and_corrected(self, dated, linh, thuy, minh, mai):
        assert actions.tick(journey=dated, node="talk", actor=linh).code == "not_yours"
        assert actions.tick(journey=dated, node="talk", actor=minh).code == "not_yours"
        assert actions.tick(journey=dated, node="none", actor=mai).code == "unknown"
        assert actions.tick(journey=dated, node="talk", actor=thuy).code == "done"
        assert actions.tick(journey=dated, node="talk", actor=mai).code == "already"
        assert nodes(dated)["talk"].tick.by == thuy.pk
        assert actions.untick(journey=dated, node="talk", actor=mai).code == "undone"
        row = NodeDone.objects.get()
        assert (row.done_by, row.withdrawn_by) == (thuy, mai)
        assert actions.tick(journey=dated, node="diary", actor=linh).code == "done"
        assert Entry.objects.filter(kind="programmes.node_done").count() == 3

    def test_what_facts_show_needs_no_tick(self, dated, thuy):
        assert nodes(dated)["results"].derived
        attend_and_pass(dated, thuy)
        assert nodes(dated, START + timedelta(days=20))["results"].state is NodeState.DONE

    def test_the_owners_find_what_waits_for_them(self, dated, linh, thuy, minh):
        def mine(person):
            return [due.standing.node.key for due in dues_owned_by(person, START)]

        assert mine(linh) == ["diary"]
        assert mine(thuy) == ["talk", "results"]
        assert mine(minh) == []

    def test_the_cohort_shows_who_is_late_and_ticks_for_all(self, dated, mai, as_):
        with clock.moved(to=START + timedelta(days=30)):
            rows = {row.node.key: row for row in dates_of_cohort(dated.cohort, clock.today())}
            assert [due.journey for due in rows["diary"].late] == [dated]
            client = as_(mai)
            page = client.post(f"/cohorts/{dated.cohort_id}/dates/", {"node": "talk"}, follow=True)
            assert "Done for 1 person" in page.content.decode()
            undo = {"node": "talk", "undo": str(dated.pk)}
            client.post(f"/cohorts/{dated.cohort_id}/dates/", undo)
        assert NodeDone.objects.get().withdrawn_by == mai


class TestReminders:
    def due(self, person):
        return [n.params["what"] for n in Notice.objects.filter(person=person, kind="programmes.due").order_by("id")]

    def test_before_the_day_after_it_and_weekly_in_one_notice_a_day(self, dated, linh, thuy):
        for day in range(40):
            with clock.moved(to=START + timedelta(days=day)):
                actions.remind()
                actions.remind()
        days = Reminded.objects.filter(owner=linh).order_by("id").values_list("moment", "reminded_on")
        assert [(moment, (on - START).days) for moment, on in days] == [
            ("before-7", 13), ("before-1", 19), ("after-0", 21), ("after-1", 28), ("after-2", 35),
        ]  # fmt: skip
        assert self.due(linh)[0] == {"en": "Diary (due 22 Mar)", "zh-hans": "日记（3月22日截止）"}

    def test_a_day_on_which_nothing_ran_is_made_up_for(self, dated, linh):
        with clock.moved(to=START + timedelta(days=16)):
            actions.remind()
        assert Reminded.objects.get().moment == "before-7"

    def test_they_stop_when_it_is_done_left_or_paused(self, dated, linh, mai):
        with clock.moved(to=START + timedelta(days=13)):
            granted(dated, mai)
            actions.remind()
            assert not self.due(linh)
        with clock.moved(to=START + timedelta(days=28)):
            actions.tick(journey=dated, node="diary", actor=linh)
            actions.remind()
            assert not self.due(linh)
            actions.leave(journey=dated, actor=linh)
        with clock.moved(to=START + timedelta(days=60)):
            assert actions.remind() == 0

    def test_the_owner_hears_of_others_and_who_does_not_want_to_hear_hears_nothing(self, dated, linh, thuy):
        Wish.objects.create(person=linh, kind="programmes.due", channel="none")
        with clock.moved(to=START + timedelta(days=62)):
            actions.remind()
        assert "Half-way talk for Linh Nguyen (due 3 May)" in self.due(thuy)[0]["en"]
        assert not self.due(linh)
        assert not Journey.objects.exclude(person=linh).exists()


class TestStatements:
    """As many for a dozen people as for one."""

    @pytest.mark.parametrize(
        ("who", "address"),
        [
            ("thuy", "/due/"),
            ("mai", "/cohorts/{cohort}/dates/"),
            ("mai", "/cohorts/{cohort}/intake/"),
            ("mai", "/time-changes/"),
            ("mai", "/journeys/{journey}/time/"),
            ("linh", "/programmes/next-step/"),
            ("linh", "/programmes/next-step/join/?cohort={cohort}"),
        ],
    )
    def test_pages(self, as_, dated, thuy, mai, hire, company, django_assert_max_num_queries, request, who, address):
        client = as_(request.getfixturevalue(who))
        address = address.format(cohort=dated.cohort_id, journey=dated.pk)

        def more(number):
            person = hire(f"A{number}")
            person.manager = thuy
            person.save()
            journey = join(person, dated.cohort)
            first = {"from_on": START, "until_on": START + timedelta(days=2), "reason": "Ill", "actor": person}
            actions.ask_time(journey=journey, kind="pause", **first)
            Waiting.objects.create(cohort=dated.cohort, person=hire(f"W{number}"), position=company.team_leader)
            actions.tick(journey=journey, node="diary", actor=person)

        more(0)
        client.get(address)
        with django_assert_max_num_queries(12) as few:
            assert client.get(address).status_code == 200
        for number in range(1, 12):
            more(number)
        with django_assert_max_num_queries(12) as many:
            client.get(address)
        assert len(many) <= len(few)
