"""Next Step, once through, in a browser: each row of the programme by its name, on the demo company."""

from typing import Any

from django.test import Client
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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


def test_n3_n5_n7_the_journey_says_for_each_requirement_where_it_stands_and_why(academy, visit):
    page = go(visit(academy.nam), academy, "/journeys/")
    said = page.locator(".req .pill").all_inner_texts()
    assert "Met" in said
    assert any("Waiting for" in text and "since" in text for text in said)
    assert "For you to do" in said
    assert any(text.startswith("At risk") for text in said)
    at_risk = page.locator(".req", has_text="At risk").first
    expect(at_risk).to_contain_text("make-up")
    expect(page.locator(".next")).to_have_count(1)


def test_n7_out_of_reach_is_said_with_its_reason(academy, visit):
    page = go(visit(academy.binh, width=PHONE), academy, "/journeys/")
    shut = page.locator(".req", has_text="Cannot be met").first
    shut.locator("summary").click() if not shut.get_attribute("open") is not None else None
    expect(shut.locator(".req__body")).to_contain_text("missed")


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
