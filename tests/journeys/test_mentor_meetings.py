"""Linh and her mentor meet: what is open comes first, what is taken on becomes a card; a new mentor, a new start."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.mentoring.models import Meeting, Mentorship
from trellis.domains.sessions.queries import sessions_of


def card(page: Any, title: str) -> Any:
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=title))


def test_d3_meetings_have_an_agenda_notes_and_actions_that_become_cards(academy, visit):
    linh = visit(academy.linh, width=PHONE)
    linh.goto(academy.url + "/meetings/")
    linh.locator(".line__name").first.click()
    expect(linh.get_by_text("Only you and Hương Trịnh see this")).to_be_visible()
    before = card(linh, "Still open from before")
    expect(before.locator(".line")).to_have_count(3)
    before.get_by_role("button", name="Done Lead the Monday round once").click()
    expect(before.get_by_role("button", name="Not done Lead the Monday round once")).to_be_visible()
    linh.get_by_label("Topic").fill("What if I say something wrong?")
    linh.get_by_role("button", name="Add the topic").click()
    expect(card(linh, "What we talk about")).to_contain_text("What if I say something wrong?")
    card(linh, "Notes of us both").get_by_text("Write", exact=True).click()
    linh.get_by_role("textbox", name="Notes of us both").fill("Say it, and **ask back**.")
    linh.get_by_role("button", name="Keep the notes").click()
    expect(linh.locator("strong", has_text="ask back")).to_be_visible()
    linh.get_by_label("What", exact=True).fill("Ask back once a week")
    linh.get_by_role("button", name="Take it on").dblclick()
    taken = card(linh, "What we take on")
    taken.get_by_role("button", name="Put on my board Ask back once a week").click()
    expect(card(linh, "What we take on")).to_contain_text("on your board")
    linh.goto(academy.url + "/board/")
    expect(linh.get_by_text("Ask back once a week")).to_have_count(1)

    huong = visit(academy.huong)
    huong.goto(academy.url + "/sessions/")
    huong.get_by_role("link", name="Mentor meeting").first.click()
    expect(huong.get_by_text("Only you and Linh Nguyễn see this")).to_be_visible()
    expect(card(huong, "What we take on")).to_contain_text("Ask back once a week")
    mai = visit(academy.mai)
    assert mai.goto(huong.url).status == 403


def test_d3_meetings_follow_a_change_of_mentor(academy, visit):
    minh, linh = visit(academy.minh, width=PHONE), visit(academy.linh)
    from trellis.domains.mentoring.actions.mentors import accept, ask

    planned = sessions_of(academy.huong).filter(cancelled_at=None, meeting__isnull=False).count()
    assert accept(mentorship=ask(mentee=academy.linh, mentor=academy.minh).mentorship, one_more=True) == "accepted"
    assert sessions_of(academy.huong).filter(cancelled_at=None, meeting__isnull=False).count() < planned
    linh.goto(academy.url + "/meetings/")
    linh.get_by_role("link", name="Look at them").click()
    linh.get_by_role("button", name="Propose these times").dblclick()
    linh.wait_for_url("**/meetings/")
    now = Mentorship.objects.get(mentee=academy.linh, state="in_force")
    assert not Meeting.objects.filter(mentorship=now).exists()

    minh.goto(academy.url + f"/mentorships/{now.pk}/times/")
    boxes = minh.get_by_role("checkbox")
    many = boxes.count()
    boxes.first.uncheck()
    minh.get_by_role("button", name="Keep these times").click()
    anyway = minh.get_by_role("button", name="Keep them all the same")
    expect(anyway.or_(minh.get_by_role("heading", name="Mentor meetings", exact=True))).to_be_visible()
    if anyway.is_visible():
        anyway.click()
        expect(minh.get_by_role("heading", name="Mentor meetings", exact=True)).to_be_visible()
    assert Meeting.objects.filter(mentorship=now, session__cancelled_at=None).count() in (many - 1, many)
    linh.goto(academy.url + "/meetings/")
    expect(linh.locator(".line__name", has_text="Minh").first).to_be_visible()
