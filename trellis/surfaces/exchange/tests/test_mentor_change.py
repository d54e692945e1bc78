"""However and whenever a mentor changes, the calendars of the three people agree, and nobody sees a stale meeting.

Linh meets Minh every two weeks at ten; then it ends, in some way at some moment, and Thuy may follow. The feeds are
read as a calendar would, by vobject, and compared with the pages.
"""

import random
from datetime import date, timedelta

import pytest
import vobject
from django.utils import timezone

from trellis.domains.mentoring.actions.meetings import (
    answer_times,
    cancel_meeting,
    move_meeting,
    plan_meetings,
    propose_times,
)
from trellis.domains.mentoring.actions.mentors import accept, ask
from trellis.domains.mentoring.actions.parting import end
from trellis.domains.mentoring.actions.willing import Offering, be_willing
from trellis.domains.mentoring.models import Meeting, Mentorship
from trellis.domains.mentoring.queries.meetings import meetings, proposed_times, times_to_carry
from trellis.domains.people.actions.history import leave as leave_company
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.surfaces.exchange.calendars import feeds

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
MEETINGS = 5  # on days 1, 15, 29, 43, 57
HOURS = {
    "before": (9, 0),
    "as it begins": (10, 0),
    "during": (10, 30),
    "as it ends": (11, 0),
    "after": (15, 0),
}


def at(day, hour=10, minute=0):
    return clock.at_time(TODAY + timedelta(days=day), hour, minute)


@pytest.fixture
def minh_and_linh(linh, minh, thuy):
    for mentor in (minh, thuy):
        be_willing(person=mentor, offering=Offering(3, ("en",), ()))
    mentorship = ask(mentee=linh, mentor=minh).mentorship
    accept(mentorship=mentorship)
    times = [(at(1 + 14 * n), at(1 + 14 * n, 11)) for n in range(MEETINGS)]
    assert plan_meetings(mentorship=mentorship, times=times, place="Lab", actor=linh).ok
    return mentorship


def changes(mentorship, linh, minh, thuy, hoa):
    mentorship.refresh_from_db()
    new = ask(mentee=linh, mentor=thuy).mentorship
    assert accept(mentorship=new) == "accepted"


def by_mentee(mentorship, linh, minh, thuy, hoa):
    end(mentorship=mentorship, actor=linh, reason="private")


def by_mentor(mentorship, linh, minh, thuy, hoa):
    end(mentorship=mentorship, actor=minh)


def by_both(mentorship, linh, minh, thuy, hoa):
    assert [end(mentorship=mentorship, actor=who) for who in (linh, minh, linh)] == [True, False, False]


def mentor_leaves(mentorship, linh, minh, thuy, hoa):
    leave_company(person=minh, on=clock.today() - timedelta(days=1), leaving="voluntary", actor=hoa)
    deliver()


def mentee_leaves(mentorship, linh, minh, thuy, hoa):
    leave_company(person=linh, on=clock.today() - timedelta(days=1), leaving="voluntary", actor=hoa)
    deliver()


WAYS = (changes, by_mentee, by_mentor, by_both, mentor_leaves, mentee_leaves)


def events_of(client, person):
    """UID to event of the feed; nothing where the address was closed with its owner."""
    token = feeds.token_of(feeds.open_feed(person=person))
    answer = client.get(f"/calendar/{token}.ics")
    if answer.status_code == 404:
        return {}
    calendar = vobject.readOne(answer.content.decode())
    return {event.uid.value: event for event in getattr(calendar, "vevent_list", [])}


def check(client, as_, people):
    """No meeting in force between people who are not mentor and mentee, in no calendar and on no page."""
    now = clock.now()
    in_force = {(m.mentee_id, m.mentor_id) for m in Mentorship.objects.filter(state="in_force")}
    feeds_of = {person.pk: events_of(client, person) for person in people}
    for meeting in meetings():
        two, session = meeting.mentorship, meeting.session
        uid = f"session-{meeting.pk}@"
        shown = {pk: e for pk, found in feeds_of.items() for key, e in found.items() if key.startswith(uid)}
        assert set(shown) <= {two.mentee_id, two.mentor_id}
        for event in shown.values():
            cancelled = event.status.value == "CANCELLED"
            assert cancelled == bool(session.cancelled_at)
            assert event.dtstart.value == session.starts_at
            assert int(event.sequence.value) == session.revision
            if session.starts_at > now and not cancelled:
                assert (two.mentee_id, two.mentor_id) in in_force
        if not session.cancelled_at and session.starts_at > now:
            assert (two.mentee_id, two.mentor_id) in in_force
        if session.starts_at <= now and two.ended_at and session.starts_at <= two.ended_at:
            assert not meeting.called_off
    for person in people:
        person.refresh_from_db()
        if not person.is_active or not feeds_of[person.pk]:
            continue
        page = as_(person).get("/meetings/").content.decode()
        theirs = [m for m in meetings() if person.pk in (m.mentorship.mentee_id, m.mentorship.mentor_id)]
        for meeting in meetings():
            ahead = meeting in theirs and not meeting.session.cancelled_at and meeting.session.ends_at >= now
            assert (f'"/meetings/{meeting.pk}/"' in page) == ahead
            assert (as_(person).get(f"/meetings/{meeting.pk}/").status_code == 200) == (meeting in theirs)


