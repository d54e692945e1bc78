"""Rows D4 and D5 in a browser: from a wish to a week, and to a wish."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.growth.models import Card, CheckIn, Finding, Goal, KeyResult

KEYSTROKE, TAP, LOOK = 0.2, 1.5, 4  # seconds, on a phone: a key pressed, a place touched, a page taken in
PINYIN = 3  # keys pressed for one Chinese character
TWO_MINUTES = 120

FIRST_GOALS = {
    "en": (
        ("More", "Goals", "I know what I want", "That is my goal"),
        ("teach what I know about colour", "Give my first lesson", "Lessons given", "4", "lessons"),
        ("Ask An how she began", "Film my screen", "Write down ten tricks"),
    ),
    "zh-hans": (
        ("更多", "目标", "我知道自己想要什么", "这就是我的目标"),
        ("成为色彩方面的讲师", "讲好第一堂课", "讲过的课", "4", "堂"),
        ("请教安老师", "录下我的操作", "写下十个技巧"),
    ),
}


def keys(text: str) -> int:
    """How many keys it takes to write the text."""
    return sum(PINYIN if "\u3400" <= sign <= "\u9fff" else 1 for sign in text)


@pytest.mark.parametrize("language", FIRST_GOALS)
def test_d4_a_first_goal_with_a_number_and_three_cards_in_two_minutes_by_phone(academy, visit, language):
    (more, goals, begin, done), (wish, objective, result, target, unit), steps = FIRST_GOALS[language]
    person = academy.ha
    person.goals.all().delete()
    page = visit(person, width=PHONE, language=language)
    page.goto(academy.url + "/")
    seconds, taps = 0.0, 0

    def tap(where):
        nonlocal seconds, taps
        where.click()
        seconds, taps = seconds + TAP, taps + 1

    def write(name, text):
        nonlocal seconds
        field = page.locator(f"[name={name}]")
        tap(field)
        field.fill(text)
        seconds += keys(text) * KEYSTROKE

    for link in (page.locator("nav.tabs").get_by_role("link", name=more), page.get_by_role("link", name=goals).first):
        tap(link)
        seconds += LOOK
    tap(page.get_by_role("link", name=begin))
    seconds += LOOK
    said = {"title": wish, "objective": objective, "result": result, "target": target, "unit": unit}
    for name, text in said.items():
        write(name, text)
    for number, step in enumerate(steps, 1):
        write(f"step_{number}", step)
    page.get_by_role("button", name=done).dblclick()
    seconds, taps = seconds + TAP, taps + 1
    expect(page.get_by_role("heading", level=1)).to_have_text(wish[0].upper() + wish[1:])
    for step in steps:
        expect(page.get_by_role("link", name=step)).to_be_visible()
    assert Goal.objects.filter(owner=person).count() == 1
    assert KeyResult.objects.get(objective__goal__owner=person).target == 4
    assert Card.objects.filter(goal__owner=person).count() == 3
    assert taps <= 12
    assert seconds < TWO_MINUTES, f"{seconds:.0f} seconds"


def test_d4_a_check_in_moves_the_score_and_keeps_what_was_before(academy, visit):
    page = visit(academy.linh, width=PHONE)
    page.goto(academy.url + "/goals/")
    goal = academy.linh.goals.first()
    before = CheckIn.objects.filter(key_result__objective__goal=goal).count()
    page.get_by_role("link", name="Check in").click()
    rounds = page.get_by_label("Now: Morning rounds I have led")
    rounds.fill("nine")
    page.get_by_role("button", name="That is how it stands").click()
    expect(page.get_by_text("This is not a number.")).to_be_visible()
    rounds.fill("9,0")
    page.get_by_label("Note: Morning rounds I have led").fill("Three in one week")
    slider = page.get_by_label("Slide: Pictures sent back of those I looked over")
    assert slider.bounding_box()["height"] >= 40, "for a thumb"
    slider.fill("8")
    expect(page.get_by_label("Now: Pictures sent back of those I looked over")).to_have_value("8")
    page.get_by_role("button", name="That is how it stands").dblclick()
    expect(page.get_by_text("Kept:")).to_be_visible()
    page.get_by_role("link", name="Become a team leader").click()
    expect(page.locator(".goal__kr", has_text="Morning rounds")).to_contain_text("75 %")
    page.get_by_role("link", name="Morning rounds I have led").click()
    expect(page.get_by_text("Now 9 rounds: 75 % of the way from 0 to 12.")).to_be_visible()
    expect(page.get_by_role("row", name="Three in one week")).to_have_count(1)
    assert CheckIn.objects.filter(key_result__objective__goal=goal).count() == before + 3


def test_d4_two_devices_write_on_one_goal_and_nothing_is_lost_unseen(academy, visit):
    address = f"{academy.url}/goals/{academy.linh.goals.first().pk}/edit/"
    desk, phone = visit(academy.linh), visit(academy.linh, width=PHONE)
    for page in (phone, desk):
        page.goto(address)
    for page, title in ((phone, "lead the calmest team"), (desk, "lead the best team")):
        page.get_by_label("I want to").fill(title)
        page.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("changed on another device")).to_be_visible()
    expect(desk.get_by_text("lead the calmest team")).to_be_visible()
    expect(desk.get_by_label("I want to")).to_have_value("lead the best team")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Lead the best team")


def test_d4_a_goal_is_let_go_without_a_stain_and_comes_back(academy, visit):
    page = visit(academy.linh)
    page.goto(f"{academy.url}/goals/{academy.linh.goals.first().pk}/")
    expect(page.locator("progress")).to_have_count(3)
    page.get_by_role("button", name="Let it go").last.click()
    expect(page.get_by_text("Nothing of it is lost")).to_be_visible()
    page.get_by_role("button", name="Take it up again").click()
    expect(page.get_by_role("button", name="It is reached")).to_be_visible()
    expect(page.locator("progress")).to_have_count(3)


def test_d5_who_does_not_know_it_yet_finds_a_goal(academy, visit):
    page = visit(academy.ha, width=PHONE)
    page.goto(academy.url + "/goals/find/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("What gives you energy?").fill("Giving feedback to somebody new")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("heading", name="Whom do you admire, and for what?")).to_be_visible()
    page.get_by_role("button", name="Stop for now").click()
    page.get_by_role("link", name="Help me find it").click()
    page.get_by_role("button", name="Go on where I was").click()
    expect(page.get_by_role("heading", name="Whom do you admire, and for what?")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Coaching").check()
    page.get_by_role("button", name="Next").click()
    fit = page.locator(".find__fit", has_text="Coaching").first
    expect(fit).to_contain_text("It asks for what you would like to do more of: Coaching")
    fit.get_by_role("radio").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("teach others what I know about colour").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("link", name="Find a mentor")).to_be_visible()
    page.get_by_text("Put on my board").first.click()
    page.get_by_role("button", name="Put on my board").click()
    expect(page.get_by_text("It is on your board.")).to_be_visible()
    assert Card.objects.get(origin=f"{academy.ha.pk}:finding:energy").title.startswith("Talk to")
    title = page.get_by_label("I want to")
    expect(title).to_have_value("teach others what I know about colour")
    title.fill("help three new editors begin")
    page.get_by_role("button", name="Make it my goal").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help three new editors begin")
    expect(page.get_by_text("Giving feedback to somebody new")).to_have_count(0)
    goal = Goal.objects.get(owner=academy.ha)
    assert (goal.why, goal.position is not None) == ("", True)
    assert Finding.objects.get(person=academy.ha).energy == "Giving feedback to somebody new"


def test_d5_an_example_shows_the_sentence_and_no_name(academy, visit):
    linh = visit(academy.linh)
    linh.goto(f"{academy.url}/goals/{academy.linh.goals.last().pk}/")
    linh.get_by_role("link", name="Show it as an example").click()
    expect(linh.get_by_text("Everybody in the company who looks for a goal can see it.")).to_be_visible()
    linh.get_by_role("button", name="Show it without my name").click()
    other = visit(academy.ha)
    other.goto(academy.url + "/goals/find/examples/")
    expect(other.get_by_label("speak English without looking for words")).to_be_visible()
    expect(other.locator("main")).not_to_contain_text("Linh")
    linh.get_by_role("link", name="Shown as an example").click()
    linh.get_by_role("button", name="Show it no more").click()
    other.reload()
    expect(other.get_by_label("speak English without looking for words")).to_have_count(0)
