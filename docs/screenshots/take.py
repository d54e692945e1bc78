"""Take the pictures of README again, from a running demo: `var/venv/bin/python docs/screenshots/take.py [address]`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PASSWORD = "a quiet green garden"  # noqa: S105, the demo's, printed by bin/demo
# File, who looks, at which address, how wide, in which theme and language.
PICTURES = (
    ("journey", "nam", "/journeys/", 1280, "light", "en"),
    ("map", "nam", "/pathways/", 1280, "light", "en"),
    ("journey-phone", "nam", "/journeys/", 390, "dark", "zh-hans"),
    ("opening", "hoa", "/openings/", 1280, "light", "en"),
)


def main(address: str) -> None:
    """Sign in as each person and keep what a first look at the page shows."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("TRELLIS_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for name, who, path, width, theme, language in PICTURES:
            context = chromium.new_context(viewport={"width": width, "height": 844 if width < 700 else 860})
            for cookie, value in (("theme", theme), ("django_language", language)):
                context.add_cookies([{"name": cookie, "value": value, "url": address}])
            page = context.new_page()
            page.goto(f"{address}/account/login/")
            page.fill("input[name=login]", f"{who}@pixel.example")
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "login" not in url)
            page.goto(address + path)
            if name == "opening":
                page.locator(".rows__name").first.click()
                page.wait_for_load_state()
            page.screenshot(path=HERE / f"{name}.png")
            context.close()
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
