"""From the review to the post: rows N8, N9, N11 and N12 in a browser, on the demo company."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.kit import clock


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


def test_n8_the_office_decides_what_waits_longest_and_goes_on_to_the_next(academy, visit):
    from trellis.domains.programmes.models import Review

    first = Review.objects.filter(state="asked", journey__left_at=None).order_by("asked_at", "id").first()
    page = go(visit(academy.lan), academy, "/waiting/?kind=reviews")
    expect(page.locator(".rows__row").first).to_contain_text(first.person.name)
    page.get_by_role("link", name=first.person.name).first.click()
    page.get_by_role("button", name="Return").click()
    expect(page.get_by_role("button", name="Return")).to_be_visible()  # not without a reason
    page.locator("[name=reason]").fill("The second English result is missing.")
    page.get_by_role("button", name="Return").click()
    page.get_by_role("link", name="Next in the queue").click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    first.refresh_from_db()
    assert (first.state, first.decided_by) == ("returned", academy.lan)


def test_n8_a_graduation_gives_everybody_due_their_certificate_once(academy, visit):
    from trellis.domains.credentials.models import Ceremony, Certificate
    from trellis.kit.tasks.worker import Worker

    ceremony = Ceremony.objects.get()
    due = [graduate.journey for graduate in ceremony.graduates.all()]
    assert due
    page = go(visit(academy.mai), academy, f"/ceremonies/{ceremony.pk}/")
    page.get_by_role("button", name="Issue to all who are due").dblclick()
    page.wait_for_url("**/jobs/**")
    Worker().do_one()
    go(page, academy, f"/ceremonies/{ceremony.pk}/")
    expect(page.get_by_text("certificate issued")).to_have_count(len(due))
    assert Certificate.objects.filter(journey__in=due, withdrawn_at=None).count() == len(due)
    paper = page.context.request.get(f"{academy.url}/ceremonies/{ceremony.pk}/certificates.pdf")
    assert paper.body().startswith(b"%PDF")
    colleague = go(visit(academy.linh, width=PHONE), academy, f"/ceremonies/{ceremony.pk}/")
    expect(colleague.get_by_text(due[0].person.name)).to_be_visible()


def test_n8_each_bonus_goes_to_payroll_once(academy, visit):
    from trellis.domains.recognition.models import PayrollLine, PayrollRun
    from trellis.domains.recognition.queries import unlisted

    waiting = unlisted().count()
    assert waiting
    page = go(visit(academy.hoa), academy, "/bonuses/lists/")
    page.get_by_role("button", name="Make the list").dblclick()
    page.wait_for_url("**/bonuses/lists/*/")
    run = PayrollRun.objects.latest("number")
    assert run.lines.count() == waiting
    assert unlisted().count() == 0
    file = page.context.request.get(f"{academy.url}/bonuses/lists/{run.number}.csv").text()
    assert file == page.context.request.get(f"{academy.url}/bonuses/lists/{run.number}.csv").text()
    assert len(file.strip().splitlines()) == waiting + 1
    go(page, academy, f"/bonuses/lists/{run.number}/")
    page.get_by_role("button", name="All that waits was paid").click()
    assert page.get_by_text("paid", exact=True).count() == PayrollLine.objects.filter(run=run, state="paid").count()


def test_n9_the_certified_interview_first_and_passing_over_needs_a_reason_that_is_reported(academy, visit):
    from trellis.domains.opportunities.models import Opening, PassingOver
    from trellis.domains.people.models import Holding

    opening = Opening.objects.filter(position__code="team-leader", closed_at=None).first()
    page = go(visit(academy.hoa), academy, f"/openings/{opening.pk}/interviews/")
    rows = page.locator(".ranked__row")
    name = rows.last.locator(".rows__name").inner_text()
    expect(rows.first).to_contain_text("Certified")
    rows.last.get_by_text("Invite to an interview").click()
    rows.last.get_by_label("Day and time").fill(f"{clock.today() + timedelta(days=2)}T10:00")
    rows.last.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("They interview first")).to_be_visible()

    page.locator(".ranked__row").last.get_by_role("link", name="Choose").click()
    reasons = page.get_by_label("Why not")
    count = reasons.count()
    assert count
    for number in range(count):
        reasons.nth(number).fill("Asked for another shift.")
    page.get_by_role("button", name="Choose and promote").dblclick()
    expect(page.get_by_role("heading", name="Chosen")).to_be_visible()
    expect(page.locator("section", has_text="Chosen").first).to_contain_text(name)
    opening.refresh_from_db()
    assert opening.closed_at
    placement = opening.placements.get()
    assert Holding.objects.filter(person=placement.person, began="promoted", position=opening.position).count() == 1
    assert PassingOver.objects.filter(opening=opening, kind="choice").count() == count

    leader = go(visit(academy.tuan, width=PHONE), academy, "/openings/passed-over/")
    expect(leader.get_by_text("Asked for another shift.")).to_have_count(count)


def test_n9_the_invited_read_it_on_their_phone_and_may_decline(academy, visit):
    from trellis.domains.opportunities.models import Interview

    interview = Interview.objects.filter(at__gt=clock.now(), outcome="").first()
    page = go(visit(interview.person, width=PHONE), academy, f"/openings/{interview.opening_id}/")
    expect(page.get_by_text("Your interview is on")).to_be_visible()
    page.get_by_role("button", name="Take it back").or_(page.get_by_role("button", name="Not for me")).click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    interview.refresh_from_db()
    assert interview.outcome == "declined"


def test_n11_supply_stands_against_expected_openings_3_6_and_12_months_ahead(academy, visit):
    page = go(visit(academy.hoa), academy, "/pool/")
    page.get_by_role("link", name="Supply and openings ahead").click()
    for months in (3, 6, 12):
        expect(page.get_by_role("columnheader", name=f"{months} months")).to_be_visible()
    before = page.locator("tbody tr", has_text="Team leader").first.inner_text()
    page.get_by_role("link", name="Expect an opening").first.click()
    page.get_by_label("Position").select_option(label="Team leader")
    page.get_by_label("Number of posts").fill("60")
    page.get_by_label("Needed by").fill(str(clock.today() + timedelta(days=30)))
    page.get_by_role("button", name="Write it down").dblclick()
    expect(page.get_by_text("60 posts", exact=False)).to_have_count(1)
    after = page.locator("tbody tr", has_text="Team leader").first.inner_text()
    assert after != before
    assert "short" in after
    file = page.context.request.get(f"{academy.url}/pool/supply.csv").text()
    assert "Team leader,12," in file


def test_n11_who_is_ready_or_nearly_and_what_is_left(academy, visit):
    page = go(visit(academy.tuan, width=PHONE), academy, "/pool/positions/team-leader/")
    expect(page.get_by_text("counts until").first).to_be_visible()
    expect(page.get_by_text("left:").first).to_be_visible()
    assert "Team leader" in page.context.request.get(f"{academy.url}/pool.csv").text()


def test_n12_she_tells_her_story_and_takes_it_back(academy, visit):
    from trellis.domains.opportunities.models import Story

    page = go(visit(academy.phong, width=PHONE), academy, "/stories/mine/")
    page.get_by_role("button", name="Tell it").first.click()
    page.get_by_label("Title").fill("From one shift to the other")
    page.get_by_role("button", name="Save").click()
    story = Story.objects.get(person=academy.phong)
    other = visit(academy.linh)
    assert other.goto(f"{academy.url}/stories/{story.pk}/").status == 403
    page.get_by_label("I agree that everybody").check()
    page.get_by_role("button", name="Publish my story").click()
    expect(page.get_by_text("because you agreed")).to_be_visible()
    go(other, academy, "/stories/")
    other.get_by_role("link", name="From one shift to the other").click()
    expect(other.get_by_role("heading", name="What it brought")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    assert other.goto(f"{academy.url}/stories/{story.pk}/").status == 403
