"""The calendar: which days it shows, and whose sessions. It is Monday, 2 March 2026."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.sessions import actions
from trellis.kit import clock
from trellis.surfaces.web.calendar.spans import read_day, span


@pytest.mark.parametrize(
    ("view", "on", "first", "last", "before", "after"),
    [
        ("week", date(2026, 3, 4), date(2026, 3, 2), date(2026, 3, 8), date(2026, 2, 25), date(2026, 3, 11)),
        ("week", date(2026, 3, 8), date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 1), date(2026, 3, 15)),
        ("month", date(2026, 3, 31), date(2026, 2, 23), date(2026, 4, 5), date(2026, 2, 1), date(2026, 4, 1)),
        ("month", date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), date(2027, 1, 1), date(2027, 3, 1)),
        ("agenda", date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 31), date(2026, 2, 4), date(2026, 4, 1)),
    ],
)
def test_which_days_are_shown_and_where_it_goes_on(view, on, first, last, before, after):
    found = span(view, on)
    assert (found.first, found.last, found.before, found.after) == (first, last, before, after)
    assert len(found.days) == (last - first).days + 1


@pytest.mark.parametrize("on", [date.min, date.max])
@pytest.mark.parametrize("view", ["week", "month", "agenda"])
def test_days_at_the_end_of_time_are_led_back(view, on):
    assert 2000 <= span(view, on).on.year <= 2100


@pytest.mark.parametrize(("text", "read"), [("2026-04-01", date(2026, 4, 1)), ("1.4.", None), ("", None)])
def test_what_an_address_says(text, read):
    assert read_day(text, date(2026, 3, 2)) == (read or date(2026, 3, 2))


@pytest.fixture
def hold(db, linh, mai):
    """hold("Feedback", on=..., who=[linh]): a session of one hour, and who is expected."""

    def hold(name, *, on=date(2026, 3, 3), who=(), hosts=()):
        series = actions.open_series(name=name, kind="classes", actor=mai)
        actions.take_in(series=series, person_ids=[person.pk for person in who], actor=mai)
        at = clock.at_time(on, 10)
        return actions.schedule(
            series=series, title="", starts_at=at, ends_at=at + timedelta(hours=1), hosts=hosts, actor=mai
        )

    return hold


@pytest.mark.django_db
class TestThePage:
    def test_it_shows_my_week_and_nobody_elses(self, as_, hold, linh, minh, mai):
        hold("Feedback", who=[linh])
        hold("Leading", who=[minh])
        hold("Next week", on=date(2026, 3, 10), who=[linh])
        page = as_(linh).get("/sessions/calendar/").content.decode()
        assert "Feedback" in page
        assert "Leading" not in page
        assert "Next week" not in page
        assert "Next week" in as_(linh).get("/sessions/calendar/?date=2026-03-09").content.decode()
        assert "Next week" in as_(linh).get("/sessions/calendar/?view=month").content.decode()

    def test_a_cancelled_session_is_told_as_such(self, as_, hold, linh, mai):
        actions.cancel(session=hold("Feedback", who=[linh]), reason="Holiday", actor=mai)
        assert "cancelled" in as_(linh).get("/sessions/calendar/").content.decode()

    def test_the_office_sees_everybodys_by_teacher_and_room(self, as_, hold, linh, minh, mai):
        hold("Feedback", who=[linh], hosts=[mai])
        hold("Leading", hosts=[minh])
        page = as_(mai).get("/sessions/calendar/?of=all").content.decode()
        assert "Feedback" in page
        assert "Leading" in page
        page = as_(mai).get(f"/sessions/calendar/?of=all&teacher={minh.pk}&room=x").content.decode()
        assert "Leading" in page
        assert "Feedback" not in page

    def test_nobody_else_sees_everybodys(self, as_, linh):
        assert as_(linh).get("/sessions/calendar/?of=all").status_code == 403

    def test_an_empty_week_says_what_to_do(self, as_, linh):
        page = as_(linh).get("/sessions/calendar/?date=nonsense&view=nonsense").content.decode()
        assert "You have no session in these days." in page

    @pytest.mark.parametrize("of", ["me", "all&cohort=1&pathway=1&room=1&teacher=1"])
    def test_as_many_statements_for_many_sessions(self, as_, hold, linh, mai, of):
        office = as_(mai)

        def asked():
            with CaptureQueriesContext(connection) as seen:
                assert office.get(f"/sessions/calendar/?view=month&of={of}").status_code == 200
            return len(seen)

        hold("First", who=[linh], hosts=[mai])
        few = asked()
        for n in range(20):
            hold(f"More {n}", who=[linh], hosts=[mai])
        assert asked() <= few <= 12
