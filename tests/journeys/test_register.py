"""A teacher marks a register: by touch on a phone, by keys on a desk, and without any script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from trellis.domains.people.models import Person
from trellis.domains.sessions import actions
from trellis.domains.sessions.models import Mark
from trellis.kit import clock

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.fixture
def register(academy):
    """The first of two sessions, today, with thirty people; nobody is marked."""
    mai = academy.mai
    series = actions.open_series(name="One-to-ones", kind="classes", actor=mai)
    starts = clock.at_time(clock.today(), 9)
    sessions = [
        actions.schedule(
            series=series,
            title=f"Part {number}",
            starts_at=starts + timedelta(weeks=number),
            ends_at=starts + timedelta(weeks=number, hours=2),
            hosts=[mai],
            actor=mai,
        )
        for number in range(2)
    ]
    people = Person.objects.here().exclude(pk=mai.pk).order_by("pk").values_list("pk", flat=True)[:30]
    actions.take_in(series=series, person_ids=list(people), actor=mai)
    return sessions[0]


def opened(page, academy, session):
    page.goto(f"{academy.url}/sessions/{session.pk}/register/")
    return page.locator("tr[data-person]")


def test_thirty_are_marked_by_touch_and_an_absence_shows_at_once(academy, visit, register):
    page = visit(academy.mai, width=PHONE)
    rows = opened(page, academy, register)
    expect(rows).to_have_count(30)
    places = "rows => rows.map(row => row.getBoundingClientRect().top + scrollY)"
    before = rows.evaluate_all(places)
    rows.nth(3).locator("input[value=absent]").tap(force=True)
    expect(rows.nth(3)).to_contain_text("1 missed: cannot reach 100 %")
    expect(rows.nth(3).get_by_role("link", name="Offer a make-up")).to_be_visible()
    for number in (*range(3), *range(4, 30)):
        rows.nth(number).locator("input[value=present]").tap(force=True)
    expect(page.locator("#counts")).not_to_contain_text("not marked")
    expect(page.locator("#counts")).to_contain_text("29 present")
    assert rows.evaluate_all(places) == before  # a row that moves under the finger loses its tap
    assert Mark.objects.filter(session=register, is_current=True).count() == 30


def test_keys_mark_and_go_to_the_next_person(academy, visit, register):
    page = visit(academy.mai)
    rows = opened(page, academy, register)
    for key in "pla":
        page.keyboard.press(key)
    for number, value in enumerate(("present", "late", "absent")):
        expect(rows.nth(number).locator(f"input[value={value}]")).to_be_checked()
    expect(rows.nth(3).locator("input[type=radio]").first).to_be_focused()
    expect(page.locator("#counts")).to_contain_text("27 not marked")


def test_who_comes_second_sees_what_the_first_wrote(academy, visit, register):
    page = visit(academy.mai)
    rows = opened(page, academy, register)
    person = int(rows.first.get_attribute("data-person"))
    actions.mark(session=register, person_id=person, value="late", actor=academy.hoa)
    rows.first.locator("input[value=absent]").click(force=True)  # no `check`: the answer takes the mark back at once
    expect(rows.first).to_contain_text(f"Meanwhile {academy.hoa.name} marked “Late”")
    expect(rows.first.locator("input[value=late]")).to_be_checked()


def test_without_script_one_button_saves_it_all(academy, visit, register):
    page = visit(academy.mai, scripts=False)
    rows = opened(page, academy, register)
    rows.first.locator("input[value=excused]").check(force=True)
    page.get_by_role("button", name="Save the register").click()
    expect(page.locator(".notes")).to_contain_text("1 mark saved.")
    page.get_by_role("button", name="Everyone else is here").click()
    expect(page.locator("#counts")).to_contain_text("29 present")
