"""What the stories of an academy begin with."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from tests.architecture.academy import settle


@pytest.fixture
def two_writers(db: None) -> None:
    """Two transactions can run beside each other."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time, by SQLite itself")


@pytest.fixture
def who(hire: Any, company: Any, tmp_path: Any, settings: Any) -> SimpleNamespace:
    """The people of `academy.settle`."""
    settings.DATA = tmp_path
    return settle(hire, company)


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A refusal without its page and its lines in the log, for who asks thousands of times whether there is one."""

    def refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponseForbidden()

    monkeypatch.setattr("trellis.project.urls.handler403", refuse)
    caplog.set_level("ERROR", logger="django.request")
