"""Boards and goals as Markdown, in the reader's language: to be kept, printed or read without Trellis."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from trellis.domains.growth.models import Goal, KeyResult
from trellis.domains.growth.rules.outline import BoardOutline, CardOutline
from trellis.kit.text import plain_number


def boards_as_markdown(boards: Iterable[BoardOutline]) -> str:
    """Each board under its name: columns as headings, cards as a list with what they hold."""
    return "\n".join(line for board in boards for line in _board(board)) + "\n"


def goals_as_markdown(goals: Iterable[Goal]) -> str:
    """Each goal with its objectives, key results and check-ins."""
    return "\n".join(line for goal in goals for line in _goal(goal)) + "\n"


def _board(board: BoardOutline) -> Iterator[str]:
    yield from (f"# {board.name}", "")
    for column in board.columns:
        name = f"{column.name} ({_('archived')})" if column.is_archived else column.name
        yield from (f"## {name}", "")
        for card in column.cards:
            yield from _card(card)
        if column.cards:
            yield ""


def _card(card: CardOutline) -> Iterator[str]:
    yield f"- [{'x' if card.is_done else ' '}] {card.title}"
    about = [f"#{label.replace(' ', '-')}" for label in card.labels]
    if card.due_on:
        about.append(f"{_('due on')} {card.due_on.isoformat()}")
    about += [text for text in (card.goal, card.key_result, card.position, card.competency, card.course) if text]
    if card.is_archived:
        about.append(_("archived"))
    if about:
        yield "  " + " · ".join(about)
    if card.notes:
        yield ""
        yield from _indented(card.notes)
        yield ""
    for step in card.steps:
        yield f"  - [{'x' if step.is_done else ' '}] {step.text}"
    for said in card.comments:
        on = f"{said.said_at:%Y-%m-%d}" if said.said_at else ""
        yield from _indented(f"> {' '.join(filter(None, (on, said.by)))}: {said.text}".replace("\n", "\n> "))


def _indented(text: str) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in text.split("\n"))


def _goal(goal: Goal) -> Iterator[str]:
    yield f"# {goal.title}"
    yield ""
    if goal.by_year:
        yield from (f"{_('Until')} {goal.by_year}", "")
    if goal.why:
        yield from (goal.why, "")
    for objective in goal.objectives.all():
        yield from (f"## {objective.year}: {objective.title}", "")
        for measure in objective.key_results.all():
            yield from _key_result(measure)
        yield ""
    for said in goal.comments.all():
        yield f"> {said.said_at:%Y-%m-%d} {said.author.name}: {said.text}".replace("\n", "\n> ")


def _key_result(measure: KeyResult) -> Iterator[str]:
    reach = f"{plain_number(measure.start)} → {plain_number(measure.target)} {measure.unit}".strip()
    yield f"- {measure.title}: {reach}"
    for said in measure.check_ins.all():
        note = f" · {said.note}" if said.note else ""
        yield f"  - {said.said_at:%Y-%m-%d}: {plain_number(said.value)}{note}"
