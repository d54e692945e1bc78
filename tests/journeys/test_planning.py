"""N5: the office plans six to ten courses over four months, and people take the places that are open."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import ProgrammeVersion
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Room, Session
from trellis.kit import clock

START = date(2026, 4, 6)


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


@pytest.fixture
def cohort(academy):
    """Next Step 9 from April on; no course has a run."""
    mai = academy.mai
    version = ProgrammeVersion.objects.filter(programme__code="next-step").order_by("-number").first()
    dates = {"starts_on": START, "ends_on": START + timedelta(weeks=26), "join_until": START - timedelta(days=2)}
    return programmes.open_cohort(version=version, name="Next Step 9", places=20, actor=mai, **dates)


def test_n5_the_runs_of_a_cohort_are_planned_and_clashes_settled(academy, visit, cohort):
    course = Course.objects.get(code="writing-at-work")
    room = Room.objects.create(name="Corner", site="Hanoi", capacity=24)
    # In the evening, when nobody of the demo teaches: what clashes is what the test put there.
    first, second = (clock.at_time(START + timedelta(days=days), 19) for days in (0, 7))
    board = sessions.open_series(name="Board", kind="event", actor=academy.mai)
    for starts in (first, second):
        sessions.schedule(
            series=board,
            title="",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            hosts=[academy.tuan],
            room=room,
            actor=academy.mai,
        )

    page = go(visit(academy.mai), academy, f"/cohorts/{cohort.pk}/runs/")
    assert page.locator("input[name$='-wanted']").count() >= 6
    for box in page.locator("input[name$='-wanted']").all():
        if box.get_attribute("name") != f"c{course.pk}-wanted":
            box.uncheck()
    line = page.get_by_role("region", name=course.name, exact=True)
    line.get_by_label("First day").fill(f"{START:%Y-%m-%d}")
    line.get_by_label("Starts").fill("19:30")
    line.get_by_label("Ends").fill("21:00")
    line.get_by_label("Room").select_option(label="Corner, Hanoi")
    page.get_by_role("button", name="Show the days").click()
    expect(page.get_by_text("Corner, Hanoi is taken")).to_have_count(2)

    # The first of them finds another hour; the second is kept, and the office says why.
    page.get_by_label("Starts 1", exact=True).fill("07:00")
    page.get_by_label("Ends 1", exact=True).fill("08:30")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("Corner, Hanoi is taken")).to_have_count(1)
    page.get_by_label("Keep it nevertheless, because").fill("The board meets upstairs that day")
    page.get_by_role("button", name="Open all runs").dblclick()
    expect(page.get_by_text("1 course has its run")).to_be_visible()

    assert cohort.offerings.count() == 1
    made = Session.objects.filter(series__offering__cohorts=cohort)
    assert made.count() == course.sessions_planned
    kept = made.get(kept_because="The board meets upstairs that day")
    go(page, academy, f"/sessions/{kept.pk}/")
    expect(page.get_by_text("in spite of a clash")).to_contain_text("The board meets upstairs that day")


def test_n5_an_open_seat_is_booked_and_who_waits_moves_up(academy, visit):
    course = Course.objects.get(code="writing-at-work")
    starts = clock.at_time(clock.today() + timedelta(days=14), 14)
    run = learning.open_offering(
        course=course,
        name="For everybody",
        starts_on=starts.date(),
        ends_on=starts.date(),
        places=1,
        sessions=[PlannedSession("", starts, starts + timedelta(hours=2), (academy.huong,))],
        actor=academy.mai,
    )
    hers = go(visit(academy.linh, width=PHONE), academy, f"/offerings/{run.pk}/")
    hers.get_by_role("button", name="Take a place").dblclick()
    expect(hers.get_by_text("You have a place. Your sessions are in your agenda.")).to_be_visible()
    his = go(visit(academy.nam, width=PHONE), academy, f"/offerings/{run.pk}/")
    his.get_by_role("button", name="Wait for a place").click()
    expect(his.get_by_text("you wait as number 1", exact=True)).to_be_visible()
    hers.get_by_text("Give my place back").click()
    hers.get_by_role("button", name="Yes, give it back").click()
    expect(hers.get_by_text("You gave your place back.")).to_be_visible()
    go(his, academy, "/notices/")
    expect(his.get_by_text(f"A place became free: you take part in {course.name}").first).to_be_visible()
    assert run.enrolments.get(withdrawn_at=None).person == academy.nam
