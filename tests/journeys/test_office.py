"""The office's day, and what came of everybody who volunteered: in a browser, on the demo company."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


def test_n8_mai_opens_today_and_deals_with_three_kinds_of_things(academy, visit):
    page = go(visit(academy.mai), academy, "/")
    page.get_by_role("link", name="All of it").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    before = {name: model.objects.filter(state="asked").count() for name, model in _asked().items()}
    assert all(before.values()), before

    page.get_by_role("link", name="Review to decide").first.click()
    page.locator(".rows__name").first.click()
    page.locator("[name=reason]").fill("The second English result is missing.")
    page.get_by_role("button", name="Return").click()
    expect(page.get_by_text("Returned, with your reason.")).to_be_visible()

    go(page, academy, "/today/?kind=time")
    page.locator(".rows__name").first.click()
    page.get_by_role("button", name="Grant this").first.click()
    expect(page.locator(".note--ok")).to_be_visible()

    go(page, academy, "/today/?kind=credit")
    page.locator(".rows__name").first.click()
    page.locator("[name=reason]").fill("The certificate names other contents.")
    page.get_by_role("button", name="Decline").click()
    expect(page.locator(".note--ok")).to_be_visible()

    after = {name: model.objects.filter(state="asked").count() for name, model in _asked().items()}
    assert after == {name: n - 1 for name, n in before.items()}


def _asked() -> dict[str, Any]:
    from trellis.domains.learning.models import Credit
    from trellis.domains.programmes.models import Review, TimeChange

    return {"review": Review, "time": TimeChange, "credit": Credit}


def test_n10_mai_gives_five_people_more_time_and_takes_it_back(academy, visit):
    from trellis.domains.programmes.models import Cohort, TimeChange

    cohort = Cohort.objects.get(name="Next Step 7")
    page = go(visit(academy.mai), academy, f"/cohorts/{cohort.pk}/?show=going&sort=state")
    boxes = page.locator("[name=journey]")
    for number in range(5):
        boxes.nth(number).check()
    page.get_by_role("button", name="Act on them").click()
    page.locator("button[value=extension]").click()
    expect(page.locator("[name=journey]")).to_have_count(5)
    page.locator("[name=until_on]").fill(str(cohort.ends_on + timedelta(days=60)))
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("[name=until_on]")).to_be_visible()  # not without a reason
    page.locator("[name=words]").fill("The teacher was ill for a week.")
    page.get_by_role("button", name="Do it").dblclick()
    expect(page.get_by_role("heading", name="Done for 5 people")).to_be_visible()
    given = TimeChange.objects.filter(reason="The teacher was ill for a week.")
    assert [change.state for change in given] == ["granted"] * 5
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back for 5 people.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert {change.state for change in given.all()} == {"withdrawn"}
    go(page, academy, f"/cohorts/{cohort.pk}/acts/")
    expect(page.get_by_text("Taken back")).not_to_have_count(0)


def test_n11_the_funnel_says_how_far_those_came_who_volunteered(academy, visit):
    page = go(visit(academy.tuan), academy, "/funnel/?first=2024-01-01")
    sentence = page.locator(".lede").inner_text()
    assert sentence.startswith("Of ")
    expect(page.get_by_role("img", name=sentence)).to_be_visible()
    everybody = page.locator("svg.funnel text").all_text_contents()
    assert everybody[0] == "Volunteered"
    assert "Placed" in everybody
    expect(page.get_by_role("row", name="Production")).to_be_visible()
    file = page.context.request.get(f"{academy.url}/funnel.csv?first=2024-01-01").text()
    total = int(everybody[1].split(" of ")[0])
    assert f"Everybody,,{total}," in file
    page.locator("[name=first]").fill("2030-01-01")
    page.locator("[name=last]").fill("2029-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("The last day lies before the first one.")).to_be_visible()
    phone = go(visit(academy.thuy, width=PHONE), academy, "/team/")
    expect(phone.get_by_role("heading", name="My team")).to_be_visible()
    assert phone.goto(academy.url + "/funnel/").status == 403
