"""What one takes along: all that is one's own, or one board, as JSON and as Markdown; and a board on paper."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.domains.growth.models import Board
from trellis.domains.growth.queries.exports import boards_to_leave, document, goals_to_leave
from trellis.domains.growth.queries.outlines import outlines_of
from trellis.domains.growth.web.as_markdown import boards_as_markdown, goals_as_markdown
from trellis.domains.growth.web.boards import own_board
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in


def _download(content: str, name: str, kind: str) -> HttpResponse:
    """As a file whose name says nothing of what is in it."""
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


@signed_in
def everything_json(request: Asked) -> HttpResponse:
    """All boards and goals of one's own; the boards can be brought in again."""
    data = document(boards_to_leave(request.user), goals_to_leave(request.user))
    return _download(_json(data), "boards-and-goals.json", "application/json")


@signed_in
def everything_markdown(request: Asked) -> HttpResponse:
    """The same to be read by people."""
    goals, boards = goals_to_leave(request.user), boards_to_leave(request.user)
    return _download(
        goals_as_markdown(goals) + "\n" + boards_as_markdown(boards), "boards-and-goals.md", "text/markdown"
    )


@signed_in
def board_json(request: Asked, pk: int) -> HttpResponse:
    """One board, to be brought in again here or elsewhere."""
    board = own_board(request, pk)
    return _download(_json(document(outlines_of([board]))), f"board-{pk}.json", "application/json")


@signed_in
def board_markdown(request: Asked, pk: int) -> HttpResponse:
    """One board, to be read by people."""
    return _download(boards_as_markdown(outlines_of([own_board(request, pk)])), f"board-{pk}.md", "text/markdown")


@signed_in
def print_board(request: Asked, pk: int) -> HttpResponse:
    """A board on paper: its columns one below the other, with what each card holds."""
    board = get_object_or_404(Board, pk=pk)
    require(request, "growth.read", board)
    return render(request, "growth/print.html", {"board": board, "outline": outlines_of([board])[0]})
