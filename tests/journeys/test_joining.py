"""Joining and time in a browser: the waiting list, leaving and coming back, a pause, and six months of dates."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.kit import clock

FULL = "Next Step 8, Da Nang group"


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


def test_n2_a_full_cohort_has_a_waiting_list_and_a_free_place_goes_to_the_first(academy, visit):
    from trellis.domains.programmes import actions
    from trellis.domains.programmes.models import Cohort, Waiting

    full = Cohort.objects.get(name=FULL)
    page = go(visit(academy.linh, width=PHONE), academy, "/programmes/next-step/")
    page.get_by_role("link", name=f"Wait for a place {FULL}").click()
    page.get_by_label("Team leader").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Put me on the waiting list").dblclick()
    expect(page.get_by_text("number 4 of 4 in line")).to_be_visible()
    for waiting in Waiting.objects.filter(ended_at=None).exclude(person=academy.linh):
        actions.stop_waiting(waiting=waiting, actor=waiting.person)
    page.reload()
    expect(page.get_by_text("number 1 of 1 in line")).to_be_visible()
    first = full.journeys.filter(left_at=None).first()
    assert actions.leave(journey=first, actor=first.person)
    page.reload()
    page.get_by_role("link", name="Take the place").click()
    page.get_by_role("button", name="Yes, I join").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Team leader")
    assert academy.linh.journeys.get().cohort_id == full.pk
    assert full.journeys.filter(left_at=None).count() == full.places


def test_n2_she_leaves_without_a_stain_and_comes_back(academy, visit):
    journey = academy.nam.journeys.get()
    page = go(visit(academy.nam), academy, f"/journeys/{journey.pk}/")
    page.get_by_role("link", name="Leave this programme").click()
    page.get_by_role("button", name="Yes, leave").click()
    expect(page.get_by_text("You have left.")).to_be_visible()
    lead = visit(academy.thuy)
    assert lead.goto(f"{academy.url}/journeys/{journey.pk}/").status == 403
    clock.move(to=clock.now() + timedelta(days=10))
    go(page, academy, f"/journeys/{journey.pk}/")
    page.get_by_role("link", name="Take it up again").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_text("Welcome back.")).to_be_visible()
    expect(page.get_by_role("heading", name="Due dates")).to_be_visible()
    go(lead, academy, f"/journeys/{journey.pk}/")


def test_n10_a_pause_moves_the_six_months_and_nobody_is_late_meanwhile(academy, visit):
    from trellis.domains.programmes.queries import show_journey

    journey = academy.nam.journeys.get()
    before = show_journey(journey, clock.today()).goal_date
    page = go(visit(academy.nam, width=PHONE), academy, f"/journeys/{journey.pk}/time/")
    page.get_by_label("First day of the pause").fill(clock.today().isoformat())
    page.get_by_label("Last day of the pause").fill((clock.today() + timedelta(days=13)).isoformat())
    page.get_by_label("Reason").fill("My wedding")
    page.get_by_role("button", name="Ask the academy").click()
    expect(page.get_by_text("Waiting for the academy")).to_be_visible()
    office = go(visit(academy.mai), academy, "/time-changes/")
    office.get_by_role("link", name="Nam").click()
    office.get_by_role("button", name="Grant").first.click()
    go(page, academy, f"/journeys/{journey.pk}/")
    expect(page.get_by_text("Paused until")).to_be_visible()
    expect(page.locator(".next")).to_have_count(0)
    assert show_journey(journey, clock.today()).goal_date == before + timedelta(days=14)
    go(page, academy, f"/journeys/{journey.pk}/time/")
    page.get_by_role("button", name="Go on from today").click()
    go(page, academy, f"/journeys/{journey.pk}/")
    expect(page.get_by_text("Paused until")).to_have_count(0)


def test_n10_every_node_says_until_when_and_its_owner_ticks_it(academy, visit):
    journey = academy.nam.journeys.get()
    own = go(visit(academy.nam), academy, f"/journeys/{journey.pk}/")
    talk = own.locator(".stem__item", has_text="Half-way talk").first
    expect(talk).to_contain_text("until")
    expect(talk.get_by_role("button")).to_have_count(0)
    state = talk.locator(".pill").inner_text()
    page = go(visit(academy.thuy, width=PHONE), academy, f"/journeys/{journey.pk}/")
    same = page.locator(".stem__item", has_text="Half-way talk").first
    same.get_by_role("button", name="Not done after all" if state == "Done" else "Done").click()
    expect(page.get_by_text("It is open again." if state == "Done" else "Kept as done.")).to_be_visible()
    office = go(visit(academy.mai), academy, f"/cohorts/{journey.cohort_id}/dates/")
    row = office.locator(".rows__row", has_text="Half-way talk")
    row.get_by_role("button", name="Done for all").click()
    expect(row).to_contain_text("Done")
    office.get_by_role("button", name="Undo").click()
    expect(office.get_by_text("It is open again.")).to_be_visible()
