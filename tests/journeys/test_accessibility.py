"""Every page: no fault that axe knows, nothing in the console, and light enough; two themes, widths and languages."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import pytest
from django.test import Client

from tests.architecture.sources import ROOT
from tests.journeys.addresses import moreover, pages
from tests.journeys.conftest import DESK, PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KIB = 1024
OF_COLOURS = ["color-contrast", "link-in-text-block"]
WHOLE, COLOURS = {"runOnly": RULES}, {"runOnly": {"type": "rule", "values": OF_COLOURS}}
COLOURLESS = {"runOnly": RULES, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
# What the colours are of is half of axe's work; that none depends on the language is a test of its own, below.
LOOKS: dict[str, list[tuple[int, str, dict[str, Any]]]] = {
    "en": [(DESK, "light", WHOLE), (DESK, "dark", COLOURS), (PHONE, "dark", COLOURS), (PHONE, "light", WHOLE)],
    "zh-hans": [(DESK, "light", COLOURLESS), (PHONE, "light", COLOURLESS)],
}
PARTS = range(3)  # of the pages: what one process of a run takes at a time
# Colours fade for a moment after the theme changes, even where motion is reduced: every fade is brought to its end.
FAULTS = """async ([theme, options]) => {
    document.documentElement.dataset.theme = theme;
    const frame = () => new Promise(done => requestAnimationFrame(done));
    await frame();
    await frame();
    document.getAnimations().forEach(animation => animation.finish());
    await frame();
    const found = await axe.run(document, {...options, resultTypes: ["violations"]});
    return found.violations.map(
        v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join("  |  ")}`);
}"""
# Wider than the window: something does not reflow (WCAG 1.4.10). One pixel is rounding.
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth > 1"
MISSING_ICONS = """async () => {
    const first = document.querySelector('use');
    const sprite = first ? await (await fetch(first.getAttribute('href').split('#')[0])).text() : '';
    return [...document.querySelectorAll('use')].map(u => u.getAttribute('href').split('#')[1])
        .filter(name => !sprite.includes(`id="${name}"`));
}"""


@cache
def axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


class Watched:
    """A page whose console, transfers and faults are written down."""

    def __init__(self, page: Any, url: str, language: str) -> None:
        self.page, self.url, self.looks = page, url, LOOKS[language]
        self.said: list[str] = []
        page.add_init_script(axe())
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def hear(self, message: Any) -> None:
        """That the page itself is not found, or over, is what it says; anything else in the console is a fault."""
        of_itself = message.text.startswith("Failed to load resource") and message.location.get("url") == self.page.url
        if message.type in {"error", "warning"} and not of_itself:
            self.said.append(message.text)

    def go(self, address: str) -> None:
        self.said.clear()
        self.page.goto(self.url + address, wait_until="load")

    def faults(self) -> Iterator[str]:
        """Both widths, and both themes, of the page as it stands, without loading it again."""
        for width, theme, options in self.looks:
            self.page.set_viewport_size({"width": width, "height": 900})
            for fault in self.page.evaluate(FAULTS, [theme, options]):
                yield f"{width} {theme} {fault}"
        self.page.set_viewport_size({"width": 320, "height": 800})
        if self.page.evaluate(OVERFLOW):
            yield "320 does not reflow: something is wider than the window"
        yield from (f"no icon {name}" for name in self.page.evaluate(MISSING_ICONS))
        yield from (f"console: {text}" for text in self.said)


def shown_to(person: Any, addresses: list[str], refused: set[str]) -> list[str]:
    """Those of the addresses that show a page to the person: no refusal, no file, not only for posts.

    What is not refused leaves `refused`.
    """
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="trellis.domains.people.signing_in.Backend")
    shown = []
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code < 500, f"{address} breaks"
        if answer.status_code != 403:
            refused.discard(address)
        # Unknown and over are pages too; refused, sent on or only for posts is nothing to look at. A part of a page is
        # looked at within it.
        if (
            answer.status_code in {200, 404, 410}
            and "text/html" in answer.headers["Content-Type"]
            and b"<html" in answer.content
            and "logout" not in address
        ):
            shown.append(address)
    return shown


@pytest.fixture
def everywhere(academy: Any) -> list[str]:
    """Every page's address; who sees them holds every role."""
    from trellis.domains.people.models import RoleGrant

    for role in RoleGrant.Role.values:
        RoleGrant.objects.get_or_create(person=academy.mai, role=role, unit=None, ended_on=None)
    found, unknown = pages()
    assert not unknown, f"tests/journeys/addresses.py knows no example for {unknown}"
    return found + moreover(academy.mai)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LOOKS)
def test_every_page_is_accessible(academy, everywhere, visit, language, part):
    wrong: list[str] = []
    unseen = everywhere[part :: len(PARTS)]
    asked, refused = len(unseen), set(unseen)
    # Each page once: as who runs everything, who walks the journey, has a mentor, leads a team, else as a stranger.
    for person in (academy.mai, academy.nam, academy.linh, academy.thuy, None):
        watched = Watched(visit(person, language=language), academy.url, language)
        for address in shown_to(person, unseen, refused):
            unseen.remove(address)
            watched.go(address)
            wrong += [f"{address} {fault}" for fault in watched.faults()]
    assert not wrong, "\n".join([str(len(wrong)), *wrong])
    assert len(unseen) < asked / 2, unseen
    assert not refused, "nobody looked at these: let tests/journeys/addresses.py choose things of who looks"


def test_no_colour_depends_on_the_language():
    for css in (ROOT / "trellis/kit/ui/css").glob("*.css"):
        for rule in re.findall(r"lang[^{}]*\{([^}]*)\}", css.read_text(encoding="utf-8")):
            assert set(re.findall(r"[\w-]+(?=:)", rule)) <= {"--track", "--lh", "--lh-snug", "--lh-tight"}, css.name


HEAVIEST = [
    "/",
    "/pathways/",
    "/people/",
    "/sessions/",
    "/journeys/",
    "/styleguide/",
    "/account/login/",
    "/board/",
    "/goals/",
    "/mentors/find/",
    "/mentors/supply/",
]


@pytest.mark.parametrize("address", HEAVIEST)
def test_a_page_is_light(academy, visit, address):
    """ui.md and performance.md: 60 KiB of ours, 8 requests, 150 kB all told, compressed as a server sends it."""
    page = visit(None if "login" in address else academy.nam)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    assert page.goto(academy.url + address, wait_until="load").status == 200
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers if answer.status == 200}
    ours = sum(size for url, size in sizes.items() if "/static/" not in url or "/static/ui/" in url)
    assert ours <= 60 * KIB, sizes
    assert sum(sizes.values()) <= 150_000, sizes
    scripts = 3 if "login" in address else 0  # allauth brings three for passkeys, to this page only
    assert len(sizes) <= 8 + scripts, sizes


def test_keys_open_the_search_and_give_the_focus_back(academy, visit):
    page = visit(academy.linh)
    assert page.goto(academy.url).status == 200
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("Minh")
    page.wait_for_selector("#found-now a")
    page.keyboard.press("Escape")  # empties the field
    page.keyboard.press("Escape")
    assert not page.locator("#find").is_visible()


def test_the_first_tab_skips_to_the_content(academy, visit):
    page = visit(academy.linh)
    assert page.goto(academy.url).status == 200
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_language_and_theme_are_chosen_without_a_script(academy, visit):
    page = visit(academy.linh, scripts=False)
    assert page.goto(academy.url).status == 200
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="简体中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.locator("details.menu summary").nth(1).click()
    page.locator('button[value="dark"]').click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_paper_is_light_and_bare(academy, visit):
    page = visit(academy.nam, theme="dark")
    page.goto(academy.url)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".side").is_visible()
    assert not page.locator(".top").is_visible()
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("address", ["/", "/journeys/", "/pathways/", "/sessions/"])
def test_text_at_twice_its_size_fits_a_desk(academy, visit, address):
    """WCAG 1.4.4: 200 % text, nothing cut off sideways."""
    page = visit(academy.nam)
    page.goto(academy.url + address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(OVERFLOW)
