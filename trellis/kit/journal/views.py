from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.kit.access import needs
from trellis.kit.journal import outbox
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


@needs("journal.read")
@require_POST
def try_anew(request: HttpRequest) -> HttpResponse:
    """Have the reactions that were left tried again, after their cause was mended."""
    n = outbox.try_anew()
    messages.success(request, ngettext("%(n)d is tried anew.", "%(n)d are tried anew.", n) % {"n": n})
    return redirect("journal:journal")
