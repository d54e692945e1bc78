"""A real browser in front of the demo company.

    def test_linh_joins(academy, visit):
        page = visit(academy.linh, width=390)
        page.goto(academy.url + "/programmes/")

`academy` is Pixel House on 2 March 2026, loaded once and put back as it was for every test.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from tests.architecture.sources import ROOT, sources
from tests.kept import digest, in_memory, keep_database, kept, put_back
from trellis.kit import clock

# Playwright's own loop runs in this thread; the tests use the database between its steps, never within one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_SERVING = Lock()
PHONE, DESK = 390, 1280
SIZE = 300
PATIENCE = 20_000  # ms that a story waits for what it expects: two of them run at a time, on whatever machine it is


def chromium() -> str | None:
    """The system's browser: from the environment, where Debian puts it, or wherever it is found."""
    candidates = (
        os.environ.get("TRELLIS_CHROMIUM"),
        "/usr/bin/chromium",
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    return next((found for found in map(shutil.which, filter(None, candidates)) if found), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    path = chromium()
    if path is None:
        pytest.fail("There is no Chromium here. Install it (apt install chromium) or set TRELLIS_CHROMIUM to its path.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@dataclass(frozen=True)
class Academy:
    """Where it is served, and its people by their first names."""

    url: str

    def __getattr__(self, key: str) -> Any:
        from trellis.domains.people.models import Person

        return Person.objects.get(email=f"{key}@pixel.example")


@pytest.fixture(scope="session", autouse=True)
def _one_request_at_a_time() -> None:
    """All threads of the server share one connection to the database in memory, which is no way to work for two at
    once; nor for one that a story left behind and the fixture that puts the company back."""
    answer = WSGIHandler.__call__

    def one_at_a_time(self: Any, environ: Any, start_response: Any) -> Any:
        with _SERVING:
            return answer(self, environ, start_response)

    WSGIHandler.__call__ = one_at_a_time  # type: ignore[method-assign]


class _Loaded:
    """The loaded company: loading takes many seconds, copying it a moment."""

    copy: sqlite3.Connection | None = None
    files: Mapping[Path, bytes]


@pytest.fixture
def academy(live_server: Any, transactional_db: None, settings: Any, tmp_path: Path) -> Academy:
    def load_into(folder: Path) -> None:
        from trellis.project.demo.load import load

        settings.DATA = folder  # for the company's files
        load(size=SIZE, until=clock.today(), say=lambda line: None)
        keep_database(folder)

    if _Loaded.copy is None:
        made_of = [f for f in sources(".py", ".yaml", ".po") if f.relative_to(ROOT).parts[0] in {"demo", "trellis"}]
        folder = kept("demo", digest(made_of, str(SIZE), str(clock.today())), load_into)
        _Loaded.copy = in_memory(folder)
        written = [file for file in folder.glob("files/**/*") if file.is_file()]
        _Loaded.files = {file.relative_to(folder): file.read_bytes() for file in written}
    with _SERVING:
        put_back(_Loaded.copy)
    settings.DATA = tmp_path
    for place, content in _Loaded.files.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    return Academy(live_server.url)


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """visit(person, width=390, theme="dark", language="zh-hans"): an empty page of that person's browser."""
    opened = []

    def visit(
        person: Any = None, *, width: int = DESK, theme: str = "light", language: str = "en", scripts: bool = True
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 700 else 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            has_touch=width < 700,
            locale="en-GB",
            record_video_dir=os.environ.get("TRELLIS_FILM"),  # a folder, for who wants to see a story as it went
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        given = {"theme": theme, "django_language": language}
        context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in given.items()])
        page = context.new_page()
        if person is not None:
            sign_in(page, person, live_server.url)
        return page

    yield visit
    for context in opened:
        context.close()


def sign_in(page: Any, person: Any, url: str) -> None:
    """Give the page's browser a session of that person, without the form."""
    client = Client()
    client.force_login(person, backend="trellis.domains.people.signing_in.Backend")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
