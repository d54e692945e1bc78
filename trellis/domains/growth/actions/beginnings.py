"""Boards to begin with, in the language of whoever begins, and a board of one's own as the beginning of another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trellis.domains.growth.actions.boards import usual_columns
from trellis.domains.growth.actions.outlines import write_outline
from trellis.domains.growth.models import Board
from trellis.domains.growth.queries.outlines import outlines_of
from trellis.domains.growth.rules.outline import (
    BoardOutline,
    CardOutline,
    ColumnOutline,
    LabelOutline,
    StepOutline,
    begun_anew,
)
from trellis.domains.people.models import Person
from trellis.kit import clock

TWICE = timedelta(seconds=30)


def _column(name: str, *cards: CardOutline, done: bool = False, limit: int | None = None) -> ColumnOutline:
    return ColumnOutline(name, cards, is_done=done, limit=limit)


def _card(title: str, *steps: str, label: str = "") -> CardOutline:
    return CardOutline(title, steps=tuple(map(StepOutline, steps)), labels=(label,) if label else ())


def _blank() -> BoardOutline:
    columns = tuple(_column(c.name, done=c.is_done, limit=c.limit) for c in usual_columns())
    return BoardOutline(_("My board"), columns)


def _weeks() -> BoardOutline:
    look_back = _card(_("Look back on the week"), _("What went well?"), _("What will I do differently?"))
    return BoardOutline(
        _("My weeks"),
        (
            _column(_("Some day")),
            _column(_("Next week")),
            _column(_("This week"), look_back, limit=7),
            _column(_("Today"), limit=3),
            _column(_("Done"), done=True),
        ),
        (
            LabelOutline(_("Learning"), "jade"),
            LabelOutline(_("Work"), "wait"),
            LabelOutline(pgettext("a label", "People"), "plum"),
        ),
    )


def _objective() -> BoardOutline:
    first = _card(_("Write down how I will know that I am there"), _("Three numbers at most"))
    quarters = [_("January to March"), _("April to June"), _("July to September"), _("October to December")]
    return BoardOutline(
        _("A year’s objective"),
        (
            _column(_("Ideas"), first, _card(_("Ask somebody who has done it how they began"))),
            *(_column(quarter) for quarter in quarters),
            _column(_("Reached"), done=True),
        ),
        (
            LabelOutline(_("First result"), "jade"),
            LabelOutline(_("Second result"), "wait"),
            LabelOutline(_("Third result"), "plum"),
        ),
    )


def _first_days() -> BoardOutline:
    people, learning = pgettext("a label", "People"), _("Learning")
    return BoardOutline(
        _("My first 90 days"),
        (
            _column(
                _("First 30 days: understand"),
                _card(
                    _("Talk with everybody in the team"),
                    _("What do they do?"),
                    _("What do they need of me?"),
                    label=people,
                ),
                _card(_("Watch how the work is done, from start to finish"), label=learning),
                _card(_("Ask what a good result looks like after three months"), label=people),
            ),
            _column(
                _("To day 60: take part"), _card(_("Do one task by myself, and have it looked at"), label=learning)
            ),
            _column(_("To day 90: stand by myself"), _card(_("Say one thing that could be easier, and how"))),
            _column(_("Done"), done=True),
        ),
        (LabelOutline(people, "plum"), LabelOutline(learning, "jade")),
    )


def _reading() -> BoardOutline:
    return BoardOutline(
        _("Reading and courses"),
        (
            _column(_("Want to")),
            _column(_("Reading or attending"), limit=2),
            _column(_("To try at work"), _card(_("Write in one sentence what I will do differently"))),
            _column(_("Done"), done=True),
        ),
        (LabelOutline(_("Book"), "wait"), LabelOutline(_("Course"), "jade"), LabelOutline(_("Talk"), "plum")),
    )


BEGINNINGS: dict[str, Callable[[], BoardOutline]] = {
    "blank": _blank,
    "weeks": _weeks,
    "objective": _objective,
    "first-days": _first_days,
    "reading": _reading,
}


def begin(*, owner: Person, name: str, beginning: str) -> Board:
    """A new board made from a beginning, under this name or its own. A double click makes one."""
    return _once(owner, name, BEGINNINGS[beginning]())


def begin_from(*, board: Board, name: str) -> Board:
    """A new board as another one of the same owner began: its columns, labels and cards, with nothing done or said."""
    return _once(board.owner, name, begun_anew(outlines_of([board])[0]))


@transaction.atomic
def _once(owner: Person, name: str, outline: BoardOutline) -> Board:
    """The board; the same name again within half a minute, nothing having been changed, is the same click."""
    Person.objects.get_queryset().select_for_update().get(pk=owner.pk)
    named = replace(outline, name=name or outline.name)
    just_now = Board.objects.filter(owner=owner, name=named.name, sequence=0, made_at__gt=clock.now() - TWICE)
    return just_now.filter(archived_at=None).first() or write_outline(owner=owner, outline=named)
