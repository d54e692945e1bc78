"""What mentors and mentees do in the same moment, each from their side: nobody waits for ever, nothing ends twice."""

from datetime import timedelta

import pytest

from tests.architecture.at_once import at_once
from trellis.domains.mentoring.actions import mentors
from trellis.domains.mentoring.actions.meetings import plan_meetings
from trellis.domains.mentoring.actions.parting import end, leave
from trellis.domains.mentoring.actions.willing import Offering, be_willing
from trellis.domains.mentoring.events import MentorshipEnded
from trellis.domains.mentoring.models import Meeting, Mentorship
from trellis.kit import clock
from trellis.kit.journal.models import Entry

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("two_writers"),
]


def planned(mentorship, who, day):
    starts = clock.at_time(clock.today() + timedelta(days=day), 10)
    times = [(starts, starts + timedelta(hours=1))]
    return plan_meetings(mentorship=mentorship, times=times, actor=who).code


def test_two_mentors_say_yes_to_one_person(who):
    asked = []
    for mentor in (who.minh, who.an):
        be_willing(person=mentor, offering=Offering(1, ["vi"], []))
        asked.append(mentors.ask(mentee=who.linh, mentor=mentor).mentorship)
    assert sorted(at_once(*[lambda one=one: mentors.accept(mentorship=one) for one in asked])) == ["accepted", "gone"]
    assert Mentorship.objects.get(state="in_force").mentee == who.linh


def test_one_place_and_two_yeses(who):
    be_willing(person=who.minh, offering=Offering(1, ["vi"], []))
    asked = [mentors.ask(mentee=person, mentor=who.minh).mentorship for person in (who.linh, who.dung)]
    given = at_once(*[lambda one=one: mentors.accept(mentorship=one) for one in asked])
    assert sorted(given) == ["accepted", "full"]


def test_ended_by_both_and_changed_at_the_same_moment(who):
    for mentor in (who.minh, who.an):
        be_willing(person=mentor, offering=Offering(2, ["vi"], []))
    first = mentors.ask(mentee=who.linh, mentor=who.minh).mentorship
    mentors.accept(mentorship=first)
    other = mentors.ask(mentee=who.linh, mentor=who.an).mentorship
    given = at_once(
        lambda: end(mentorship=Mentorship.objects.get(pk=first.pk), actor=who.linh),
        lambda: end(mentorship=Mentorship.objects.get(pk=first.pk), actor=who.minh),
        lambda: mentors.accept(mentorship=other),
    )
    assert given.count(True) <= 1
    assert Mentorship.objects.get(state="in_force") == other
    assert Mentorship.objects.filter(state="ended").count() == 1


def test_a_meeting_is_planned_while_the_mentorship_ends(who):
    be_willing(person=who.minh, offering=Offering(2, ["vi"], []))
    pair = mentors.ask(mentee=who.linh, mentor=who.minh).mentorship
    mentors.accept(mentorship=pair)
    assert planned(pair, who.linh, 3) == "planned"
    given = at_once(
        lambda: planned(pair, who.linh, 10),
        lambda: planned(pair, who.minh, 17),
        lambda: end(mentorship=Mentorship.objects.get(pk=pair.pk), actor=who.minh),
    )
    assert set(given) <= {"planned", "not_in_force", True}
    meetings = Meeting.objects.filter(mentorship=pair)
    assert not meetings.filter(session__cancelled_at=None).exists()
    assert meetings.values("session__series").distinct().count() == 1


def test_a_first_meeting_is_planned_twice(who):
    assert at_once(*[lambda: planned(None, who.linh, 3)] * 2) == ["planned", "planned"]
    assert Meeting.objects.count() == Mentorship.objects.count() == 1


def test_a_first_meeting_with_the_leader_is_planned_while_the_leader_says_yes(who):
    """Each holds both of them, or neither: two who held one each would wait for ever."""
    for again in range(4):
        asked = mentors.ask(mentee=who.linh, mentor=who.thuy).mentorship
        given = at_once(
            lambda asked=asked: mentors.accept(mentorship=asked),
            lambda again=again: planned(None, who.linh, 3 + again),
        )
        assert "planned" in given
        pair = Mentorship.objects.get(state="in_force")
        assert (pair.mentee, pair.mentor) == (who.linh, who.thuy)
        Mentorship.objects.filter(pk=pair.pk).update(state="asked", began_on=None, answered_at=None)
        Mentorship.objects.filter(pk=pair.pk).update(state="withdrawn")


def test_the_mentor_leaves_while_another_says_yes(who):
    for mentor in (who.minh, who.an):
        be_willing(person=mentor, offering=Offering(2, ["vi"], []))
    first = mentors.ask(mentee=who.linh, mentor=who.minh).mentorship
    mentors.accept(mentorship=first)
    other = mentors.ask(mentee=who.linh, mentor=who.an).mentorship
    at_once(lambda: leave(person=who.minh), lambda: mentors.accept(mentorship=other))
    assert Mentorship.objects.get(state="in_force") == other
    assert Entry.objects.filter(kind=MentorshipEnded.kind).count() == 1
