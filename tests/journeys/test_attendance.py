"""N7: every scheduled session counts. A code in the room, late, absent, excused, a make-up, a correction, a move."""

import re
from datetime import timedelta

import pytest
import vobject
from playwright.sync_api import expect

from trellis.domains.programmes.models import Journey
from trellis.domains.sessions import actions
from trellis.domains.sessions.models import CheckIn, Mark
from trellis.domains.sessions.rules.check_in import code_of
from trellis.kit import clock

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.fixture
def classes(academy):
    """Three sessions hosted by Mai, eight days ago, now and tomorrow; Nam and three more take part."""
    mai, nam = academy.mai, academy.nam
    series = actions.open_series(name="Clear feedback", kind="classes", actor=mai)
    with_nam = Journey.objects.filter(cohort=Journey.objects.get(person=nam, left_at=None).cohort, left_at=None)
    others = with_nam.exclude(person=nam).order_by("pk").values_list("person_id", flat=True)[:3]
    actions.take_in(series=series, person_ids=[nam.pk, *others], actor=mai)
    now = clock.now().replace(second=0, microsecond=0)
    return [
        actions.schedule(
            series=series,
            title=f"Part {number}",
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=days, hours=2),
            hosts=[mai],
            place="Studio 1",
            actor=mai,
        )
        for number, days in ((1, -8), (2, 0), (3, 1))
    ]


def test_n7_check_in_by_the_code_in_the_room_shows_in_the_open_register(academy, visit, classes):
    session = classes[1]
    screen = visit(academy.mai)
    screen.goto(f"{academy.url}/sessions/{session.pk}/check-in/")
    screen.get_by_role("button", name="Open check-in").click()
    digits = screen.locator(".checkin__digits")
    expect(digits).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    register = visit(academy.mai)
    register.goto(f"{academy.url}/sessions/{session.pk}/register/")
    row = register.locator(f"tr[data-person='{academy.nam.pk}']")
    expect(row.locator("input[value=present]")).not_to_be_checked()

    phone = visit(academy.nam, width=PHONE)
    phone.goto(f"{academy.url}/sessions/{session.pk}/")
    phone.get_by_role("link", name="Enter the code").click()
    secret = CheckIn.objects.get(session=session).secret
    right = code_of(secret, session.pk, clock.now())
    phone.get_by_label("Code").fill(f"{(int(right) + 1) % 10**6:06}")
    phone.get_by_role("button", name="I am here").click()
    expect(phone.get_by_role("alert").first).to_contain_text("No session shows this code now")
    phone.get_by_label("Code").fill(code_of(secret, session.pk, clock.now()))
    phone.get_by_role("button", name="I am here").click()
    expect(phone.locator(".notes")).to_contain_text("You are here: Present")

    expect(screen.get_by_text("1 of 4 here by code")).to_be_visible()
    expect(row.locator("input[value=present]")).to_be_checked()
    expect(row).to_contain_text("by code")
    register.get_by_role("button", name="Everyone else is here").click()
    expect(register.locator("#counts")).to_contain_text("4 present")
    assert Mark.objects.get(session=session, person=academy.nam).marked_by == academy.mai


def test_n7_absent_made_up_and_corrected_with_a_reason(academy, visit, classes):
    session, nam = classes[0], academy.nam
    teacher = visit(academy.mai, scripts=False)
    teacher.goto(f"{academy.url}/sessions/{session.pk}/register/")
    row = teacher.locator(f"tr[data-person='{nam.pk}']")
    row.locator("input[value=absent]").check(force=True)
    teacher.get_by_role("button", name="Save the register").click()
    expect(row).to_contain_text("1 missed: cannot reach 100 %")

    row.get_by_role("link", name="Offer a make-up").click()
    teacher.get_by_label("Title").fill("Once more")
    teacher.get_by_label("Day").fill(f"{clock.today() + timedelta(days=3):%Y-%m-%d}")
    teacher.get_by_label("Starts").fill("19:00")
    teacher.get_by_label("Ends").fill("20:00")
    teacher.get_by_role("button", name="Offer a make-up").click()
    expect(teacher.locator(".notes")).to_contain_text("those who missed the session are told")

    learner = visit(nam)
    learner.goto(f"{academy.url}/sessions/{session.pk}/")
    expect(learner.get_by_text("1 missed: a make-up is offered")).to_be_visible()
    expect(learner.get_by_role("heading", name="Make-ups for this session")).to_be_visible()

    teacher.goto(f"{academy.url}/sessions/{session.pk}/register/")
    row.locator("input[value=late]").check(force=True)
    teacher.get_by_role("button", name="Save the register").click()
    expect(row).to_contain_text("Write the reason for the correction")
    teacher.get_by_label("The register has closed").fill("Came after the break")
    row.locator("input[value=late]").check(force=True)
    teacher.get_by_role("button", name="Save the register").click()
    expect(teacher.locator(".notes")).to_contain_text("1 mark saved.")
    teacher.get_by_role("link", name="What was corrected").click()
    expect(teacher.get_by_role("main")).to_contain_text("Came after the break")

    learner.reload()
    expect(learner.get_by_role("heading", name="How your mark was corrected")).to_be_visible()
    expect(learner.get_by_role("main")).to_contain_text("Came after the break")


def test_n7_a_moved_session_is_told_and_reaches_the_calendar(academy, visit, classes):
    session = classes[2]
    learner = visit(academy.nam, width=PHONE)
    learner.goto(f"{academy.url}/me/calendar/")
    address = learner.get_by_label("Private address").input_value()
    teacher = visit(academy.mai)
    teacher.goto(f"{academy.url}/sessions/{session.pk}/edit/")
    teacher.get_by_label("Day").fill(f"{clock.today() + timedelta(days=6):%Y-%m-%d}")
    teacher.get_by_label("Starts").fill("19:30")
    teacher.get_by_label("Ends").fill("20:30")
    teacher.get_by_label("Reason").first.fill("Mai is at the other site")
    teacher.get_by_role("button", name="Move or change the session").click()
    expect(teacher.get_by_role("heading", name="What was changed")).to_be_visible()

    learner.goto(f"{academy.url}/notices/")
    expect(learner.get_by_role("main")).to_contain_text("Mai is at the other site")
    read = learner.request.get(academy.url + "/calendar/" + address.rsplit("/", 1)[1])
    events = vobject.readOne(read.text()).vevent_list
    moved = next(event for event in events if event.uid.value.startswith(f"session-{session.pk}@"))
    assert moved.sequence.value == "1"
    assert moved.dtstart.value.strftime("%H:%M") == "19:30"

    learner.goto(f"{academy.url}/sessions/calendar/?date={clock.today() + timedelta(days=6):%Y-%m-%d}")
    expect(learner.get_by_role("link", name=re.compile("19:30.*Part 3"))).to_be_visible()
