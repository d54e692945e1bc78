"""Next Step, once through, in a browser: each row of the programme by its name, on the demo company."""

from datetime import timedelta
from typing import Any

from django.test import Client
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.kit import clock

BACKEND = "trellis.domains.people.signing_in.Backend"


def go(page: Any, academy: Any, address: str) -> Any:
    answer = page.goto(academy.url + address)
    assert answer.status == 200, address
    return page


def test_n1_the_map_shows_four_pathways_and_ten_positions(academy, visit):
    page = go(visit(academy.linh), academy, "/pathways/")
    assert page.locator(".map__row").count() == 4
    beyond = {name for name in page.locator(".role > span:first-child").all_inner_texts() if "Photo editor" not in name}
    assert len(beyond) == 10
    expect(page.locator(".role--you")).to_contain_text("You are here")
    page.get_by_role("link", name="Team leader").first.click()
    expect(page.get_by_role("heading", name="Team leader", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Who holds it")).to_be_visible()
    expect(page.get_by_role("heading", name="What it asks, and where you stand")).to_be_visible()


def test_n2_n4_she_joins_herself_and_chooses_the_position(academy, visit):
    page = go(visit(academy.linh, width=PHONE), academy, "/programmes/next-step/")
    page.get_by_role("link", name="Join").first.click()
    page.get_by_label("Team leader").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("What you take on: your way to Team leader")).to_be_visible()
    page.get_by_role("button", name="Yes, I join").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Team leader")
    assert academy.linh.journeys.count() == 1
    assert academy.linh.journeys.get().joined_by_id == academy.linh.pk


def test_n2_nobody_can_enter_another(academy):
    from trellis.domains.programmes.models import Cohort

    cohort = Cohort.objects.order_by("-starts_on").first()
    for who in ("mai", "hoa", "thuy", "tuan"):
        client = Client()
        client.force_login(getattr(academy, who), backend=BACKEND)
        client.post(
            "/programmes/next-step/join/",
            {"cohort": cohort.pk, "position": "team-leader", "person": academy.linh.pk, "person_id": academy.linh.pk},
        )
    assert not academy.linh.journeys.exists()


def states(page: Any) -> list[str]:
    """What the pills of the requirements say, also of those that are folded away."""
    return [text.strip() for text in page.locator(".req .pill").all_text_contents()]


def test_n3_n5_n7_the_journey_says_for_each_requirement_where_it_stands_and_why(academy, visit):
    page = go(visit(academy.nam), academy, "/journeys/")
    said = states(page)
    assert {"Met", "For you to do", "At risk, can be fixed", "Not open yet"} <= set(said)
    expect(page.locator(".req", has_text="At risk").first).to_contain_text("make-up")
    expect(page.locator(".next")).to_have_count(1)


def test_n7_out_of_reach_is_said_with_its_reason(academy, visit):
    page = go(visit(academy.binh, width=PHONE), academy, "/journeys/")
    shut = page.locator(".req", has_text="Out of reach")
    expect(shut).to_have_count(1)
    expect(shut.locator(".req__body")).to_contain_text("missed")


def test_n8_who_waits_sees_for_whom_and_since_when(academy, visit):
    from trellis.domains.programmes.models import Review

    review = Review.objects.filter(state="asked").first()
    page = go(visit(review.person), academy, f"/journeys/{review.journey_id}/")
    assert [text for text in states(page) if text.startswith("Waiting for") and "since" in text]


def test_n6_only_the_holder_confirms_a_day_and_a_short_one_does_not_count(academy, visit):
    from trellis.domains.mentoring import actions

    learner, holder = academy.nam, academy.minh
    position = learner.journeys.get().position
    whole, short = clock.today() + timedelta(days=1), clock.today() + timedelta(days=2)
    days = [
        actions.plan_day(learner=learner, holder=holder, position=position, on=on, actor=learner).day_id
        for on in (whole, short)
    ]
    clock.move(to=clock.at_time(clock.today() + timedelta(days=3)))
    own = go(visit(learner), academy, f"/mentorship-days/{days[0]}/")
    expect(own.get_by_role("button", name="Confirm the day")).to_have_count(0)
    page = visit(holder, width=PHONE)
    for day, ends in zip(days, ("17:00", "16:30"), strict=True):
        go(page, academy, f"/mentorship-days/{day}/")
        page.get_by_label("Present").check()
        page.locator("[name=ends]").fill(ends)
        page.get_by_role("button", name="Confirm the day").click()
        expect(page.get_by_text("Confirmed by Minh")).to_be_visible()
        go(own, academy, f"/mentorship-days/{day}/")
        own.get_by_label("What you saw and did").fill("Led the morning round")
        own.get_by_role("button", name="Sign").click()
        expect(own.get_by_text("Signed by")).to_be_visible()
    go(own, academy, f"/mentorship-days/?position={position.code}")
    text = own.locator("main").inner_text()
    assert "1 of 6" in text
    assert "7.5" in text


def test_n7_an_absence_shows_at_once_and_a_make_up_repairs_it(academy, visit):
    from trellis.domains.sessions import actions as sessions
    from trellis.domains.sessions.models import Series

    teacher, starts = academy.an, clock.now() - timedelta(hours=1)
    series = sessions.open_series(name="Leading", kind=Series.Kind.CLASSES, actor=academy.mai)

    def meeting(hours: float, makes_up: Any = None) -> Any:
        return sessions.schedule(
            series=series, title="", starts_at=starts + timedelta(hours=hours), makes_up=makes_up,
            ends_at=starts + timedelta(hours=hours + 1), hosts=[teacher], actor=teacher,
        )  # fmt: skip

    first, *_later = [meeting(week * 24 * 7) for week in range(10)]
    sessions.take_in(series=series, person_ids=[academy.linh.pk, academy.nam.pk], actor=academy.mai)
    page = go(visit(teacher, width=PHONE), academy, f"/sessions/{first.pk}/register/")
    linh = page.locator("tr[data-person]", has_text="Linh")
    linh.locator('input[value="absent"]').check(force=True)
    expect(linh.locator(".sum")).to_contain_text("cannot reach 100 %")

    make_up = meeting(2, makes_up=first)
    page.reload()
    expect(linh.locator(".sum")).to_contain_text("make-up")
    expect(linh.locator(".sum .pill--bad")).to_have_count(0)
    clock.move(to=clock.now() + timedelta(hours=3))
    go(page, academy, f"/sessions/{make_up.pk}/register/")
    rows = page.locator("tr[data-person]")
    expect(rows).to_have_count(1)
    rows.first.locator('input[value="present"]').check(force=True)
    expect(page.locator("#counts")).to_contain_text("1 present")
    go(page, academy, f"/sessions/{first.pk}/register/")
    expect(linh.locator(".sum")).to_contain_text("1 of 10")


def test_n8_somebody_else_reviews_and_the_certificate_verifies_until_withdrawn(academy, visit):
    from trellis.domains.credentials.models import Certificate
    from trellis.domains.programmes.models import Review

    review = Review.objects.filter(state="asked").first()
    journey = review.journey
    own = visit(journey.person)
    assert own.goto(f"{academy.url}/reviews/{review.pk}/").status == 403
    page = go(visit(academy.lan), academy, "/reviews/")
    page.get_by_role("link", name=journey.person.name).click()
    page.get_by_role("button", name="Approve").dblclick()
    expect(page.get_by_text("approved").first).to_be_visible()
    assert journey.reviews.filter(state="approved").count() == 1
    go(page, academy, f"/reviews/{review.pk}/")
    page.get_by_role("button", name="Issue the certificate").dblclick()
    page.wait_for_url("**/certificates/**")
    certificate = Certificate.objects.get(journey=journey, withdrawn_at=None)
    assert certificate.issued_by == academy.lan

    go(own, academy, f"/certificates/{certificate.number}/")
    expect(own.get_by_text("Your bonus")).to_be_visible()
    paper = own.context.request.get(f"{academy.url}/certificates/{certificate.number}.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")

    stranger = go(visit(), academy, f"/verify/{certificate.number}/")
    expect(stranger.get_by_text("This certificate is valid.")).to_be_visible()
    go(page, academy, f"/certificates/{certificate.number}/withdraw/")
    page.get_by_label("Reason").fill("Issued for the wrong position")
    page.get_by_role("button", name="Withdraw").click()
    stranger.reload()
    expect(stranger.get_by_text("This certificate was withdrawn")).to_be_visible()


def test_n9_the_list_of_an_opening_puts_the_certified_first_with_reasons(academy, visit):
    from trellis.domains.opportunities.models import Opening

    opening = Opening.objects.filter(position__code="team-leader", closed_at=None).first()
    page = go(visit(academy.hoa), academy, f"/openings/{opening.pk}/")
    rows = page.locator(".ranked__row")
    looks = ["Certified" in text for text in rows.all_inner_texts()]
    assert looks[0], "the certified stand first"
    assert looks == sorted(looks, reverse=True), "and nobody stands between them"
    for row in rows.all():
        assert row.locator("p.small").last.inner_text().strip()
