from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.kit.access import needs
from trellis.kit.journal.facts import known_kinds
from trellis.kit.journal.forms import JournalFilter
from trellis.kit.journal.queries import entries, given_up
from trellis.kit.paging import page_of


@needs("journal.read")
def journal(request: HttpRequest) -> HttpResponse:
    """What happened, who did it, whom it concerns, what was refused; by kind, person and day."""
    form = JournalFilter(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "kinds": known_kinds(),
        "page": page_of(request, entries(**wanted)),
        "given_up": given_up()[:20],
    }
    return render(request, "journal/journal.html", context)
