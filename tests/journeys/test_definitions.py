"""The office tries a programme out on people, and moves somebody to a newer version knowing what it means."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.people.models import Person


def test_definitions_mai_sees_who_would_pass_today_and_what_the_others_lack(academy, visit):
    page = visit(academy.mai)
    page.goto(academy.url + "/programmes/next-step/")
    page.get_by_role("link", name="Dry run").click()
    page.get_by_label("Position to step to").select_option(label="Team leader")
    page.get_by_role("button", name="Run it").click()
    gate = page.get_by_role("region", name="Ready for the mentorship").first
    expect(gate.get_by_role("link", name=re.compile("^Would pass"))).to_be_visible()
    gate.get_by_text("What is lacking most").click()
    gate.get_by_role("link", name="English at work: passed").click()
    people = page.locator("#people")
    expect(people.get_by_role("heading")).to_contain_text("English at work: passed")
    expect(people.locator(".rows__row").first).to_contain_text("English at work")
    with page.expect_download() as taken:
        people.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "next-step-dry-run.csv"


def test_definitions_xiaoyu_is_moved_to_the_newer_version_with_a_reason_and_back(academy, visit):
    from trellis.domains.programmes.models import Journey

    maker = Journey.objects.select_related("version").get(person__email="xiaoyu@pixel.example")
    page = visit(academy.mai, scripts=False)
    move(page, academy, "2", "The departments are rated as they go.")
    maker.refresh_from_db()
    assert maker.version.number == 2

    hers = visit(Person.objects.get(pk=maker.person_id), width=PHONE, language="zh-hans")
    hers.goto(f"{academy.url}/journeys/{maker.pk}/")
    expect(hers.get_by_text("尚不可用").first).to_be_attached()
    hers.goto(academy.url + "/notices/")
    expect(hers.get_by_text("The departments are rated as they go.")).to_be_visible()

    move(page, academy, "1", "It was too early.")
    maker.refresh_from_db()
    assert maker.version.number == 1


def move(page: Any, academy: Any, number: str, reason: str) -> None:
    page.goto(academy.url + "/programmes/makers/versions/")
    page.get_by_role("link", name=re.compile(rf"Move people here.*Version {number}$")).click()
    hers = page.locator(".rows__row", has_text="晓雨")
    expect(hers.get_by_role("checkbox")).to_be_checked()
    expect(hers).to_contain_text("1 changed")
    page.get_by_role("button", name="Move those ticked").click()
    expect(page.get_by_text("Write down why")).to_be_visible()
    page.get_by_label("Why").fill(reason)
    page.get_by_role("button", name="Move those ticked").click()
    expect(page.get_by_text("1 person was moved and told.")).to_be_visible()
