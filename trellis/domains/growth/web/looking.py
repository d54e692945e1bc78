"""A board as a list and by week, and a search over the cards one may read."""

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from trellis.domains.growth.models import Board
from trellis.domains.growth.queries.looking import Wanted, cards_of, dated_cards, goals_on, search_cards
from trellis.domains.growth.rules.looking import excerpt, weeks_of, words_of
from trellis.domains.growth.web.sharing import seen
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of

ANY = ("", _("all"))
SORTED = [
    ("board", _("as on the board")),
    ("due", _("due date")),
    ("title", _("title")),
    ("changed", _("changed last")),
]
DUE = [
    ANY,
    ("late", _("overdue")),
    ("soon", _("in three days")),
    ("dated", _("with a date")),
    ("none", _("without one")),
]
DONE = [ANY, ("open", _("not done")), ("done", _("done"))]
LINKED = [("map", _("growth map")), ("course", _("a course")), ("none", _("nothing"))]


class ListForm(forms.Form):
    """Which cards, and in which order."""

    words = forms.CharField(label=_("Words"), max_length=100, required=False, widget=forms.SearchInput)
    column = forms.ChoiceField(label=_("Column"), required=False)
    label = forms.ChoiceField(label=_("Label"), required=False)
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE)
    link = forms.ChoiceField(label=_("Belongs to"), required=False)
    done = forms.ChoiceField(label=_("State"), required=False, choices=DONE)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTED)

    def __init__(self, data: QueryDict, board: Board, *, is_mine: bool) -> None:
        """Goals to choose from for their owner only: whoever reads a board does not read the goals with it."""
        super().__init__(data)
        self._choose("column", [(c.pk, c.name) for c in board.columns.filter(archived_at=None)])
        self._choose("label", [(label.pk, label.name) for label in board.labels.all()])
        goals = goals_on(board) if is_mine else ()
        self._choose("link", [*[(goal.pk, goal.title) for goal in goals], *LINKED])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [ANY, *[(str(value), text) for value, text in choices]]

    def wanted(self) -> Wanted:
        """What was asked for; a choice that is not there any more is none."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            words=said.get("words", ""),
            column=int(said.get("column") or 0),
            label=int(said.get("label") or 0),
            due=said.get("due", ""),
            link=said.get("link", ""),
            done=said.get("done", ""),
            sort=said.get("sort") or "board",
        )


def _board(request: Asked, pk: int) -> Board:
    board = get_object_or_404(Board.objects.select_related("owner"), pk=pk)
    require(request, "growth.read", board)
    return board


@signed_in
def board_list(request: Asked, pk: int) -> HttpResponse:
    """The cards of a board as a table, by column, label, date and what they belong to."""
    board = _board(request, pk)
    form = ListForm(request.GET, board, is_mine=board.owner_id == request.user.pk)
    wanted = form.wanted()
    on = clock.today()
    page = {
        "board": board,
        "view": "list",
        "form": form,
        "narrowed": wanted != Wanted(sort=wanted.sort),
        "page": page_of(request, cards_of(board, wanted, on=on)),
        "audience": seen(request, board),
        "on": on,
    }
    return render(request, "growth/list.html", page)


@signed_in
def board_timeline(request: Asked, pk: int) -> HttpResponse:
    """What is due, week by week."""
    board = _board(request, pk)
    on, earlier = clock.today(), "earlier" in request.GET
    weeks = weeks_of(dated_cards(board, on=on, earlier=earlier), on=on)
    page = {
        "board": board,
        "view": "timeline",
        "weeks": weeks,
        "busiest": max((week for week in weeks if week.things), key=lambda week: len(week.things), default=None),
        "earlier": earlier,
        "audience": seen(request, board),
        "on": on,
    }
    return render(request, "growth/timeline.html", page)


@signed_in
def search(request: Asked) -> HttpResponse:
    """Cards in which every word stands: one's own, and those that others share with one."""
    typed = request.GET.get("q", "")[:100].strip()
    page = page_of(request, search_cards(request.user, typed))
    words = words_of(typed)
    found = [(card, excerpt(card.notes, words)) for card in page]
    return render(request, "growth/search.html", {"words": typed, "page": page, "found": found})
