"""The calendar feed, read as a calendar would: by vobject, which shares no code with the library that writes it.

The academy is in Berlin here, whose clocks go forward on 29 March 2026: the Monday before is UTC+1, the one after +2.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone

from trellis.domains.sessions import actions
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.surfaces.exchange.calendars import feeds
from trellis.surfaces.exchange.models import CalendarFeed

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
BEFORE, AFTER = date(2026, 3, 23), date(2026, 3, 30)
LONG = "向用户学习：从真实场景出发，" * 12


@pytest.fixture(autouse=True)
def _in_berlin(settings):
    settings.TIME_ZONE, settings.SITE_URL = "Europe/Berlin", "https://academy.pixel.example"
    with timezone.override(BERLIN):
        yield


@pytest.fixture
def series(company, linh, mai):
    series = actions.open_series(name="Leadership", names={"zh-hans": "领导力"}, kind="classes", actor=mai)
    actions.take_in(series=series, person_ids=[linh.pk], actor=mai)
    return series


@pytest.fixture
def sessions(series, mai):
    """Two Mondays at 14:00 on the clock of Berlin, one before and one after the clocks go forward."""
    return [
        actions.schedule(
            series=series,
            title=title,
            starts_at=datetime(day.year, day.month, day.day, 14, tzinfo=BERLIN),
            ends_at=datetime(day.year, day.month, day.day, 16, tzinfo=BERLIN),
            hosts=[mai],
            place="Room Linden; 2nd floor, left",
            link="https://meet.pixel.example/a?b=1&c=2",
            actor=mai,
        )
        for day, title in ((BEFORE, "Feedback"), (AFTER, LONG[:200]))
    ]


@pytest.fixture
def address(linh):
    return f"/calendar/{feeds.token_of(feeds.open_feed(person=linh))}.ics"


def read(client, address):
    """What a calendar makes of it: summary to event."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return vobject.readOne(answer.content.decode())


def events(calendar):
    return sorted(calendar.vevent_list, key=lambda event: event.dtstart.value)


class TestWhatACalendarReads:
    def test_the_hour_of_the_clock_before_and_after_it_goes_forward(self, client, address, sessions):
        calendar = read(client, address)
        starts = [event.dtstart.value for event in events(calendar)]
        assert [start.hour for start in starts] == [14, 14]
        assert [start.astimezone(UTC).hour for start in starts] == [13, 12]
        assert [event.dtend.value - event.dtstart.value for event in events(calendar)] == [timedelta(hours=2)] * 2

    def test_the_zone_is_named_and_described(self, client, address, sessions):
        calendar = read(client, address)
        assert calendar.vtimezone.tzid.value == "Europe/Berlin"
        said = client.get(address).content.decode()
        assert "DTSTART;TZID=Europe/Berlin:20260323T140000" in said
        assert "BEGIN:DAYLIGHT" in said

    def test_each_change_of_the_clock_begins_at_the_hour_before_it(self, client, address, sessions):
        zone = read(client, address).vtimezone
        changes = {str(part.dtstart.value): part.tzoffsetto.value for part in zone.components()}
        assert changes["2026-03-29 02:00:00"] == "+0200"
        assert changes["2026-10-25 03:00:00"] == "+0100"
        assert len(changes) == 7  # the beginning, and two in each of three years

    def test_who_where_and_the_page(self, client, address, sessions):
        event = events(read(client, address))[0]
        assert event.summary.value == "Leadership: Feedback"
        assert event.location.value == "Room Linden; 2nd floor, left"
        assert event.url.value == f"https://academy.pixel.example/sessions/{sessions[0].pk}/"
        assert event.description.value.splitlines() == [
            "Hosts: Mai Pham",
            "Link: https://meet.pixel.example/a?b=1&c=2",
            f"https://academy.pixel.example/sessions/{sessions[0].pk}/",
        ]

    def test_long_lines_are_folded_at_75_octets_and_come_back_whole(self, client, address, sessions):
        event = events(read(client, address))[1]
        assert event.summary.value == f"Leadership: {LONG[:200]}"
        lines = client.get(address).content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() is not None for line in lines)

    def test_in_the_persons_language(self, client, address, sessions, linh):
        linh.language = "zh-hans"
        linh.save()
        assert events(read(client, address))[0].summary.value == "领导力: Feedback"

    def test_how_often_to_ask(self, client, address, sessions):
        said = client.get(address).content.decode()
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in said
        assert "X-PUBLISHED-TTL:PT1H" in said
        assert "METHOD:PUBLISH" in said


