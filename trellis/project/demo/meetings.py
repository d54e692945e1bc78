"""Mentor meetings: how Linh talked with Thúy and talks with Hương, and that others meet too."""

from datetime import date, datetime, timedelta
from itertools import cycle

from trellis.domains.mentoring.actions.meetings import plan_meetings
from trellis.domains.mentoring.actions.minutes import (
    add_topic,
    say_afterwards,
    take_on,
    tick,
    write_notes,
    write_private_note,
)
from trellis.domains.mentoring.models import Meeting, MeetingAction, Mentorship
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.project.demo.story import workday

PLACES = ("Café on the 2nd floor", "A walk around the block", "Meeting corner, Team 3", "Canteen")
NOTES = (
    "What she wants: to lead a team *in two years*, without losing the craft.\n\n- strong: calm, exact, asked by many\n"
    "- to learn: speaking up before the whole team",
    "She gave feedback to a new colleague, and it went well.\n\n- began with what is good\n- **one** thing to change",
    "We spoke of the day Thúy was away: what Linh decided alone, and what could have waited.",
    "Feedback to somebody older: practised it twice with swapped roles.",
)
TAKEN = (
    ("Give feedback to two colleagues and write down how it went", "linh", 14, True),
    ("Send the chapter on first weeks as a leader", "huong", 7, True),
    ("Lead the Monday round once", "linh", 28, False),
    ("Ask Mai which course comes next", "linh", 10, False),
    ("Introduce Linh to Minh", "huong", 14, False),
)
WORDS = ("Practising it twice helped more than any book.", "Bring an example from your week next time as well.")


def talk_with_the_leader(cast: dict[str, Person]) -> None:
    """Every four weeks with Thúy, her team leader and mentor by default; the last ones fall away when Hương follows."""
    _meet(cast["linh"], None, first=clock.today() + timedelta(days=4), weeks=4, number=7, hour=16)


def meet_mentors(cast: dict[str, Person], until: date) -> None:
    """Linh and Hương, with what they said; and some thirty other pairs, before and after today."""
    linh, huong = cast["linh"], cast["huong"]
    pair = Mentorship.objects.get(mentee=linh, state=Mentorship.State.IN_FORCE)
    with clock.moved(to=clock.at_time(workday(until - timedelta(days=79)), 9)):
        _meet(linh, pair, first=workday(until - timedelta(days=67)), weeks=2, number=12, hour=15)
    meetings = list(Meeting.objects.filter(mentorship=pair).select_related("session").order_by("session__starts_at"))
    held = [meeting for meeting in meetings if meeting.session.ends_at <= clock.at_time(until, 9)]
    for meeting, notes in zip(held, NOTES, strict=False):
        with clock.moved(to=meeting.session.ends_at):
            write_notes(meeting=meeting, text=notes, seen=0)
    for number, (text, who, days, done) in enumerate(TAKEN):
        meeting = held[min(number, len(held) - 1)]
        with clock.moved(to=meeting.session.ends_at):
            due = meeting.session.ends_at.date() + timedelta(days=days)
            take_on(meeting=meeting, whose=cast[who], text=text, due_on=due)
            if done:
                tick(action=MeetingAction.objects.get(meeting=meeting, text=text), done=True)
    with clock.moved(to=held[-1].session.ends_at + timedelta(hours=2)):
        write_private_note(meeting=held[-1], author=linh, text="I was less nervous than I thought.", seen=0)
        say_afterwards(meeting=held[-1], author=linh, text=WORDS[0])
        say_afterwards(meeting=held[-1], author=huong, text=WORDS[1])
    coming = next(meeting for meeting in meetings if meeting.session.starts_at > clock.at_time(until, 12))
    with clock.moved(to=clock.at_time(until - timedelta(days=1), 18)):
        add_topic(meeting=coming, author=linh, text="The Monday round: what if nobody says anything?")
        add_topic(meeting=coming, author=huong, text="What you would like to have reached by summer")
    _others(pair, until)


def _others(linhs: Mentorship, until: date) -> None:
    pairs = Mentorship.objects.filter(state=Mentorship.State.IN_FORCE).exclude(pk=linhs.pk).select_related("mentee")
    for number, (pair, place) in enumerate(zip(pairs.order_by("pk")[:30], cycle(PLACES), strict=False)):
        first = workday(until - timedelta(days=40 - number % 20))
        with clock.moved(to=clock.at_time(first, 7)):
            _meet(pair.mentee, pair, first=first, weeks=4, number=3, hour=10 + number % 6, place=place)


def _meet(
    mentee: Person, pair: Mentorship | None, *, first: date, weeks: int, number: int, hour: int, place: str = PLACES[0]
) -> None:
    times: list[tuple[datetime, datetime]] = []
    for n in range(number):
        starts = clock.at_time(first + timedelta(weeks=weeks * n), hour)
        times.append((starts, starts + timedelta(minutes=45)))
    plan_meetings(mentorship=pair, times=times, place=place, anyway=True, actor=mentee)