@pytest.mark.parametrize("seed", range(len(WAYS)))
def test_at_some_moment_in_some_way(seed, minh_and_linh, linh, minh, thuy, hoa, client, as_):
    chance = random.Random(seed)  # noqa: S311, no secret
    way = WAYS[seed % len(WAYS)]
    nth, said = chance.randrange(MEETINGS), chance.choice(list(HOURS))
    moment = at(1 + 14 * nth, *HOURS[said])
    some = list(meetings().order_by("pk"))
    moved, dropped = chance.sample(some, 2)
    starts = moved.session.starts_at + timedelta(days=chance.choice([1, 2]))
    move_meeting(
        meeting=moved, starts_at=starts, ends_at=starts + timedelta(hours=1), place="", link="", actor=linh
    )  # fmt: skip
    cancel_meeting(meeting=dropped, actor=minh)
    with clock.moved(to=moment):
        way(minh_and_linh, linh, minh, thuy, hoa)
        ended = Mentorship.objects.get(pk=minh_and_linh.pk)
        assert ended.state == "ended"
        for meeting in meetings().filter(mentorship=ended).exclude(pk=dropped.pk):
            assert bool(meeting.session.cancelled_at) == (meeting.session.starts_at > ended.ended_at)
        check(client, as_, (linh, minh, thuy))
        follower = Mentorship.objects.filter(mentee=linh, state="in_force").first()
        if follower:
            former = [meeting.pk for meeting in times_to_carry(follower)]
            propose_times(mentorship=follower, former_ids=former, actor=linh)
            check(client, as_, (linh, minh, thuy))
            waiting = [time.pk for time in proposed_times(follower)]
            keep = waiting[: chance.randint(0, len(waiting))]
            answer_times(mentorship=follower, kept=keep, seen=waiting, actor=thuy)
            check(client, as_, (linh, minh, thuy))
    with clock.moved(to=moment + timedelta(days=30)):
        check(client, as_, (linh, minh, thuy))


@pytest.mark.parametrize("said", ["before", "as it begins", "during"])
def test_a_meeting_that_has_begun_is_held_to_its_end(said, minh_and_linh, linh, minh, thuy, hoa):
    second = Meeting.objects.order_by("pk")[1]
    with clock.moved(to=at(15, *HOURS[said])):
        changes(minh_and_linh, linh, minh, thuy, hoa)
        second.session.refresh_from_db()
        assert bool(second.session.cancelled_at) == (said == "before")
        assert timezone.localtime(second.session.starts_at).hour == 10
        assert not move_meeting(
            meeting=second, starts_at=at(20), ends_at=at(20, 11), place="", link="", actor=linh
        ).ok  # fmt: skip


def test_the_other_learns_it_by_the_same_address(minh_and_linh, linh, minh, thuy, hoa, client):
    """A calendar that subscribed before sees CANCELLED with a higher number, rather than that an event is gone."""
    before = events_of(client, minh)
    changes(minh_and_linh, linh, minh, thuy, hoa)
    after = events_of(client, minh)
    assert set(before) == set(after)
    assert {event.status.value for event in after.values()} == {"CANCELLED"}
    assert all(int(after[uid].sequence.value) > int(before[uid].sequence.value) for uid in before)
    assert "Linh Nguyen" in next(iter(after.values())).description.value
    assert not events_of(client, thuy)


@pytest.mark.parametrize("day", [1, 3])
def test_the_academys_lists_tell_nothing(day, minh_and_linh, linh, mai, as_, client):
    """Neither as what takes place, nor as a register that waits."""
    with clock.moved(to=at(day, 12)):
        for page in (
            "/sessions/calendar/?of=all&view=month",
            "/sessions/calendar/?of=all",
            "/today/",
            "/sessions/",
            "/",
        ):
            shown = as_(mai).get(page)
            assert shown.status_code == 200, page
            assert "Mentor meeting" not in shown.content.decode(), page
        assert not events_of(client, mai)
        assert "Mentor meeting" in as_(linh).get("/sessions/calendar/?view=month").content.decode()
