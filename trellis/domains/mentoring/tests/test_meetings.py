"""Meetings of Linh and her mentor: theirs alone, in both calendars, and gone from them when the mentorship ends."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from trellis.domains.mentoring.actions.meetings import (
    answer_times,
    cancel_meeting,
    move_meeting,
    plan_meetings,
    propose_times,
)
from trellis.domains.mentoring.actions.mentors import accept, ask
from trellis.domains.mentoring.actions.minutes import (
    add_topic,
    say_afterwards,
    take_on,
    tick,
    write_notes,
    write_private_note,
)
from trellis.domains.mentoring.actions.parting import end
from trellis.domains.mentoring.actions.reminding import tell_of_silence, tell_of_today
from trellis.domains.mentoring.actions.willing import Offering, be_willing
from trellis.domains.mentoring.models import Meeting, MeetingAction, Mentorship, ProposedTime
from trellis.domains.mentoring.queries.meetings import agenda_of, meetings, next_meetings, open_actions
from trellis.domains.mentoring.rules.meetings import dates_every, decide_text, whom_to_remind, why_not_plan
from trellis.domains.people.actions.erasure import erase
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.clash_words import remarks
from trellis.domains.sessions.models import Session
from trellis.domains.sessions.queries import sessions_of
from trellis.kit import clock
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())


def at(day, hour=10, length=60):
    start = clock.at_time(TODAY + timedelta(days=day), hour)
    return start, start + timedelta(minutes=length)


def pair(mentee, mentor):
    be_willing(person=mentor, offering=Offering(9, ("en",), ()))
    mentorship = ask(mentee=mentee, mentor=mentor).mentorship
    assert accept(mentorship=mentorship) == "accepted"
    return mentorship


@pytest.fixture
def two(linh, minh):
    """Linh and Minh, her mentor since today."""
    return pair(linh, minh)


@pytest.fixture
def plan(two, linh):
    """plan(1, 15): they meet in one day and in fifteen; returns the meetings."""

    def plan(*days, actor=linh, mentorship=two, anyway=False):
        outcome = plan_meetings(mentorship=mentorship, times=[at(day) for day in days], actor=actor, anyway=anyway)
        assert outcome.ok, outcome.code
        return [meetings().get(pk=pk) for pk in outcome.meetings]

    return plan


def told(person, kind):
    return Notice.objects.filter(person=person, kind=f"mentoring.{kind}").count()


class TestRules:
    @pytest.mark.parametrize(
        ("weeks", "number", "until", "days", "fault"),
        [
            pytest.param(0, None, None, 1, "", id="once"),
            pytest.param(2, 3, None, 3, "", id="three times every two weeks"),
            pytest.param(2, None, date(2026, 3, 30), 3, "", id="until a day, that day too"),
            pytest.param(2, 2, date(2026, 3, 30), 2, "", id="whichever comes first: the number"),
            pytest.param(1, 20, date(2026, 3, 15), 2, "", id="whichever comes first: the day"),
            pytest.param(1, None, None, 0, "no_end", id="no end said"),
            pytest.param(1, None, date(2026, 3, 1), 0, "ends_before", id="ends before it begins"),
            pytest.param(1, 27, None, 0, "too_many", id="more than half a year of weeks"),
        ],
    )
    def test_on_which_days_they_meet(self, weeks, number, until, days, fault):
        found = dates_every(TODAY, weeks, number=number, until=until)
        assert (len(found.days), found.fault) == (days, fault)
        assert all((day - TODAY).days == 7 * weeks * n for n, day in enumerate(found.days))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            pytest.param({}, "", id="the two plan"),
            pytest.param({"is_one_of_two": False}, "not_yours", id="nobody else does, whatever their role"),
            pytest.param({"in_force": False}, "not_in_force", id="nor who are mentor and mentee no more"),
            pytest.param({"soonest": NOW}, "over", id="nor for a time that has come"),
        ],
    )
    def test_who_may_plan(self, changes, code):
        usual = {"in_force": True, "is_one_of_two": True, "soonest": NOW + timedelta(hours=1), "now": NOW}
        assert why_not_plan(**{**usual, **changes}) == code

    @pytest.mark.parametrize(
        ("weeks", "who"),
        [(5, ()), (6, ("mentee",)), (7, ("mentee",)), (8, ("mentee", "mentor"))],
    )
    def test_the_mentee_is_reminded_first(self, weeks, who):
        assert whom_to_remind(TODAY - timedelta(weeks=weeks), today=TODAY) == who

    @pytest.mark.parametrize(
        ("seen", "after", "code"),
        [(3, "new", "saved"), (2, "new", "conflict"), (2, "old", "unchanged"), (3, "old", "unchanged")],
    )
    def test_nobody_overwrites_the_other_unseen(self, seen, after, code):
        assert decide_text(revision=3, seen=seen, before="old", after=after) == code


class TestPlanning:
    def test_it_is_in_both_calendars_and_the_other_is_told(self, plan, two, linh, minh, mai):
        meeting = plan(1)[0]
        assert [s.pk for s in sessions_of(linh)] == [s.pk for s in sessions_of(minh)] == [meeting.pk]
        assert not sessions_of(mai).exists()
        assert (told(minh, "meeting_planned"), told(linh, "meeting_planned")) == (1, 0)
        assert next_meetings([two.pk])[two.pk] == meeting

    def test_a_double_click_plans_once(self, plan, minh):
        assert plan(1, 15) == plan(1, 15)
        assert Session.objects.count() == 2
        assert told(minh, "meetings_planned") == 1

    def test_a_clash_is_told_and_nothing_planned_until_they_insist(self, plan, two, linh, minh, mai, hold_class):
        hold_class(linh, at(1))
        outcome = plan_meetings(mentorship=two, times=[at(1), at(15)], actor=linh)
        assert outcome.code == "clash"
        assert not Meeting.objects.exists()
        assert [said.text for said in remarks(outcome.clashes, outcome.planned, [1, 2])[-1]] == [
            "1 person is expected elsewhere then: Linh Nguyen."
        ]
        assert len(plan(1, 15, anyway=True)) == 2

    def test_who_plans_a_class_learns_only_that_somebody_is_busy(self, plan, minh, xiaoyu, mai):
        plan(1)
        other = sessions.PlannedSession("Class", *at(1), hosts=(minh,), people=frozenset({xiaoyu.pk}))
        found = sessions.speaks_against([other])
        said = [one.text for one in remarks(found, [other], [1])[-1]]
        assert said == ["1 person is expected elsewhere then: Minh Tran."]
        assert not any(one.is_refused for one in found)

    def test_only_the_two_and_only_while_it_is_in_force(self, two, linh, mai):
        assert plan_meetings(mentorship=two, times=[at(1)], actor=mai).code == "not_yours"
        assert plan_meetings(mentorship=two, times=[at(-1)], actor=linh).code == "over"
        end(mentorship=two, actor=linh)
        assert plan_meetings(mentorship=two, times=[at(1)], actor=linh).code == "not_in_force"

    def test_the_first_meeting_with_the_team_leader_makes_the_mentorship(self, linh, thuy):
        assert plan_meetings(mentorship=None, times=[at(-1)], actor=linh).code == "over"
        assert not Mentorship.objects.exists()
        assert plan_meetings(mentorship=None, times=[at(1)], actor=linh).ok
        row = Mentorship.objects.get()
        assert (row.mentor, row.origin, row.state) == (thuy, "default", "in_force")
        assert told(thuy, "meeting_with_leader") == 1
        end(mentorship=row, actor=thuy)
        assert told(linh, "meetings_called_off") == 1

    def test_who_has_nobody_meets_nobody(self, tuan):
        assert plan_meetings(mentorship=None, times=[at(1)], actor=tuan).code == "nobody"

    def test_moved_once_told_once_and_why_is_read_by_the_two(self, plan, linh, minh):
        meeting = plan(1)[0]
        starts, ends = at(2)
        wish = {"starts_at": starts, "ends_at": ends, "place": "Canteen", "link": "", "why": "I am at the dentist"}
        assert move_meeting(meeting=meeting, seen=0, actor=minh, **wish).code == "moved"
        assert move_meeting(meeting=meeting, seen=0, actor=minh, **wish).code == "unchanged"
        assert (told(linh, "meeting_moved"), told(minh, "meeting_moved")) == (1, 0)
        assert not Notice.objects.filter(params__icontains="dentist").exists()
        assert not Notice.objects.filter(kind__startswith="sessions.").exists()
        assert meetings().get(pk=meeting.pk).why == "I am at the dentist"

    def test_two_who_move_at_once_do_not_overwrite_each_other(self, plan, linh, minh):
        meeting = plan(1)[0]
        one, other = at(2), at(3)
        move_meeting(
            meeting=meeting, starts_at=one[0], ends_at=one[1], place="", link="", seen=0, actor=minh
        )  # fmt: skip
        late = move_meeting(
            meeting=meeting, starts_at=other[0], ends_at=other[1], place="", link="", seen=0, actor=linh
        )
        assert late.code == "conflict"

    def test_cancelled_once_and_not_after_it_began(self, plan, linh, minh):
        first, second = plan(1, 15)
        assert cancel_meeting(meeting=first, actor=linh)
        assert not cancel_meeting(meeting=first, actor=minh)
        assert told(minh, "meeting_cancelled") == 1
        with clock.moved(to=at(15)[0]):
            assert not cancel_meeting(meeting=second, actor=linh)

    def test_nobody_marks_it_and_the_academy_does_not_see_it(self, plan, linh, minh, mai):
        session = plan(1)[0].session
        for person in (linh, minh, mai):
            assert not person.has_perm("sessions.mark", session)
            assert not person.has_perm("sessions.schedule", session.series)
        assert linh.has_perm("sessions.see", session)
        assert minh.has_perm("sessions.see", session)
        assert not mai.has_perm("sessions.see", session)
        with clock.moved(to=at(1, 12)[0]):
            assert sessions.mark(session=session, person_id=linh.pk, value="present", actor=minh).code == "not_expected"


@pytest.fixture
def hold_class(mai):
    """hold_class(linh, at(1)): a class of Mai's that Linh is expected at."""

    def hold_class(person, when):
        series = sessions.open_series(name="Leadership", actor=mai)
        sessions.take_in(series=series, person_ids=[person.pk], actor=mai)
        return sessions.schedule(
            series=series, title="", starts_at=when[0], ends_at=when[1], hosts=[mai], actor=mai
        )  # fmt: skip

    return hold_class


