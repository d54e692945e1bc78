"""A published framework comes in by its two files, and a data analyst reads from the map what the next level asks."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE
from trellis.kit import clock

DATA = Path(os.environ.get("TRELLIS_FRAMEWORK_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
FILES = [DATA / "uk_gdad_pcf_role.csv", DATA / "uk_gdad_pcf_skill.csv"]


@pytest.mark.skipif(not all(f.exists() for f in FILES), reason="the published files are not part of the product")
def test_a_data_analyst_finds_what_the_next_level_asks_and_what_she_lacks(academy, visit):
    from trellis.domains.people.actions import history
    from trellis.domains.people.models import Position

    page = visit(academy.mai)
    page.goto(academy.url + "/imports/frameworks/")
    for field, file in zip(page.locator("input[type=file]").all(), FILES, strict=True):
        field.set_input_files(file)
    page.get_by_role("button", name="Read the files").click()
    expect(page.locator("main")).to_contain_text("52 pathways")
    expect(page.locator("main")).to_contain_text("188 competencies")
    page.get_by_role("button", name="See what would change").click()
    page.locator("main form button.btn--primary").click(timeout=3 * PATIENCE)  # fifty pathways
    page.wait_for_load_state()
    assert Position.objects.filter(steps__pathway__name="Data analyst").count() > 3

    analyst = Position.objects.get(steps__pathway__name="Data analyst", name="Data analyst")
    linh = academy.linh
    history.move(
        person=linh, position=analyst, unit=linh.holdings.get(ended_on=None).unit, on=clock.today(), actor=academy.hoa
    )
    page = visit(linh)
    page.goto(academy.url + "/pathways/")
    expect(page.locator(".role--you").first).to_contain_text("Data analyst")
    page.get_by_role("link", name="Senior data analyst").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Senior data analyst")
    expect(page.locator(".gap__row").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("What to be able to do")
