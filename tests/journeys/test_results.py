"""Grades, further attempts, certificates of single courses, and earlier learning: in a browser, on the demo company."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_next_step import go
from trellis.domains.credentials.models import Certificate
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Attempt, Course, Credit, Offering, Result
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver


def held(academy: Any, code: str) -> Offering:
    """A run of one session, held yesterday by An, at which Nam was."""
    start = clock.at_time(clock.today() - timedelta(days=1), 9)
    offering = learning.open_offering(
        course=Course.objects.get(code=code), name="An's run", starts_on=start.date(), ends_on=start.date(), places=9,
        actor=academy.mai, teachers=[academy.an],
        sessions=[PlannedSession("", start, start + timedelta(hours=2), [academy.an])],
    )  # fmt: skip
    learning.enrol(offering=offering, person_ids=[academy.nam.pk], way_in="staff", actor=academy.mai)
    sessions.mark(session=offering.series.sessions.get(), person_id=academy.nam.pk, value="present", actor=academy.an)
    return offering


def choose(page: Any, points: int) -> None:
    """The level with that many points for each criterion, and save."""
    for level in page.locator(f'.rubric input[value="{points}"]').all():
        level.check()
    page.get_by_role("button", name="Save the grade").click()
    expect(page.get_by_text("Saved: Nam")).to_be_visible()


def test_n7_n8_nam_fails_tries_again_passes_and_has_the_certificate_of_the_course(academy, visit):
    offering, nam = held(academy, "giving-feedback"), academy.nam
    page = go(visit(academy.an), academy, f"/offerings/{offering.pk}/results/")
    row = page.locator("tbody tr", has_text="Nam")
    row.locator("input.input--grade").fill("70")
    row.locator("input.input--grade").press("Enter")
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(row.locator("[data-result]")).to_contain_text("1 of 2 graded")
    row.get_by_role("link", name="A feedback talk, played").click()
    choose(page, 2)
    expect(row.locator("[data-result]")).to_contain_text("58, not passed")

    page.get_by_role("link", name="Plan a re-sit").click()
    page.get_by_label("Assessment").select_option(label="A feedback talk, played")
    page.get_by_label("Day").fill(f"{clock.today() + timedelta(days=2):%Y-%m-%d}")
    page.get_by_role("button", name="Plan the re-sit").click()
    expect(page.get_by_text("has to wait longer after the last attempt")).to_be_visible()
    day = clock.today() + timedelta(days=8)
    page.get_by_label("Day").fill(f"{day:%Y-%m-%d}")
    page.get_by_role("button", name="Plan the re-sit").dblclick()
    expect(page.get_by_text("attempt 2").first).to_be_visible()
    assert offering.resits.count() == 1
    own = go(visit(nam, width=PHONE), academy, f"/offerings/{offering.pk}/")
    expect(own.get_by_text("next attempt on")).to_be_visible()

    clock.move(to=clock.at_time(day, 17))
    row.get_by_role("link", name="A feedback talk, played").click()
    choose(page, 4)
    expect(row.locator("[data-result]")).to_contain_text("88, passed")
    assert Attempt.objects.filter(offering=offering, person=nam).count() == 3
    assert Result.objects.filter(offering=offering, person=nam).count() == 2

    office = go(visit(academy.mai), academy, f"/certificates/runs/{offering.pk}/")
    office.get_by_role("button", name="Issue the 1 that is due").dblclick()
    office.wait_for_url("**/jobs/**")
    go(office, academy, f"/certificates/runs/{offering.pk}/")
    expect(office.get_by_role("link", name="certificate issued")).to_be_visible()
    given = Certificate.objects.get(person=nam, course=offering.course)
    assert given.issued_by == academy.an
    go(own, academy, "/certificates/")
    own.get_by_role("link", name="Giving feedback").first.click()
    expect(own.get_by_text("who has passed the course")).to_be_visible()
    stranger = go(visit(), academy, f"/verify/{given.number}/")
    expect(stranger.get_by_text("This certificate is valid.")).to_be_visible()


def test_n7_two_who_grade_at_once_lose_nothing(academy, visit):
    offering = held(academy, "writing-at-work")
    address = f"/offerings/{offering.pk}/results/"
    first, second = go(visit(academy.an), academy, address), go(visit(academy.mai), academy, address)
    first.locator("input.input--grade").fill("60")
    first.locator("input.input--grade").press("Enter")
    expect(first.locator("[data-result]")).to_contain_text("60, not passed")
    second.locator("input.input--grade").fill("90")
    second.locator("input.input--grade").press("Enter")
    expect(second.get_by_text("Meanwhile somebody recorded 60").first).to_be_visible()
    expect(second.locator("input.input--grade")).to_have_value("60")
    second.get_by_label("Reason, if you correct a grade").fill("The last page was missing")
    second.locator("input.input--grade").fill("90")
    second.locator("input.input--grade").press("Enter")
    expect(second.locator("[data-result]")).to_contain_text("90, passed")
    assert Attempt.objects.get(offering=offering, is_current=True).reason == "The last page was missing"


def test_n3_what_linh_learned_before_counts_in_her_journey(academy, visit):
    from trellis.domains.people.models import Position
    from trellis.domains.programmes import actions as programmes
    from trellis.domains.programmes.models import Cohort

    linh, open_now = academy.linh, Cohort.objects.filter(join_until__gt=clock.today()).order_by("pk").first()
    joined = programmes.join(
        person=linh, cohort=open_now, position=Position.objects.get(code="team-leader"), actor=linh
    )
    own = go(visit(linh, width=PHONE), academy, "/courses/giving-feedback/")
    own.get_by_role("link", name="I have learned this already").click()
    own.get_by_label("What did you learn, and where?").fill("Two days on feedback at my former studio")
    own.get_by_label("Finished on").fill("2025-06-03")
    paper = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"MZ this is no PDF \x00"}
    own.get_by_label("Certificate or another paper").set_input_files(files=[paper])
    own.get_by_role("button", name="Ask the academy").click()
    expect(own.get_by_text("By its content, the file is not of a kind")).to_be_visible()
    own.get_by_label("Certificate or another paper").set_input_files(files=[{**paper, "buffer": b"%PDF-1.7 paper"}])
    own.get_by_role("button", name="Ask the academy").dblclick()
    expect(own.get_by_text("waiting since")).to_be_visible()
    assert Credit.objects.filter(person=linh).count() == 1

    office = go(visit(academy.mai), academy, "/credits/")
    office.get_by_role("link", name="Linh").click()
    paper_at = office.get_by_role("link", name="paper.pdf").get_attribute("href")
    assert office.context.request.get(academy.url + paper_at).ok
    office.get_by_role("button", name="Credit it").click()
    expect(office.get_by_text("Write down the reason")).to_be_visible()
    office.get_by_label("Reason").fill("The school is known to us")
    office.get_by_role("button", name="Credit it").dblclick()
    expect(office.get_by_text("The school is known to us").first).to_be_visible()
    deliver()

    go(own, academy, f"/journeys/{joined.journey.pk}/")
    page = own.content()
    assert "Credited for earlier learning." in page
    assert "The school is known to us" in page
    assert f"Decided by {academy.mai.name}" in page
    go(own, academy, "/transcript/")
    expect(own.get_by_text("Earlier learning credited")).to_be_visible()