class TestMinutes:
    def test_what_is_open_comes_first_until_it_is_done(self, plan, linh, minh):
        first, second, third = plan(1, 15, 29)
        take_on(meeting=first, whose=linh, text="Ask Mai for the course", due_on=None)
        take_on(meeting=first, whose=linh, text="Ask Mai for the course", due_on=None)
        take_on(meeting=first, whose=minh, text="Send the book", due_on=None)
        with clock.moved(to=at(15)[0]):
            tick(action=MeetingAction.objects.get(whose=linh), done=True)
        assert [one.text for one in agenda_of(second, linh).before] == ["Ask Mai for the course", "Send the book"]
        assert [one.text for one in agenda_of(third, linh).before] == ["Send the book"]
        assert [one.text for one in open_actions(minh)] == ["Send the book"]

    def test_shared_notes_of_two_at_once_are_both_kept(self, plan):
        meeting = plan(1)[0]
        assert write_notes(meeting=meeting, text="Linh's", seen=0).code == "saved"
        late = write_notes(meeting=meeting, text="Minh's", seen=0)
        assert (late.code, late.text, late.revision) == ("conflict", "Linh's", 1)
        assert write_notes(meeting=meeting, text="Linh's and Minh's", seen=late.revision).code == "saved"

    def test_a_private_note_is_its_authors(self, plan, linh, minh):
        meeting = plan(1)[0]
        write_private_note(meeting=meeting, author=linh, text="He listens well", seen=0)
        assert agenda_of(meeting, linh).own_note.text == "He listens well"
        assert agenda_of(meeting, minh).own_note is None

    def test_a_word_afterwards_is_replaced_and_taken_back(self, plan, linh, minh):
        meeting = plan(1)[0]
        say_afterwards(meeting=meeting, author=linh, text="The example helped")
        say_afterwards(meeting=meeting, author=linh, text="Both examples helped")
        assert [word.text for word in agenda_of(meeting, minh).words] == ["Both examples helped"]
        say_afterwards(meeting=meeting, author=linh, text="")
        assert not agenda_of(meeting, minh).words

    def test_erasure_takes_what_was_said_and_leaves_the_meeting(self, plan, linh, minh, hoa):
        meeting = plan(1)[0]
        write_notes(meeting=meeting, text="We spoke of Linh", seen=0)
        add_topic(meeting=meeting, author=linh, text="My next step")
        add_topic(meeting=meeting, author=minh, text="The book")
        write_private_note(meeting=meeting, author=linh, text="mine", seen=0)
        erase(person=linh, actor=hoa)
        left = meetings().get(pk=meeting.pk)
        assert left.notes == ""
        assert [topic.text for topic in agenda_of(left, minh).topics] == ["The book"]
        assert not left.private_notes.exists()


