"""Who decides what in a team, and what one wants laid over what is needed: rows D7 and D2 in a browser."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.growth.models import Agreed, Choice, Decision, SkillNeed, SkillWish
from trellis.domains.learning.models import Mandatory
from trellis.kit import clock


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


def test_d7_a_team_chooses_in_secret_reveals_at_once_explains_and_agrees(academy, visit):
    decision = Decision.objects.get(title="Who trains somebody new")
    before = Choice.objects.filter(round__decision=decision).count()
    page = go(visit(academy.linh, width=PHONE), academy, "/decisions/")
    page.get_by_role("link", name="Hanoi team 1").click()
    page.get_by_role("link", name=decision.title).click()
    expect(page.get_by_text(f"{before} of 13 have chosen")).to_be_visible()
    page.get_by_role("button", name="7 Delegate").click()
    expect(page.get_by_role("button", name="7 Delegate")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="2 Sell").click()  # changed her mind
    expect(page.get_by_text(f"{before + 1} of 13 have chosen")).to_be_visible()
    expect(page.get_by_text(academy.nam.name)).to_have_count(0)  # nobody's name, and no level, before the reveal
    page.get_by_role("button", name="Reveal all choices").click()
    expect(page.get_by_text("lowest: says why")).to_have_count(1)
    page.get_by_label("You chose at one end").fill("Whoever is new should hear it from one person.")
    page.get_by_role("button", name="Say it").click()

    lead = go(visit(academy.thuy, scripts=False), academy, f"/decisions/{decision.pk}/")
    expect(lead.get_by_text("hear it from one person")).to_be_visible()
    lead.get_by_label("Level agreed").select_option("5")
    lead.get_by_label("Note").fill("Thúy names somebody; the team says how")
    lead.get_by_role("button", name="Write it down").click()
    expect(lead.get_by_text("holds now")).to_be_visible()
    agreed = Agreed.objects.get(decision=decision)
    assert (agreed.level, agreed.written_by) == (5, academy.thuy)
    board = go(page, academy, f"/units/{decision.unit_id}/decisions/")
    expect(board.get_by_role("row", name=decision.title)).to_contain_text("5 Advise")


def test_d7_a_revision_keeps_what_was_agreed_before_and_others_see_it_only_when_the_team_opens(academy, visit):
    decision = Decision.objects.get(title="Who approves holidays")
    page = go(visit(academy.nam, scripts=False), academy, f"/decisions/{decision.pk}/")
    page.get_by_text("Agreed otherwise?").click()
    page.get_by_label("Level agreed").select_option("6")
    page.get_by_role("button", name="Write it down").click()
    history = page.get_by_role("region", name="How it came about")
    expect(history.get_by_role("listitem")).to_have_count(3)
    expect(history.get_by_role("listitem").first).to_contain_text("6 Inquire")

    board = f"{academy.url}/units/{decision.unit_id}/decisions/"
    other = visit(academy.minh, scripts=False)
    assert other.goto(board).status == 403
    page.goto(board)
    page.get_by_role("button", name="Show it to everybody").click()
    expect(page.get_by_text("Everybody in the company can read")).to_be_visible()
    assert other.goto(board).status == 200
    expect(other.get_by_role("row", name=decision.title)).to_contain_text("6 Inquire")
    assert other.goto(f"{academy.url}/decisions/{decision.pk}/").status == 403  # how each chose stays the team's


def test_d2_she_lays_her_wishes_over_what_is_needed_and_the_job_stands_apart(academy, visit):
    page = go(visit(academy.linh, width=PHONE), academy, "/wishes/")
    both = page.get_by_role("region", name="Both")
    expect(both.get_by_role("link", name="Giving feedback").first).to_be_visible()
    mine = page.get_by_role("region", name="Only I want it")
    expect(mine.get_by_text("Analogue photography", exact=True)).to_be_visible()
    wanted = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Data analysis", exact=True))
    wanted.get_by_role("button", name="I want it too").click()
    expect(both.get_by_role("link", name="Data analysis", exact=True)).to_be_visible()
    wanted.get_by_role("button", name="Onto my board").click()
    expect(page.get_by_text("It is on your board.")).to_be_visible()
    job = page.get_by_role("region", name="Apart from it")
    expect(job.get_by_text("Fire safety")).to_be_visible()
    expect(job.get_by_text("done").first).to_be_visible()
    wanted.get_by_role("button", name="I no longer want it").click()
    expect(page.get_by_text("Taken out")).to_be_visible()
    assert not SkillWish.objects.filter(owner=academy.linh, competency__code="data-analysis").exists()


def test_d2_a_head_says_what_is_needed_and_the_office_what_is_required(academy, visit):
    page = go(visit(academy.thuy, scripts=False), academy, "/needs/")
    page.get_by_label("Skill").select_option(label="Coaching")
    page.get_by_label("Where it is needed").select_option(label="Hanoi team 1")
    page.get_by_label("What for").fill("Two new colleagues in May")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Two new colleagues in May")).to_be_visible()
    assert SkillNeed.objects.filter(declared_by=academy.thuy).count() == 1

    office = go(visit(academy.mai), academy, "/mandatory/all/")
    fire = Mandatory.objects.get(course__code="fire-safety")
    office.get_by_role("link", name="Fire safety, overdue").click()
    late = office.get_by_role("row").nth(1).get_by_role("link")
    name = late.inner_text()
    late.click()
    office.get_by_label("Done on").fill(clock.today().isoformat())
    office.get_by_role("button", name="Record it").dblclick()
    expect(office.get_by_text("done").first).to_be_visible()
    go(office, academy, f"/mandatory/{fire.pk}/?state=overdue")
    expect(office.get_by_role("link", name=name, exact=True)).to_have_count(0)
