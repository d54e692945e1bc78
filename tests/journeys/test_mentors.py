"""Mentors, in a browser: found by reasons, asked, changed with nobody's leave; and whether there are enough."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.careers.actions.aims import set_aim
from trellis.domains.mentoring.models import Mentorship, Willing
from trellis.domains.people.models import Position


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


def test_d3_she_finds_another_mentor_by_reasons_and_changes_with_nobody_elses_leave(academy, visit):
    set_aim(person=academy.linh, position=Position.objects.get(code="team-leader"))
    page = go(visit(academy.linh, width=PHONE), academy, "/mentors/")
    expect(page.get_by_role("link", name=academy.huong.name)).to_be_visible()
    page.get_by_role("link", name="Choose somebody else").click()
    expect(page.get_by_text("which Team leader still asks of you").first).to_be_visible()
    expect(page.get_by_text("full; one can wait").first).to_be_visible()
    free = page.locator("li", has=page.get_by_text("place free")).or_(
        page.locator("li", has=page.get_by_text("places free"))
    )
    link = free.locator(".row__name").first
    mentor = Willing.objects.get(person__name=link.inner_text()).person
    link.click()
    page.get_by_label("A few words").fill("May I learn from you how to give feedback?")
    page.get_by_label("Why I change").fill("We talk past each other.")
    page.get_by_role("button", name="Ask to be my mentor").dblclick()
    expect(page.get_by_role("heading", name="You asked")).to_be_visible()
    assert Mentorship.objects.filter(mentee=academy.linh, state="asked").count() == 1

    asked = go(visit(mentor), academy, "/mentors/")
    asked.get_by_role("link", name=academy.linh.name).click()
    expect(asked.get_by_text("May I learn from you")).to_be_visible()
    expect(asked.get_by_text("talk past each other")).to_have_count(0)
    asked.get_by_role("button", name="Yes, gladly").click()
    expect(asked.get_by_role("heading", name="Whom I accompany")).to_be_visible()

    go(page, academy, "/mentors/")
    expect(page.locator("section", has_text="My mentor").get_by_role("link", name=mentor.name)).to_be_visible()
    page.get_by_text("Mentors I had").click()
    expect(page.get_by_text("We talk past each other.")).to_be_visible()
    former = go(visit(academy.huong), academy, "/notices/")
    expect(former.get_by_text("goes on with another mentor from today")).to_be_visible()
    expect(former.get_by_text("talk past each other")).to_have_count(0)


def test_d3_who_is_willing_says_with_what_and_takes_a_break_at_any_moment(academy, visit):
    page = go(visit(academy.nam, width=PHONE), academy, "/mentors/")
    page.get_by_role("link", name="I am willing").click()
    expect(page.get_by_label("Giving feedback")).to_be_hidden()
    page.get_by_label("Look for a competency").fill("FEEDB")
    page.get_by_label("Giving feedback").check()
    page.get_by_role("button", name="I am willing").click()
    expect(page.get_by_text("Say at least one language")).to_be_visible()
    page.get_by_label("Vietnamese").check()
    page.get_by_role("button", name="I am willing").click()
    expect(page.get_by_text("you are willing")).to_be_visible()
    other = go(visit(academy.linh), academy, f"/people/{academy.nam.pk}/")
    expect(other.get_by_role("link", name="Ask to be my mentor")).to_be_visible()
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_text("on a break")).to_be_visible()
    go(other, academy, f"/people/{academy.nam.pk}/")
    expect(other.get_by_text("on a break from new mentees")).to_be_visible()


def test_d8_supply_and_demand_of_mentors_are_there_for_everybody_without_a_name(academy, visit):
    waiting = Mentorship.objects.filter(state="asked").select_related("mentee")
    assert waiting
    page = go(visit(academy.linh), academy, "/mentors/")
    page.get_by_role("link", name="Enough mentors?").click()
    expect(page.locator(".lede")).to_contain_text("willing to be mentors")
    teams = page.get_by_role("region", name="By team")
    expect(teams.get_by_role("columnheader", name="Juniors")).to_be_visible()
    shown = page.locator("main").inner_text()
    assert "a few" in shown
    assert not [one for one in waiting if one.mentee.name in shown]
    page.get_by_role("link", name="Giving feedback").click()
    expect(page.get_by_text("helps with Giving feedback, which you look for").first).to_be_visible()
