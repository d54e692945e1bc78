"""Mandatory training: one's own, what is required of whom, and where everybody stands."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.learning.actions import mandatory as actions
from trellis.domains.learning.models import Course, Exemption, Mandatory, TrainingRecord
from trellis.domains.learning.queries import mandatory as queries
from trellis.domains.learning.wording import REQUIRED
from trellis.domains.people.access import Role, people_reached_by, reach_of
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position, Unit
from trellis.kit import clock
from trellis.kit.access import needs, require, signed_in
from trellis.kit.files.tables import csv_response
from trellis.kit.paging import page_of

OFFICE = (Role.ACADEMY, Role.HR)
REFUSALS: dict[str, Any] = {
    "oneself": gettext_lazy("Nobody settles this for themselves. Ask a colleague of the office."),
    "in_the_future": gettext_lazy("That day is still to come. Give the day on which it was done."),
    "reason_needed": gettext_lazy("Write down the reason: it is kept, and the person can ask for it."),
}


class MandatoryForm(forms.ModelForm[Mandatory]):
    """What is required of whom, and until when."""

    class Meta:
        model = Mandatory
        fields = ["course", "unit", "position", "due_on", "within_days", "repeat_months", "why"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course, position, unit = (self.fields[name] for name in ("course", "position", "unit"))
        course.queryset = Course.objects.order_by("name")  # type: ignore[attr-defined]
        position.queryset = Position.objects.filter(closed_on=None).order_by("name")  # type: ignore[attr-defined]
        position.empty_label = _("everybody, whatever they hold")  # type: ignore[attr-defined]
        unit.queryset = Unit.objects.filter(closed_on=None).order_by("name")  # type: ignore[attr-defined]
        unit.empty_label = _("the whole company")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("due_on")) == bool(data.get("within_days")):
            raise forms.ValidationError(_("Give a day, or the days of starting: one of the two."))
        return data


class DoneForm(forms.Form):
    done_on = forms.DateField(label=gettext_lazy("Done on"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=gettext_lazy("Where it is proved"), max_length=200, required=False)


class ExemptForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Empty: for good."),
    )


@signed_in
def mine(request: Asked) -> HttpResponse:
    """What is required of oneself, and until when."""
    lines = queries.of_person(request.user.pk, clock.today())
    page = {"rows": [(line, REQUIRED[line.standing.state]) for line in lines]}
    return render(request, "learning/my_mandatory.html", page)


def _reached(request: Asked) -> list[int] | None:
    """Ids of the people the reader acts for; None: everybody."""
    if reach_of(request.user, *OFFICE) is None:
        return None
    return list(people_reached_by(request.user, *OFFICE).values_list("pk", flat=True))


@needs("learning.see_mandatory")
def everybody(request: Asked) -> HttpResponse:
    """What is required of whom, and how many stand where."""
    required = list(queries.in_force().order_by("course__name", "id"))
    counts = queries.counted(queries.standings(required, _reached(request), clock.today()))
    rows = [(m, [(REQUIRED[state], state, counts[m.pk][state]) for state in queries.STATES]) for m in required]
    page = {"rows": rows, "looks": REQUIRED.values(), "may_require": request.user.has_perm("learning.run")}
    return render(request, "learning/mandatory_list.html", page)


@needs("learning.run")
def new(request: Asked) -> HttpResponse:
    """Require a course."""
    form = MandatoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = actions.require_training(wanted=form.save(commit=False), actor=request.user)
        messages.success(request, _("Required from today on. It stands apart from everybody’s own development."))
        return redirect("learning:mandatory", kept.pk)
    page = {"form": form, "title": _("Require a training"), "back": "/mandatory/all/", "above": _("Mandatory training")}
    return render(request, "learning/form.html", page, status=422 if form.errors else 200)


def _one(pk: int) -> Mandatory:
    return get_object_or_404(
        Mandatory.objects.select_related("course", "unit__parent", "position", "declared_by"), pk=pk
    )


def _people(request: Asked, shown: Mandatory) -> list[queries.Required]:
    """Those of whom it is required in the state asked for, the most pressing first."""
    state = request.GET.get("state", "")
    found = queries.standings([shown], _reached(request), clock.today())
    found = [line for line in found if not state or line.standing.state == state]
    return sorted(found, key=queries.pressing)


@needs("learning.see_mandatory")
def one(request: Asked, pk: int) -> HttpResponse:
    """One mandatory training: who stands where, a page at a time."""
    shown = _one(pk)
    page = page_of(request, _people(request, shown))
    people = Person.objects.get_queryset().in_bulk([line.person_id for line in page])
    rows = [(people[line.person_id], line.standing, REQUIRED[line.standing.state]) for line in page]
    states = [("", _("all")), *((state, look[1]) for state, look in REQUIRED.items())]
    told = {"mandatory": shown, "page": page, "rows": rows, "states": states, "state": request.GET.get("state", "")}
    told["may_end"] = not shown.ended_at and request.user.has_perm("learning.run")
    return render(request, "learning/mandatory.html", told)


@needs("learning.see_mandatory")
def one_csv(request: Asked, pk: int) -> HttpResponseBase:
    """The same as a file, everybody of it."""
    shown = _one(pk)
    head = [_("Employee id"), _("Person"), _("Training"), _("State"), _("Due on"), _("Done on")]
    return csv_response(name=f"mandatory-{shown.course.code}.csv", head=head, rows=_lines(request, shown))


def _lines(request: Asked, shown: Mandatory) -> Iterator[list[Any]]:
    found = _people(request, shown)
    names = {
        pk: (number, name)
        for pk, number, name in Person.objects.get_queryset().values_list("pk", "employee_id", "name")
    }
    for line in found:
        where = line.standing
        yield [*names[line.person_id], str(shown.course), str(REQUIRED[where.state][1]), where.due, where.done_on]


@needs("learning.run")
@require_POST
def end(request: Asked, pk: int) -> HttpResponse:
    """Require it no longer."""
    actions.end_training(mandatory=_one(pk), actor=request.user)
    messages.success(request, _("It is required no longer. What was done stays on record."))
    return redirect("learning:all_mandatory")


@signed_in
def person(request: Asked, pk: int, person_id: int) -> HttpResponse:
    """One person in one training: record that it was done, or exempt them."""
    shown, about = _one(pk), get_object_or_404(Person.objects.get_queryset(), pk=person_id)
    require(request, "learning.settle_mandatory", about)
    deed = request.POST.get("deed", "")
    done, free = (
        DoneForm(request.POST if deed == "done" else None),
        ExemptForm(request.POST if deed == "exempt" else None),
    )
    if request.method == "POST" and _settle(request, shown, about, done, free):
        return redirect("learning:mandatory_person", pk, person_id)
    where = queries.standings([shown], [about.pk], clock.today())
    page = {
        "mandatory": shown,
        "person": about,
        "where": where[0].standing if where else None,
        "look": REQUIRED[where[0].standing.state] if where else None,
        "records": TrainingRecord.objects.filter(person=about, course=shown.course).select_related("recorded_by"),
        "exemption": Exemption.objects.filter(person=about, mandatory=shown, ended_at=None).first(),
        "done": done,
        "free": free,
    }
    return render(request, "learning/mandatory_person.html", page, status=422 if done.errors or free.errors else 200)


def _settle(request: Asked, shown: Mandatory, about: Person, done: DoneForm, free: ExemptForm) -> bool:
    """Whether what was sent is kept; else the form says why not."""
    whom: dict[str, Any] = {"mandatory": shown, "person": about, "actor": request.user}
    form: forms.Form
    if request.POST.get("deed") == "require":
        return actions.end_exemption(**whom).ok
    if done.is_bound and done.is_valid():
        form, outcome = done, actions.record_done(**whom, **done.cleaned_data)
    elif free.is_bound and free.is_valid():
        form, outcome = free, actions.exempt(**whom, **free.cleaned_data)
    else:
        return False
    if outcome.ok:
        messages.success(request, _("Kept."))
    else:
        form.add_error(None, REFUSALS[outcome.why])
    return outcome.ok
