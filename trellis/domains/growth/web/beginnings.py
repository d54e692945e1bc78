"""A new board: from nothing, from a beginning, or from a board of one's own."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from trellis.domains.growth.actions.beginnings import BEGINNINGS, begin, begin_from
from trellis.domains.growth.queries.boards import boards_of
from trellis.domains.people.asking import Asked
from trellis.kit.access import signed_in

MOST_BOARDS = 200
ABOUT: dict[str, Any] = {
    "blank": _("Four columns: later, this month, doing, done."),
    "weeks": _("For who plans by the week, with a look back on Friday."),
    "objective": _("One column a quarter, and three results to tell by."),
    "first-days": _("For a new position: understand, take part, stand by yourself."),
    "reading": _("Books and courses, up to what you try at work."),
}


class NewBoardForm(forms.Form):
    """What the board begins with, and what it is called."""

    beginning = forms.CharField(max_length=40, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Left empty, it is called as the beginning is.")
    )


@signed_in
def new_board(request: Asked) -> HttpResponse:
    """Choose a beginning; the board opens."""
    form = NewBoardForm(request.POST or None)
    own = list(boards_of(request.user)[:MOST_BOARDS])
    if request.method == "POST" and form.is_valid():
        chosen, name = form.cleaned_data["beginning"] or "blank", form.cleaned_data["name"].strip()
        if chosen in BEGINNINGS:
            return redirect("growth:board", begin(owner=request.user, name=name, beginning=chosen).pk)
        if copied := next((board for board in own if f"copy-{board.pk}" == chosen), None):
            return redirect("growth:board", begin_from(board=copied, name=name).pk)
        form.add_error(None, _("This beginning is not here any more. Choose one of the list."))
    chosen = request.POST.get("beginning") or request.GET.get("from", "blank")
    begun = [(code, outline(), ABOUT[code]) for code, outline in BEGINNINGS.items()]
    page = {"form": form, "beginnings": begun, "boards": own, "chosen": chosen}
    return render(request, "growth/new_board.html", page, status=422 if form.is_bound else 200)
