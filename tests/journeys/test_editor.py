"""The academy writes a programme in the browser, from a blank page to what people read."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

NODES = (
    ("First weeks", "Kick-off", "event", "1", "week"),
    ("First weeks", "First letter", "task", "2", "weeks_before"),
    ("Own project", "Plan", "task", "6", "weeks_after"),
    ("Own project", "Presentation", "event", "12", "week"),
)


def save(page: Any, name: str = "Add") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_academy_writes_a_programme_on_a_phone_without_scripts_and_linh_reads_it(academy, visit):
    page = visit(academy.mai, width=PHONE, scripts=False)
    page.goto(academy.url + "/drafts/")
    page.get_by_label("Name in English").fill("Growing roots")
    page.get_by_label("Name in Chinese").fill("扎根计划")
    page.get_by_role("button", name="Begin").click()
    wrong = page.get_by_role("region", name="What is still wrong")
    expect(wrong).to_contain_text("at least one stage")

    for stage, first, last in (("First weeks", "-2", "4"), ("Own project", "5", "12")):
        page.get_by_role("link", name="Stage", exact=True).click()
        page.get_by_label("Name in English").fill(stage)
        page.get_by_label("First week").fill(first)
        page.get_by_label("Last week").fill(last)
        save(page)
    for stage, name, kind, number, when in NODES:
        page.get_by_role("link", name=f"Node in “{stage}”").click()
        page.get_by_label("Name in English").fill(name)
        page.get_by_label("What kind of node").select_option(kind)
        page.get_by_label("When: how many").fill(number)
        page.get_by_label("When: counted in").select_option(when)
        save(page)
    expect(page.get_by_text("2 weeks before the start")).to_be_visible()
    page.get_by_role("button", name="Down: Plan").click()

    # A gate of three leaves, of which two are to be met; at first it asks for more than there are.
    page.get_by_role("link", name="Completion").click()
    page.get_by_role("link", name="Requirement").click()
    page.get_by_role("link", name="A group: all of, any of, or some of several").click()
    page.get_by_label("so many of them:").check()
    page.get_by_label("How many").fill("2")
    save(page)
    for kind, label, value in (
        ("One course passed", "Course", "leadership"),
        ("One course passed", "Course", "motivation"),
        ("A level of a competency shown", "Competency and level", "feedback:2"),
    ):
        page.get_by_role("link", name="Requirement").first.click()
        page.get_by_role("link", name=kind).click()
        page.get_by_label(label, exact=True).select_option(value)
        save(page)
        if value == "leadership":
            expect(wrong).to_contain_text("2 are asked, but there are only 1.")
    expect(page.locator("strong", has_text="2 of these 3:")).to_be_visible()
    expect(wrong).to_contain_text("Nothing: it can be published.")

    # A fault is named, and led to.
    page.get_by_role("link", name="Growing roots").click()
    page.get_by_role("link", name="Own project", exact=True).click()
    page.get_by_label("First week").fill("3")
    save(page, "Save")
    expect(wrong).to_contain_text("Stage “Own project”: The stage begins before the one before it ends")
    wrong.get_by_role("link", name="Mend it").first.click()
    page.get_by_label("First week").fill("5")
    save(page, "Save")
    expect(wrong).to_contain_text("Nothing: it can be published.")

    page.get_by_role("link", name="Try it on real people").click()  # it has its own stories
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("What is new, and why").fill("For everybody who has just begun")
    page.get_by_role("button", name="Publish this version").click()
    expect(page.get_by_text("Published. Who joins from now on goes by this version.")).to_be_visible()

    reader = visit(academy.linh)
    reader.goto(academy.url + "/programmes/")
    reader.get_by_role("link", name="Growing roots").click()
    expect(reader.get_by_text("Own project")).to_be_visible()


def test_two_who_write_at_once_see_each_other(academy, visit):
    pages = [visit(academy.mai), visit(academy.quan)]
    for page in pages:
        page.goto(academy.url + "/programmes/next-step/")
        page.get_by_role("button", name="Edit").click()
        page.get_by_role("link", name="Kick-off").click()
    mai, quan = pages
    mai.get_by_label("What it delivers, in English").fill("Everybody knows everybody")
    save(mai, "Save")
    quan.get_by_label("When: how many").fill("2")
    save(quan, "Save")
    expect(quan.locator(".note--warn")).to_contain_text("Node “Kick-off” changed: what it delivers")
    expect(quan.get_by_label("When: how many")).to_have_value("2")
    save(quan, "Save")
    expect(quan.get_by_text("event · Week 2 · the academy · delivers: Everybody knows everybody")).to_be_visible()
