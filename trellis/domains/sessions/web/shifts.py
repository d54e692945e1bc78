"""Who works when, so that planning can warn of sessions outside somebody's hours."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import on_day
from trellis.domains.people.queries import by_employee_ids
from trellis.domains.sessions import actions
from trellis.domains.sessions.drafting import WEEKDAYS
from trellis.domains.sessions.models import OnShift, Shift
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.paging import page_of


class ShiftForm(forms.ModelForm[Shift]):
    """A shift: name, weekdays, from when to when; over midnight when it ends before it begins."""

    days = forms.TypedMultipleChoiceField(
        label=_("On"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple(attrs={"class": "days"})
    )

    class Meta:
        model = Shift
        fields = ["name", "from_time", "to_time"]
        widgets = {
            "from_time": forms.TimeInput(attrs={"type": "time"}),
            "to_time": forms.TimeInput(attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].initial = [int(n) - 1 for n in self.instance.weekdays]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.instance.weekdays = "".join(str(n + 1) for n in sorted(data.get("days", [])))
        if data.get("from_time") and data.get("from_time") == data.get("to_time"):
            self.add_error("to_time", _now("A shift that ends as it begins has no hours. Choose another time."))
        return data


@needs("sessions.plan_shifts")
def shifts(request: Asked) -> HttpResponse:
    """All shifts, with how many people work them."""
    here = Q(people__ended_on=None) | Q(people__ended_on__gte=clock.today())
    now = here & Q(people__began_on__lte=clock.today())
    found = Shift.objects.annotate(count=Count("people", filter=now)).order_by("name", "id")
    page = page_of(request, found)
    names = dict(WEEKDAYS)
    rows = [(shift, [names[int(n) - 1] for n in shift.weekdays]) for shift in page]
    return render(request, "sessions/shifts.html", {"page": page, "rows": rows})


@needs("sessions.plan_shifts")
def new_shift(request: Asked) -> HttpResponse:
    """One more."""
    form = ShiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shift = actions.save_shift(shift=form.instance, actor=request.user)
        return redirect("sessions:shift", shift.pk)
    return render(request, "sessions/shift.html", {"form": form}, status=422 if form.errors else 200)


class PeopleForm(forms.Form):
    """Employee ids, pasted from wherever they are."""

    employee_ids = forms.CharField(
        label=_("Employee ids"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Parted by spaces, commas or lines. From today on they work this shift, and no other."),
    )

    def clean_employee_ids(self) -> list[int]:
        """The people; those unknown or gone are named."""
        found, unknown = by_employee_ids(self.cleaned_data["employee_ids"])
        if unknown:
            text = _now("Nobody here has these employee ids: %(ids)s. Nothing was changed; correct them.")
            raise forms.ValidationError(text % {"ids": ", ".join(unknown[:20])})
        return found


@needs("sessions.plan_shifts")
def shift(request: Asked, pk: int) -> HttpResponse:
    """The hours, and who works them."""
    shift = get_object_or_404(Shift, pk=pk)
    form = ShiftForm(request.POST or None, instance=shift)
    if request.method == "POST" and form.is_valid():
        actions.save_shift(shift=form.instance, actor=request.user)
        messages.success(request, _now("Saved."))
        return redirect("sessions:shift", pk)
    return _page(request, shift, form, PeopleForm())


@needs("sessions.plan_shifts")
@require_POST
def put_on_shift(request: Asked, pk: int) -> HttpResponse:
    """Let people work this shift from today on."""
    shift = get_object_or_404(Shift, pk=pk)
    people = PeopleForm(request.POST)
    if not people.is_valid():
        return _page(request, shift, ShiftForm(instance=shift), people)
    n = actions.put_on_shift(shift=shift, person_ids=people.cleaned_data["employee_ids"], actor=request.user)
    text = ngettext("%(n)s person works this shift now.", "%(n)s people work this shift now.", n)
    messages.success(request, text % {"n": n} if n else _now("Nothing was to be changed."))
    return redirect("sessions:shift", pk)


def _page(request: Asked, shift: Shift, form: ShiftForm, people: PeopleForm) -> HttpResponse:
    there = OnShift.objects.filter(on_day(clock.today()), shift=shift).select_related("person")
    page = page_of(request, there.order_by("person__name", "id"))
    bad = bool(form.errors or people.errors)
    shown = {"shift": shift, "form": form, "people": people, "page": page}
    return render(request, "sessions/shift.html", shown, status=422 if bad else 200)
