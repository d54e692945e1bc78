"""What moves in the calendar: a day with check-in open, talks moved and cancelled, private addresses of calendars."""

from datetime import date, datetime, timedelta

from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey
from trellis.domains.sessions import actions
from trellis.domains.sessions.models import Mark, Session
from trellis.domains.sessions.rules import Wish
from trellis.kit import clock
from trellis.project.demo.story import workday
from trellis.surfaces.exchange.calendars.feeds import open_feed

CAME, CORRECTED = 6, 2


def keep_time(cast: dict[str, Person], until: date) -> None:
    """Events beside the courses, so that nobody's attendance in a course hangs on them."""
    there = Journey.objects.filter(cohort__name="Next Step 7", left_at=None).order_by("pk")
    people = list(there.values_list("person_id", flat=True))
    _development_day(cast, until, people)
    _talks(cast, until, people)
    with clock.moved(to=clock.at_time(until - timedelta(days=20))):
        for key in ("linh", "nam", "mai"):
            open_feed(person=cast[key])


def _development_day(cast: dict[str, Person], until: date, people: list[int]) -> None:
    """Today: the check-in is open, and some have come by the code."""
    mai, starts = cast["mai"], clock.at_time(until, 9)
    with clock.moved(to=clock.at_time(until - timedelta(days=12))):
        day = _event("Development day", "发展日", starts, hours=12, hosts=[mai, cast["an"]], people=people, actor=mai)
    with clock.moved(to=starts - timedelta(minutes=20)):
        actions.open_check_in(session=day, actor=mai)
    with clock.moved(to=starts - timedelta(minutes=5)):
        here = {person: Wish("present", seen=0) for person in people[-CAME:]}
        actions.mark_all(session=day, wishes=here, actor=mai, way=Mark.Way.CODE)


def _talks(cast: dict[str, Person], until: date, people: list[int]) -> None:
    """One held, with marks corrected; one moved; one cancelled."""
    an = cast["an"]

    def talk(name: str, chinese: str, on: date) -> Session:
        return _event(name, chinese, clock.at_time(on, 12), hours=1, hosts=[an], people=people, actor=an)

    held_on, moved_to = workday(until - timedelta(days=9)), workday(until + timedelta(days=4))
    with clock.moved(to=clock.at_time(until - timedelta(days=15))):
        held = talk("Lunch to learn: light", "午间分享：光线", held_on)
        moved = talk("Lunch to learn: skin", "午间分享：肤色", workday(until + timedelta(days=2)))
        cancelled = talk("Lunch to learn: print", "午间分享：印刷", workday(until + timedelta(days=8)))
    with clock.moved(to=clock.at_time(held_on, 13)):
        actions.mark_all(session=held, wishes={person: Wish("absent") for person in people[:CORRECTED]}, actor=an)
        actions.mark_rest_present(session=held, actor=an)
    with clock.moved(to=clock.at_time(held_on + timedelta(days=3), 10)):
        put_right = {person: Wish("present", reason="Came through the other door") for person in people[:CORRECTED]}
        actions.mark_all(session=held, wishes=put_right, actor=an)
    with clock.moved(to=clock.at_time(until - timedelta(days=3), 10)):
        starts = clock.at_time(moved_to, 12)
        why = "The studio is being painted."
        actions.move(
            session=moved, starts_at=starts, ends_at=starts + timedelta(hours=1), place="Library", reason=why, actor=an
        )
        actions.cancel(session=cancelled, reason="The printer's guest cannot come.", actor=an)


def _event(
    name: str, chinese: str, starts: datetime, *, hours: int, hosts: list[Person], people: list[int], actor: Person
) -> Session:
    series = actions.open_series(name=name, names={"zh-hans": chinese}, kind="event", actor=actor)
    hosting = {host.pk for host in hosts}
    actions.take_in(series=series, person_ids=[person for person in people if person not in hosting], actor=actor)
    return actions.schedule(
        series=series,
        title="",
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        hosts=hosts,
        place="Studio 2",
        actor=actor,
    )