class TestChanges:
    def test_a_move_keeps_the_uid_and_raises_the_sequence(self, client, address, sessions, mai):
        before = events(read(client, address))[0]
        starts = datetime(2026, 3, 24, 9, 30, tzinfo=BERLIN)
        with clock.moved(to=clock.now() + timedelta(hours=3)):
            actions.move(
                session=sessions[0], starts_at=starts, ends_at=starts + timedelta(hours=1), place="Hall", actor=mai
            )
            after = events(read(client, address))[0]
        assert after.uid.value == before.uid.value
        assert (before.sequence.value, after.sequence.value) == ("0", "1")
        assert after.dtstart.value == starts
        assert after.location.value == "Hall"
        assert after.last_modified.value - before.last_modified.value >= timedelta(hours=3)

    def test_a_cancelled_one_says_so_for_a_while(self, client, address, sessions, mai):
        actions.cancel(session=sessions[0], reason="Holiday", actor=mai)
        event = events(read(client, address))[0]
        assert (event.status.value, event.transp.value, event.sequence.value) == ("CANCELLED", "TRANSPARENT", "1")
        assert event.summary.value == "Cancelled: Leadership: Feedback"
        assert "Reason: Holiday" in event.description.value
        with clock.moved(to=BEFORE + timedelta(days=62)):
            assert len(events(read(client, address))) == 1

    def test_who_leaves_the_series_has_it_no_more(self, client, address, series, sessions, linh, mai):
        actions.let_go(series=series, person_ids=[linh.pk], actor=mai)
        assert not hasattr(read(client, address), "vevent")

    def test_hosts_have_what_they_host(self, client, sessions, mai):
        feed = feeds.open_feed(person=mai)
        assert len(events(read(client, f"/calendar/{feeds.token_of(feed)}.ics"))) == 2


class TestAskingAgain:
    def test_unchanged_is_told_by_the_tag_and_by_the_date(self, client, address, sessions):
        first = client.get(address)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304

    def test_a_change_of_any_kind_is_news(self, client, address, series, sessions, linh, mai):
        """Leaving a series changes no session: the date told is that of the feed."""
        first = client.get(address)
        with clock.moved(to=clock.now() + timedelta(minutes=5)):
            actions.let_go(series=series, person_ids=[linh.pk], actor=mai)
            assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
            assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200

    @pytest.mark.parametrize("count", [1, 30])
    def test_as_many_statements_for_one_session_as_for_thirty(
        self, client, address, series, mai, count, django_assert_max_num_queries
    ):
        for n in range(count):
            at = clock.at_time(BEFORE + timedelta(days=n))
            actions.schedule(
                series=series, title=f"{n}", starts_at=at, ends_at=at + timedelta(hours=1), hosts=[mai], actor=mai
            )
        with django_assert_max_num_queries(5):
            client.get(address)


class TestTheAddress:
    def test_only_its_hash_is_kept_and_the_journal_does_not_know_it(self, address, linh):
        token = address.split("/")[2].removesuffix(".ics")
        feed = CalendarFeed.objects.get()
        assert token not in {str(getattr(feed, field.name)) for field in feed._meta.concrete_fields}
        assert feed.token_hash == feeds.hash_of(token)
        assert not [entry for entry in Entry.objects.all() if token in str(entry.facts)]
        assert Entry.objects.get(kind="exchange.calendar_feed_opened").about == linh

    def test_the_page_makes_shows_renews_and_takes_it_back(self, as_, client, linh):
        page = as_(linh)
        assert "You have no address yet." in page.get("/me/calendar/").content.decode()
        for _click in range(2):
            page.post("/me/calendar/")
        first = feeds.token_of(CalendarFeed.objects.get())
        assert first in page.get("/me/calendar/").content.decode()
        for _click in range(2):
            page.post("/me/calendar/", {"renew": "1"})
        second = feeds.token_of(CalendarFeed.objects.get())
        assert [client.get(f"/calendar/{token}.ics").status_code for token in (first, second)] == [404, 200]
        page.post("/me/calendar/", {"revoke": "1"})
        assert client.get(f"/calendar/{second}.ics").status_code == 404

    def test_with_another_secret_key_it_still_opens_but_is_not_shown(self, as_, client, address, linh, settings):
        as_(linh)
        settings.SECRET_KEY = "another secret key, as after a restore on another machine"
        assert client.get(address).status_code == 200
        assert feeds.token_of(CalendarFeed.objects.get()) == ""

    def test_it_opens_nothing_for_who_may_not_sign_in_any_more(self, client, address, linh):
        linh.is_active = False
        linh.save()
        assert client.get(address).status_code == 404


def test_one_session_can_be_taken_over(as_, sessions, linh):
    answer = as_(linh).get(f"/sessions/{sessions[0].pk}/session.ics")
    assert vobject.readOne(answer.content.decode()).vevent.summary.value == "Leadership: Feedback"
    assert "attachment" in answer["Content-Disposition"]
