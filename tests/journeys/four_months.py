"""Four months of courses in the story of a cohort: planned, held, attended and graded."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.crowd import Story, at_night, go_to
from trellis.domains.learning.models import Course, Offering
from trellis.domains.people.models import Person
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.sessions.models import Session
from trellis.kit import clock

LEADER, CHECKER = "team-leader", "quality-controller"


def plan_the_runs(story: Story) -> None:
    """Every course of two positions gets its run, with days, a room where there is one, and a teacher."""
    definition = definition_of(story.cohort.version)
    tracks = filter(None, map(definition.track_to, (LEADER, CHECKER)))
    wanted = {code for track in tracks for code in track.courses}
    keys = {f"c{pk}-wanted" for pk in Course.objects.filter(code__in=wanted).values_list("pk", flat=True)}
    with story.at(story.academy.mai, f"/cohorts/{story.cohort.pk}/runs/") as mai:
        for box in mai.locator("input[name$='-wanted']").all():
            if box.get_attribute("name") not in keys:
                box.uncheck()
        mai.locator("[name=skip]").fill("2026-04-30 2026-05-01")
        mai.get_by_role("button", name="Show the days").click()
        mai.get_by_label("Keep it nevertheless, because").fill("The other class has an assistant on these days")
        mai.get_by_role("button", name="Open all runs").click()
        expect(mai.get_by_text(f"{len(wanted)} courses have their runs")).to_be_visible()
    assert story.cohort.offerings.count() == len(wanted)


def learn_for_four_months(story: Story, absent: Person, made_up: Person, failing: Person, resitting: Person) -> None:
    """Every session in its turn, its register kept by its host; the grades when the last session of a run is over."""
    held = Session.objects.filter(series__offering__cohorts=story.cohort).order_by("starts_at", "id")
    sessions = list(held.select_related("series__offering__course").prefetch_related("hosts"))
    last = {session.series_id: session.pk for session in sessions}
    misses = {session_of(sessions, "leadership"): absent, session_of(sessions, "motivation"): made_up}
    for number, session in enumerate(sessions):
        host: Any = session.hosts.all()[0]
        go_to(session.starts_at)
        if number == 1:
            check_in_by_code(story, session, host)
        go_to(session.ends_at)
        if number == 0 or session.pk in misses:
            keep_the_register(
                story, session, host, misses.get(session.pk), has_make_up=misses.get(session.pk) == made_up
            )
        else:
            story.crowd.post(host, f"/sessions/{session.pk}/register/", rest=1)
        if last[session.series_id] == session.pk:
            grade(story, session.series.offering, {failing.pk: "41", resitting.pk: "63"})
        if number % 12 == 0:
            at_night()


def session_of(sessions: list[Any], code: str) -> int:
    return next(s.pk for s in sessions if s.series.offering.course.code == code)


def check_in_by_code(story: Story, session: Any, host: Person) -> None:
    """Linh types the code from the screen in the room."""
    with (
        story.at(host, f"/sessions/{session.pk}/check-in/") as screen,
        story.at(story.academy.linh, "/check-in/", width=PHONE) as phone,
    ):
        screen.get_by_role("button", name="Open check-in").click()
        phone.get_by_label("Code").fill(screen.locator(".checkin__digits").inner_text())
        phone.get_by_role("button", name="I am here").click()
        expect(phone.locator(".notes")).to_contain_text("You are here: Present")


def keep_the_register(story: Story, session: Any, host: Person, away: Person | None, *, has_make_up: bool) -> None:
    """By touch: who is away, then everybody else; who missed it is offered another session and comes."""
    with story.at(host, f"/sessions/{session.pk}/register/", width=PHONE) as page:
        if away:
            page.locator(f"tr[data-person='{away.pk}'] input[value=absent]").check(force=True)
            expect(page.locator("#counts")).to_contain_text("1 absent")
        page.get_by_role("button", name="Everyone else is here").click()
        expect(page.locator(".notes")).to_contain_text("saved")
        if has_make_up and away:
            row = page.locator(f"tr[data-person='{away.pk}']")
            row.get_by_role("link", name="Offer a make-up").click()
            page.get_by_label("Day", exact=True).fill(clock.today().isoformat())
            page.get_by_label("Starts").fill("19:30")
            page.get_by_label("Ends").fill("21:00")
            page.get_by_role("button", name="Offer a make-up").click()
            expect(page.locator(".notes")).to_contain_text("those who missed the session are told")
    if has_make_up:
        another = Session.objects.get(makes_up=session)
        go_to(another.ends_at)
        story.crowd.post(host, f"/sessions/{another.pk}/register/", rest=1)


def grade(story: Story, offering: Offering, english: dict[int, str]) -> None:
    """The sheet at once, then each rubric; not everybody passes English at once."""
    teacher = offering.teachers.get()
    address = f"/offerings/{offering.pk}/results/"
    sheet = story.crowd.get(teacher, address)
    scores = dict.fromkeys(re.findall(r'name="(g\d+\.[\w-]+)"', sheet), "86")
    if offering.course.code == "english-at-work":
        scores |= {f"g{person}.result": score for person, score in english.items()}
    if scores:
        story.crowd.post(teacher, address, **scores, **{"s" + name[1:]: "0.1" for name in scores})
    rubrics = re.findall(rf'href="({address}\d+/[\w-]+/)"', sheet)
    if rubrics:
        page = story.crowd.get(teacher, rubrics[0])
        best = dict(re.findall(r'name="(c-[\w-]+)" value="(\d+)"', page))  # of each criterion the last level
        for rubric in rubrics:
            story.crowd.post(teacher, rubric, seen="0.1", **best)


def try_again(story: Story, failing: Person, resitting: Person) -> None:
    """The two who did not pass English sit it once more, as its rules allow; one of them passes."""
    english = story.cohort.offerings.get(course__code="english-at-work")
    address = f"/offerings/{english.pk}/results/"
    day = clock.today() + timedelta(days=15)
    with story.at(english.teachers.get(), address) as page:
        page.get_by_role("link", name="Plan a re-sit").click()
        page.get_by_label("Day").fill(day.isoformat())
        page.get_by_role("button", name="Plan the re-sit").click()
        expect(page.get_by_text("attempt 2")).to_have_count(2)
        go_to(clock.at_time(day, 18))
        for person, score in ((failing, "52"), (resitting, "78")):
            cell = page.locator(f"[name='g{person.pk}.result']")
            cell.fill(score)
            cell.press("Enter")
            expect(page.locator("#saved")).to_contain_text("Saved")
        expect(page.get_by_text("52, not passed")).to_be_visible()
        expect(page.get_by_text("78, passed")).to_be_visible()
