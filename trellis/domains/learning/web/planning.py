"""Planning a run of a course: its days, a look at what they clash with, corrections by hand, and then all at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning import actions
from trellis.domains.learning.actions import WantedOffering
from trellis.domains.learning.models import Course, Offering
from trellis.domains.learning.queries import teachers_for
from trellis.domains.people.asking import Asked
from trellis.domains.sessions.actions import speaks_against
from trellis.domains.sessions.drafting import Draft, PatternForm, Setting, tell
from trellis.kit.access import needs


class Teachers(forms.ModelMultipleChoiceField):
    """Who can teach, those who usually teach the course first."""

    def __init__(self, course: Course, **kwargs: Any) -> None:
        super().__init__(teachers_for(course), label=_("Teachers"), **kwargs)
        self.usual = set(course.usual_teachers.values_list("pk", flat=True))

    def label_from_instance(self, obj: Any) -> str:
        return _now("%(name)s (usual)") % {"name": obj.name} if obj.pk in self.usual else str(obj.name)


class RunForm(PatternForm):
    """A run of a course with its series of sessions."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=1000, initial=30)
    book_until = forms.DateField(
        label=_("Places can be taken until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("name", "teachers", "first_day", "number", "until", "starts", "ends", "weekdays", "room", "place")

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        self.fields["name"] = forms.CharField(
            label=_("Name"), max_length=200, help_text=_("Such as: Spring 2026, group A")
        )
        self.fields["teachers"] = Teachers(course)
        self.initial.setdefault("number", course.sessions_planned)
        self.initial.setdefault("teachers", list(course.usual_teachers.all()))
        self.order_fields(self.field_order)

    def draft(self) -> Draft:
        """The sessions: as they were corrected by hand, or by the pattern when they are made (anew)."""
        data = self.cleaned_data
        setting = Setting(
            self.course.name,
            list(data["teachers"]),
            list(teachers_for(self.course)),
            self.rooms,
            data["place"],
            data["link"],
            seats=data["places"],
        )
        if self.data.get("step") in {"check", "open"} and "r1-day" in self.data:
            return Draft.sent(self.data, setting)
        return Draft.of_days(self.days, data["starts"], data["ends"], data["room"], setting)

    def wanted(self, draft: Draft) -> WantedOffering:
        """What the action takes."""
        data = self.cleaned_data
        return WantedOffering(
            self.course, data["name"], data["places"], tuple(data["teachers"]), draft.planned, data["book_until"]
        )


@needs("learning.run")
def new_offering(request: Asked, code: str) -> HttpResponse:
    """Plan a run: first its days, then what they clash with, then all at once."""
    course = get_object_or_404(Course, code=code)
    form = RunForm(request.POST or None, course=course)
    draft = form.draft() if request.method == "POST" and form.is_valid() else None
    because = request.POST.get("because", "")[:300]
    if draft and draft.is_good and request.POST.get("step") == "open":
        outcome = actions.plan_offerings(wanted=[form.wanted(draft)], because=because, actor=request.user)
        if outcome.ok:
            messages.success(request, _now("The course run is open, with its sessions."))
            return redirect("learning:offering", outcome.offerings[0].pk)
        tell([draft], outcome.clashes)
    elif draft:
        tell([draft], speaks_against(draft.planned))
    page = {"course": course, "form": form, "draft": draft, "because": because}
    refused = bool(form.errors) or bool(draft and (draft.is_refused or not draft.is_good))
    return render(request, "learning/plan.html", page, status=422 if refused else 200)


class OfferingForm(forms.ModelForm[Offering]):
    """What can be changed about a run; its sessions are changed one by one, or from one of them on."""

    class Meta:
        model = Offering
        fields = ["name", "places", "book_until"]
        widgets = {"book_until": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].min_value = 1  # type: ignore[attr-defined]
        self.fields["teachers"] = Teachers(self.instance.course, initial=list(self.instance.teachers.all()))

    def clean_places(self) -> int:
        """Nobody who has a place loses it by a smaller number."""
        places: int = self.cleaned_data["places"]
        if not 1 <= places <= 1000:
            raise forms.ValidationError(_now("Write a number from 1 to 1000."))
        taken = self.instance.enrolments.filter(withdrawn_at=None).count()
        if places < taken:
            raise forms.ValidationError(_now("%(n)s people have a place already; take some out first.") % {"n": taken})
        return places


@needs("learning.run")
def edit_offering(request: Asked, pk: int) -> HttpResponse:
    """Change the name, the places, the teachers of a run. More places let the queue move up."""
    offering = get_object_or_404(Offering.objects.select_related("course", "series"), pk=pk)
    form = OfferingForm(request.POST or None, instance=offering)
    if request.method == "POST" and form.is_valid():
        actions.change_offering(offering=offering, actor=request.user, **form.cleaned_data)
        messages.success(request, _now("Saved."))
        return redirect("learning:offering", pk)
    page = {"form": form, "title": _now("Change the run"), "back": f"/offerings/{pk}/"}
    return render(request, "learning/form.html", page, status=422 if form.errors else 200)


class TeachersForm(forms.Form):
    """Who usually teaches a course: they are offered first when a run is planned."""

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teachers"] = forms.ModelMultipleChoiceField(
            teachers_for(course),
            label=_("Usual teachers"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=list(course.usual_teachers.all()),
            help_text=_("They are proposed first when a run of the course is planned."),
        )


@needs("learning.run")
def teachers(request: Asked, code: str) -> HttpResponse:
    """Who usually teaches the course."""
    course = get_object_or_404(Course, code=code)
    form = TeachersForm(request.POST or None, course=course)
    if request.method == "POST" and form.is_valid():
        actions.set_usual_teachers(course=course, teachers=form.cleaned_data["teachers"], actor=request.user)
        messages.success(request, _now("Saved."))
        return redirect("learning:course", code)
    page = {"form": form, "title": _now("Usual teachers"), "back": f"/courses/{code}/"}
    return render(request, "learning/form.html", page, status=422 if form.errors else 200)
