"""How heavy a page is, cold: every request a real browser makes for it, as it came over the wire."""

import shutil
from typing import Any


def weigh(port: int, pages: dict[str, dict[str, str]]) -> dict[str, dict[str, float]]:
    """Page -> requests, bytes of bodies as sent, and of those the bytes of HTML, CSS and script."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found: dict[str, dict[str, float]] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, page in pages.items():
            context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
            key, value = page["cookie"].split("=", 1)
            context.add_cookies([{"name": key, "value": value, "url": f"http://127.0.0.1:{port}"}])
            tab = context.new_page()
            sizes = _sizes(tab, page["path"])
            ours = sum(size for kind, size in sizes if kind in {"document", "stylesheet", "script"})
            found[name] = {"requests": len(sizes), "bytes": sum(size for _kind, size in sizes), "text_bytes": ours}
            context.close()
        browser.close()
    return found


def _sizes(tab: Any, path: str) -> list[tuple[str, int]]:
    """Kind and bytes of everything that is asked for until nothing more is."""
    answers: list[Any] = []
    tab.on("requestfinished", lambda request: answers.append(request))
    tab.goto(path, wait_until="networkidle")
    return [(request.resource_type, request.sizes()["responseBodySize"]) for request in answers]
