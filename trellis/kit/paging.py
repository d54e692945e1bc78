from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 50


def page_of(request: HttpRequest, rows: Any, *, size: int = SIZE) -> "Page[Any]":
    """The page that `?page=` asks for; the nearest there is when it asks for nonsense."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
