"""How heavy a page is, cold, and when a phone on a slow network shows it: in a real browser, over the wire."""

import shutil
from typing import Any

SEEN = ("home", "journey", "board", "goals")  # what people open on a phone, of every kind of size
# As DevTools simulates it: without the handshakes of a first visit, which cost up to three more of these latencies
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
PHONE: dict[str, Any] = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 2.6, "is_mobile": True}
LARGEST = """() => new Promise((told) => new PerformanceObserver((list) => told(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""


def weigh(port: int, pages: dict[str, dict[str, str]]) -> dict[str, dict[str, float]]:
    """Page -> requests, bytes of bodies as sent, of those the bytes of HTML, CSS and script; of some, ms to the LCP."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found: dict[str, dict[str, float]] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, page in pages.items():
            context = _context(browser, port, page["cookie"])
            tab = context.new_page()
            sizes = _sizes(tab, page["path"])
            ours = sum(size for kind, size in sizes if kind in {"document", "stylesheet", "script"})
            found[name] = {"requests": len(sizes), "bytes": sum(size for _kind, size in sizes), "text_bytes": ours}
            context.close()
            if name in SEEN:
                found[name]["lcp_ms"] = min(_largest_paint(browser, port, page) for _ in range(3))
        browser.close()
    return found


def _context(browser: Any, port: int, cookie: str, **device: Any) -> Any:
    """A browser that was never here, signed in."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}", **device)
    key, value = cookie.split("=", 1)
    context.add_cookies([{"name": key, "value": value, "url": f"http://127.0.0.1:{port}"}])
    return context


def _largest_paint(browser: Any, port: int, page: dict[str, str]) -> float:
    """Milliseconds until the largest part of the page is drawn, on a phone on slow 4G."""
    context = _context(browser, port, page["cookie"], **PHONE)
    tab = context.new_page()
    devtools = context.new_cdp_session(tab)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    tab.goto(page["path"], wait_until="networkidle")
    found = float(tab.evaluate(LARGEST))
    context.close()
    return found


def _sizes(tab: Any, path: str) -> list[tuple[str, int]]:
    """Kind and bytes of everything that is asked for until nothing more is."""
    answers: list[Any] = []
    tab.on("requestfinished", lambda request: answers.append(request))
    tab.goto(path, wait_until="networkidle")
    return [(request.resource_type, request.sizes()["responseBodySize"]) for request in answers]
