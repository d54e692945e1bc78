"""N10: a cohort of forty, from the intake to the interview, lived through by its five roles while the clock moves on.

Those who matter most to the story do it in a browser; the crowd sends the same forms over HTTP, each as themselves.
Nothing is written but by pages, and nothing becomes past but by waiting for it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE, PHONE
from tests.journeys.crowd import Story, at_night, go_to
from tests.journeys.four_months import CHECKER, LEADER, learn_for_four_months, plan_the_runs, try_again
from trellis.domains.credentials.models import Certificate
from trellis.domains.mentoring.models import MentorshipDay, PlanProposal
from trellis.domains.opportunities.models import Opening
from trellis.domains.opportunities.queries import ranked_list
from trellis.domains.people.models import Holding, Person
from trellis.domains.programmes.models import Cohort, Review, Waiting
from trellis.domains.recognition.models import PayrollLine, PayrollRun
from trellis.kit import clock
from trellis.kit.journal.models import Delivery
from trellis.kit.journal.outbox import deliver
from trellis.kit.tasks.models import Job

NAME = "Next Step 9"
START, END = date(2026, 4, 6), date(2026, 10, 4)
JOIN = "/programmes/next-step/join/"


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """A request for forty people may take a while on a busy machine."""
    expect.set_options(timeout=2 * PATIENCE)
    yield
    expect.set_options(timeout=PATIENCE)


def test_n10_forty_people_from_the_intake_to_the_interview(academy, visit):
    story = Story(academy, visit)
    open_the_intake(story)
    everybody_joins(story)
    plan_the_runs(story)
    one_leaves_and_the_first_in_line_moves_up(story)
    leaders = [person for person in story.people if story.journey(person).position.code == LEADER]
    absent, made_up, failing, resitting, paused = leaders[4:9]
    learn_for_four_months(story, absent, made_up, failing, resitting)
    try_again(story, failing, resitting)
    pause(story, paused)
    spend_six_days(story, paused)
    review_them_all(story)
    graduates = graduate(story)
    not_certified = {person for person in story.people if person.pk not in graduates}
    assert not_certified == {absent, failing, paused}
    for person, words in ((absent, "Out of reach"), (failing, "below the pass mark"), (paused, "Paused until")):
        assert words in story.crowd.get(person, f"/journeys/{story.journey(person).pk}/")
    pay_the_bonuses(story, graduates)
    fill_a_post(story)
    nothing_was_lost()


def open_the_intake(story: Story) -> None:
    """The academy opens an intake of forty places."""
    with story.at(story.academy.mai, "/cohorts/new/") as mai:
        versions = mai.get_by_label("Programme").locator("option").all_inner_texts()
        newest = next(text for text in versions if text.startswith("Next Step"))
        mai.get_by_label("Programme").select_option(label=newest)
        mai.get_by_label("Name").fill(NAME)
        for name, day in (("starts_on", START), ("ends_on", END), ("join_until", START - timedelta(days=3))):
            mai.locator(f"[name={name}]").fill(day.isoformat())
        mai.locator("[name=places]").fill("40")
        mai.locator("form .btn--primary").last.click()
        expect(mai.get_by_text("The cohort is open.")).to_be_visible()
    story.cohort = Cohort.objects.get(name=NAME)


def everybody_joins(story: Story) -> None:
    """Linh and Xiaoyu on their phones, 38 more each for themselves; the next two wait."""
    academy, crowd, cohort = story.academy, story.crowd, story.cohort
    with story.at(academy.linh, f"{JOIN}?cohort={cohort.pk}", width=PHONE) as linh:
        linh.get_by_label("Team leader").check()
        linh.get_by_role("button", name="Continue").click()
        linh.get_by_role("button", name="Yes, I join").click()
        expect(linh.get_by_role("heading", level=1)).to_contain_text("Team leader")
    chinese = {"width": PHONE, "language": "zh-hans", "theme": "dark"}
    with story.at(academy.xiaoyu, f"{JOIN}?cohort={cohort.pk}", **chinese) as xiaoyu:
        xiaoyu.get_by_label("组长").check()
        xiaoyu.get_by_role("button", name="继续").click()
        xiaoyu.get_by_role("button", name="是的，我加入").click()
        expect(xiaoyu.get_by_role("heading", level=1)).to_contain_text("组长")

    editors = Person.objects.filter(holdings__ended_on=None, holdings__position__code="photo-editor", journeys=None)
    free = editors.exclude(pk__in=Waiting.objects.values("person")).filter(role_grants=None)
    *joining, first, second = free.order_by("pk")[:40]
    for number, person in enumerate(joining):
        crowd.post(person, JOIN, cohort=cohort.pk, position=CHECKER if number % 4 == 3 else LEADER)
    for person in (first, second):
        crowd.post(person, JOIN, cohort=cohort.pk, position=LEADER, wait=1)
    assert cohort.journeys.filter(left_at=None).count() == 40
    story.people = [academy.linh, academy.xiaoyu, *joining]


def one_leaves_and_the_first_in_line_moves_up(story: Story) -> None:
    """A place that becomes free is offered, and taken: forty again, and the second still waits."""
    cohort, crowd = story.cohort, story.crowd
    first, second = (waiting.person for waiting in cohort.waiting.order_by("asked_at", "id"))
    go_to(clock.at_time(date(2026, 3, 12)))
    leaver = story.people.pop(2)
    crowd.post(leaver, f"/journeys/{story.journey(leaver).pk}/leave/", reason="We move to another town")
    at_night()
    with story.at(first, "/programmes/next-step/", width=PHONE) as phone:
        phone.get_by_role("link", name="Take the place").click()
        phone.get_by_role("button", name="Yes, I join").click()
        expect(phone.get_by_role("heading", level=1)).to_contain_text("Team leader")
    assert cohort.journeys.filter(left_at=None).count() == 40
    assert cohort.waiting.filter(ended_at=None).get().person == second
    story.people.append(first)


def pause(story: Story, person: Person) -> None:
    """Somebody asks for a pause over the six days, and has it."""
    address = f"/journeys/{story.journey(person).pk}/time/"
    wish = {"from_on": clock.today(), "until_on": clock.today() + timedelta(days=60), "reason": "My child is ill"}
    story.crowd.post(person, address, kind="pause", **wish)
    with story.at(story.academy.mai, "/time-changes/") as mai:
        mai.get_by_role("link", name=person.name).click()
        mai.get_by_role("button", name="Grant").first.click()
        expect(mai.get_by_text("Nobody waits for more time.").or_(mai.locator(".notes"))).to_be_visible()
    at_night()


def spend_six_days(story: Story, paused: Person) -> None:
    """Holders offer their days, the plan finds six for everybody who is there, and both sign each of them."""
    academy, crowd = story.academy, story.crowd
    first = clock.today() + timedelta(days=7 - clock.today().weekday())
    last = first + timedelta(days=25)
    with story.at(academy.minh, "/mentorship-days/offers/", width=PHONE) as minh:
        minh.get_by_label("First day", exact=True).fill(first.isoformat())
        minh.get_by_label("Last day", exact=True).fill(last.isoformat())
        minh.get_by_label("Learners at once").fill("2")
        minh.get_by_role("button", name="Offer these days").click()
        expect(minh.get_by_text("Your days are offered")).to_be_visible()
    wish = {"first": first, "last": last, "weekdays": [0, 1, 2, 3, 4], "starts": "08:00", "ends": "17:00"}
    for code, count in ((LEADER, 6), (CHECKER, 3)):
        holders = Person.objects.filter(
            holdings__position__code=code, holdings__ended_on=None, employments__ended_on=None
        )
        for holder in holders.exclude(pk=academy.minh.pk).order_by("pk")[:count]:
            crowd.post(holder, "/mentorship-days/offers/", **wish, places=2)
    with story.at(academy.mai, f"/cohorts/{story.cohort.pk}/mentorship-days/") as mai:
        mai.get_by_label("First day", exact=True).fill(first.isoformat())
        mai.get_by_label("Last day", exact=True).fill(last.isoformat())
        mai.get_by_label("Only those for whom the mentorship is open").check()
        mai.get_by_role("button", name="Find a plan").click()
        mai.wait_for_url("**/jobs/**")
        plan = PlanProposal.objects.latest("pk")
        story.go(mai, f"/mentorship-days/plans/{plan.pk}/")
        mai.get_by_role("button", name=re.compile(r"Plan these \d+ days")).click()
        expect(mai.get_by_text("put into effect")).to_be_visible()
    days = MentorshipDay.objects.filter(learner__in=story.people, cancelled_at=None).order_by("on", "id")
    assert not days.filter(learner=paused).exists()
    for day in days.select_related("learner", "holder"):
        go_to(clock.at_time(day.on, 17, 30))
        address = f"/mentorship-days/{day.pk}/"
        crowd.post(day.holder, address, value="present", starts="08:00", ends="17:00", pause=60, seen=0)
        crowd.post(day.learner, f"{address}sign/", text="Gave out the work of the morning and held the round")


def review_them_all(story: Story) -> None:
    """Lan decides what waits, one after the other; she returns one, and it comes again."""
    reviews = Review.objects.filter(journey__cohort=story.cohort)
    linhs = reviews.get(person=story.academy.linh)
    with story.at(story.academy.lan, f"/reviews/{linhs.pk}/") as lan:
        lan.locator("[name=reason]").fill("Write down what you took over on the third day.")
        lan.get_by_role("button", name="Return").click()
        expect(lan.get_by_role("link", name="Next in the queue")).to_be_visible()
        with story.at(story.academy.linh, "/journeys/", width=PHONE) as linh:
            expect(linh.get_by_text("Write down what you took over on the third day.").first).to_be_attached()
            linh.locator(".next button").click()
            expect(linh.get_by_text("The academy has been told.")).to_be_visible()
        for review in reviews.filter(state="asked").exclude(person=story.academy.linh):
            story.crowd.post(story.academy.lan, f"/reviews/{review.pk}/", decision="approve", reason="")
        story.go(lan, "/waiting/?kind=reviews")
        lan.get_by_role("link", name=story.academy.linh.name).first.click()
        lan.get_by_role("button", name="Approve").click()
        expect(lan.get_by_text("approved").first).to_be_visible()


def graduate(story: Story) -> set[int]:
    """The ceremony is planned for those who are due, held, and gives each their certificate, once."""
    when = clock.at_time(date(2026, 10, 2), 16)
    with story.at(story.academy.mai, "/ceremonies/new/") as mai:
        mai.locator("[name=starts_at]").fill(f"{when:%Y-%m-%dT%H:%M}")
        mai.locator("[name=place]").fill("Great hall")
        mai.get_by_role("button", name="Plan and invite").click()
        expect(mai.get_by_text("everybody on its list is invited")).to_be_visible()
        address = mai.url
        go_to(when + timedelta(hours=1))
        mai.get_by_role("link", name="Register").click()
        mai.get_by_role("button", name="Everyone else is here").click()
        expect(mai.locator(".notes")).to_contain_text("saved")
        mai.goto(address)
        mai.get_by_role("button", name=re.compile("who are present")).click()
        mai.wait_for_url("**/jobs/**")
        mai.goto(address)
        expect(mai.get_by_role("link", name="All certificates, to print")).to_be_visible()
    given = Certificate.objects.filter(journey__cohort=story.cohort, withdrawn_at=None)
    people = list(given.values_list("person_id", flat=True))
    assert len(people) == len(set(people))
    return set(people)


def pay_the_bonuses(story: Story, graduates: set[int]) -> None:
    """HR makes the list for payroll, and everybody who graduated is on it once."""
    with story.at(story.academy.hoa, "/bonuses/lists/") as hoa:
        hoa.get_by_role("button", name="Make the list").click()
        hoa.wait_for_url("**/bonuses/lists/*/")
        hoa.get_by_role("button", name="All that waits was paid").click()
        expect(hoa.locator(".notes")).to_contain_text("Marked as paid")
    run = PayrollRun.objects.latest("number")
    lines = PayrollLine.objects.filter(person__in=graduates)
    assert lines.filter(run=run, state="paid").count() == lines.count() == len(graduates)


def fill_a_post(story: Story) -> None:
    """A post is open: the certified stand first, by the day of their certificate; Linh is chosen and promoted."""
    academy, crowd, linh = story.academy, story.crowd, story.academy.linh
    with story.at(academy.hoa, "/openings/new/") as hoa:
        hoa.get_by_label("Position").select_option(label="Team leader")
        hoa.get_by_label("Unit").select_option(value=str(Holding.objects.get(person=linh, ended_on=None).unit_id))
        hoa.locator("[name=posts]").fill("1")
        hoa.locator("[name=closes_on]").fill((clock.today() + timedelta(days=14)).isoformat())
        hoa.get_by_role("button", name="Open the post").click()
        expect(hoa.get_by_role("heading", name="Who comes first, and why")).to_be_visible()
    opening = Opening.objects.latest("pk")
    with story.at(linh, f"/openings/{opening.pk}/", width=PHONE) as phone:
        expect(phone.get_by_text("You are certified for it")).to_be_visible()
        phone.get_by_role("button", name="Put myself forward").click()
        expect(phone.get_by_text("You have put yourself forward.")).to_be_visible()

    listed = ranked_list(opening, clock.today())
    graduates = Certificate.objects.filter(journey__cohort=story.cohort, position=opening.position)
    certified = [row.place.candidate.certified_on is not None for row in listed]
    assert certified == sorted(certified, reverse=True)
    assert {row.person.pk for row in listed} >= set(graduates.values_list("person_id", flat=True))
    place = next(number for number, row in enumerate(listed) if row.person == linh)
    before = [row.person for row in listed[:place]]
    assert not set(graduates.values_list("person_id", flat=True)) & {person.pk for person in before}

    when = clock.now() + timedelta(days=3)
    address = f"/openings/{opening.pk}/interviews/"
    for person in before:
        crowd.post(academy.hoa, f"{address}{person.pk}/invite/", at=f"{when:%Y-%m-%dT%H:%M}", place="Room 2")
    with story.at(academy.hoa, address) as hoa:
        row = hoa.locator(".ranked__row").filter(has=hoa.locator(f"a[href='/people/{linh.pk}/']"))
        row.get_by_text("Invite to an interview").click()
        row.get_by_label("Day and time").fill(f"{when:%Y-%m-%dT%H:%M}")
        row.get_by_role("button", name="Invite").click()
        expect(hoa.get_by_text(f"{linh.name} is invited and has been told.")).to_be_visible()
        with story.at(linh, f"/openings/{opening.pk}/", width=PHONE) as phone:
            expect(phone.get_by_text("Your interview is on")).to_be_visible()
        go_to(when + timedelta(days=1))
        story.go(hoa, address)
        row.get_by_text("What came of it").click()
        row.get_by_label("Outcome").select_option(index=0)
        row.get_by_role("button", name="Save").click()
        expect(hoa.get_by_text("Noted.")).to_be_visible()
        row.get_by_role("link", name="Choose").click()
        reasons = hoa.get_by_label("Why not")
        expect(reasons).to_have_count(len(before))
        for number in range(len(before)):
            reasons.nth(number).fill("Would rather wait for a post on the evening shift.")
        hoa.get_by_role("button", name="Choose and promote").click()
        expect(hoa.get_by_role("heading", name="Chosen")).to_be_visible()
    assert Holding.objects.filter(person=linh, began="promoted", position=opening.position).count() == 1
    opening.refresh_from_db()
    assert opening.closed_at
    with story.at(academy.tuan, "/openings/passed-over/", width=PHONE) as tuan:
        expect(tuan.get_by_text("Would rather wait for a post on the evening shift.")).to_have_count(len(before))


def nothing_was_lost() -> None:
    """Every fact has reached all who answer it, at the first try, and no long work has failed."""
    while deliver():
        pass
    assert not Delivery.objects.filter(done_at=None).exists()
    assert list(Delivery.objects.exclude(fault="").values_list("reaction", "fault")) == []
    assert not Job.objects.exclude(state=Job.State.DONE).filter(finished_at__gt=clock.at_time(START)).exists()