class TestReminders:
    def test_six_weeks_without_a_plan_the_mentee_then_the_mentor_once_each(self, two, linh, minh):
        for weeks, mentees, mentors in ((5, 0, 0), (6, 1, 0), (7, 1, 0), (8, 1, 1), (9, 1, 1)):
            with clock.moved(to=TODAY + timedelta(weeks=weeks)):
                tell_of_silence()
            assert (told(linh, "meet_again"), told(minh, "meet_again")) == (mentees, mentors), weeks

    def test_it_stops_when_something_is_planned_or_it_ended(self, two, plan, linh):
        plan(100)
        with clock.moved(to=TODAY + timedelta(weeks=9)):
            tell_of_silence()
            assert not told(linh, "meet_again")
            end(mentorship=two, actor=linh)
            tell_of_silence()
        assert not told(linh, "meet_again")

    def test_both_are_told_in_the_morning_once(self, plan, linh, minh):
        plan(1)
        with clock.moved(to=TODAY + timedelta(days=1)):
            tell_of_today()
            tell_of_today()
        assert (told(linh, "meeting_today"), told(minh, "meeting_today")) == (1, 1)


class TestCarryingOver:
    @pytest.fixture
    def after(self, plan, two, linh, thuy):
        """Linh met Minh in one day and meets him in fifteen and twenty-nine, when Thuy becomes her mentor."""
        plan(1, 15, 29)
        with clock.moved(to=TODAY + timedelta(days=3)):
            yield pair(linh, thuy)

    def test_the_mentee_proposes_the_times_and_the_new_mentor_keeps_what_suits(self, after, linh, thuy, minh):
        ids = list(Meeting.objects.filter(called_off=True).values_list("pk", flat=True))
        assert len(ids) == 2
        assert propose_times(mentorship=after, former_ids=ids, actor=linh) == 2
        assert propose_times(mentorship=after, former_ids=ids, actor=linh) == 0
        assert not sessions_of(thuy).exists()
        waiting = list(ProposedTime.objects.values_list("pk", flat=True))
        outcome = answer_times(mentorship=after, kept=waiting[:1], seen=waiting, actor=thuy)
        assert outcome.ok
        assert [s.pk for s in sessions_of(thuy)] == list(outcome.meetings)
        assert sessions_of(linh).filter(cancelled_at=None).count() == 2
        assert answer_times(mentorship=after, kept=waiting, seen=waiting, actor=thuy).meetings == ()
        assert told(linh, "times_answered") == 1

    def test_a_time_at_which_the_new_mentor_is_elsewhere_is_said(self, after, linh, thuy, hold_class):
        hold_class(thuy, at(15))
        propose_times(mentorship=after, former_ids=[m.pk for m in Meeting.objects.filter(called_off=True)], actor=linh)
        waiting = list(ProposedTime.objects.values_list("pk", flat=True))
        assert answer_times(mentorship=after, kept=waiting, seen=waiting, actor=thuy).code == "clash"
        assert answer_times(mentorship=after, kept=waiting, seen=waiting, anyway=True, actor=thuy).ok

    def test_only_the_mentee_proposes_and_only_the_mentor_answers(self, after, linh, thuy, minh):
        ids = list(Meeting.objects.filter(called_off=True).values_list("pk", flat=True))
        assert propose_times(mentorship=after, former_ids=ids, actor=thuy) == 0
        propose_times(mentorship=after, former_ids=ids, actor=linh)
        waiting = list(ProposedTime.objects.values_list("pk", flat=True))
        assert not answer_times(mentorship=after, kept=waiting, seen=waiting, actor=linh).ok
