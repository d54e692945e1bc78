"""Graduations: planned, held, and their certificates given and printed all at once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.credentials import actions, queries, tasks
from trellis.domains.credentials.models import Ceremony
from trellis.domains.credentials.pdf import certificates_pdf
from trellis.domains.people.asking import Asked
from trellis.domains.programmes.models import Journey
from trellis.domains.sessions.clash_words import refusals, remarks
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.paging import page_of
from trellis.kit.tasks.jobs import start_job


class JourneyChoice(forms.ModelMultipleChoiceField):
    """Those who are due, each with the programme and the position."""

    def label_from_instance(self, obj: Any) -> str:
        return " · ".join(str(part) for part in (obj.person, obj.programme, obj.position, obj.cohort) if part)


class CeremonyForm(forms.Form):
    """When, where, and who of those that are due."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("Day and time"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    hours = forms.DecimalField(label=pgettext_lazy("how long", "Hours"), min_value=0.5, max_value=12, initial=2)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)

    def __init__(self, *args: Any, due: QuerySet[Journey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journeys"] = JourneyChoice(
            due,
            label=_("Who is invited"),
            widget=forms.CheckboxSelectMultiple,
            initial=[journey.pk for journey in due],
            error_messages={"required": _("Choose at least one person.")},
        )

    def clean_starts_at(self) -> Any:
        at = self.cleaned_data["starts_at"]
        if at < clock.now():
            raise forms.ValidationError(_("This time is past. Choose a later one."))
        return at


@needs("credentials.see_ceremonies")
def ceremonies(request: Asked) -> HttpResponse:
    """Graduations that come and those that were."""
    context = {
        "page": page_of(request, queries.ceremonies()),
        "now": clock.now(),
        "may_hold": request.user.has_perm("credentials.hold_ceremony"),
    }
    return render(request, "credentials/ceremonies.html", context)


@needs("credentials.hold_ceremony")
def new_ceremony(request: Asked) -> HttpResponse:
    """Plan one: those who are due and on no list yet are ticked."""
    due = queries.waiting_without_ceremony()
    form = CeremonyForm(request.POST or None, due=due)
    because, refused = request.POST.get("because", "")[:300], list[str]()
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["starts_at"]
        made = actions.plan_ceremony(
            starts_at=at,
            ends_at=at + timedelta(hours=float(form.cleaned_data["hours"])),
            place=form.cleaned_data["place"],
            journeys=form.cleaned_data["journeys"],
            because=because,
            actor=request.user,
        )
        if made.ceremony:
            for remark in remarks(made.clashes, [made.planned], [1]).get(-1, []):
                messages.warning(request, remark.text)
            told = _("The graduation is planned; everybody on its list is invited and has been told.")
            messages.success(request, told)
            return redirect("credentials:one_ceremony", made.ceremony.pk)
        refused = refusals(made.clashes, [made.planned])
    context = {"form": form, "nobody": not due, "refused": refused, "because": because}
    return render(request, "credentials/new_ceremony.html", context, status=422 if form.errors or refused else 200)


def _ceremony(ceremony_id: int) -> Ceremony:
    return get_object_or_404(Ceremony.objects.select_related("session__series", "planned_by"), pk=ceremony_id)


@needs("credentials.see_ceremonies")
def ceremony(request: Asked, ceremony_id: int) -> HttpResponse:
    """For the company: when, where, and who received a certificate; for the academy and the invited, the list."""
    shown = _ceremony(ceremony_id)
    rows = queries.graduates_of(shown)
    may_hold = request.user.has_perm("credentials.hold_ceremony")
    invited = any(row.journey.person_id == request.user.pk for row in rows)
    context = {
        "ceremony": shown,
        "rows": rows if may_hold or invited else [row for row in rows if row.certificate],
        "count": len(rows),
        "may_hold": may_hold,
        "is_invited": invited,
        "left": sum(not row.certificate for row in rows),
        "there": sum(row.was_there and not row.certificate for row in rows),
        "given": sum(bool(row.certificate) for row in rows),
    }
    return render(request, "credentials/one_ceremony.html", context)


@needs("credentials.hold_ceremony")
@require_POST
def issue_all(request: Asked, ceremony_id: int) -> HttpResponse:
    """Certificates for all who were there, or for all of the list, in the background."""
    shown = _ceremony(ceremony_id)
    only_present = request.POST.get("who") != "all"
    job = start_job(
        tasks.issue_all,
        owner=request.user,
        then=f"/ceremonies/{shown.pk}/",
        ceremony_id=shown.pk,
        only_present=only_present,
    )
    return redirect("tasks:job", job.pk)


@needs("credentials.hold_ceremony")
def pdf_of_all(request: Asked, ceremony_id: int) -> HttpResponse:
    """All certificates of the ceremony in one PDF."""
    shown = _ceremony(ceremony_id)
    given = [row.certificate for row in queries.graduates_of(shown) if row.certificate]
    if not given:
        messages.error(request, _("No certificate of this graduation is issued yet."))
        return redirect("credentials:one_ceremony", shown.pk)
    response = HttpResponse(certificates_pdf(given), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="graduation-{shown.pk}.pdf"'
    return response
