"""Forms about courses, their runs, and who takes part."""

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trellis.domains.careers.models import Competency, CompetencyLevel
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.sessions.actions import PlannedSession


class CourseForm(forms.ModelForm[Course]):
    """A course, with what it teaches as lines `competency-code level`."""

    chinese_name = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    teaches = forms.CharField(
        label=_("Teaches"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line for each: the code of a competency and the level that passing shows, as in: feedback 2"),
    )

    class Meta:
        model = Course
        fields = ["name", "chinese_name", "code", "kind", "description", "hours", "sessions_planned", "pass_mark"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["chinese_name"].initial = self.instance.names.get("zh-hans", "")
            taught = self.instance.teaches.select_related("competency")
            self.fields["teaches"].initial = "\n".join(f"{t.competency.code} {t.level}" for t in taught)

    def clean_teaches(self) -> dict[int, int]:
        """Competency id to level."""
        taught: dict[int, int] = {}
        for number, line in enumerate(self.cleaned_data["teaches"].splitlines(), start=1):
            if not line.strip():
                continue
            code, _space, level = line.strip().rpartition(" ")
            competency = Competency.objects.filter(code=code.strip()).first()
            if not competency:
                text = _now("Line %(number)s: there is no competency with the code “%(code)s”.")
                raise forms.ValidationError(text % {"number": number, "code": code or line.strip()})
            known = CompetencyLevel.objects.filter(competency=competency, level=level if level.isdecimal() else 0)
            if not known.exists():
                text = _now("Line %(number)s: %(code)s has no level %(level)s.")
                raise forms.ValidationError(text % {"number": number, "code": code, "level": level})
            taught[competency.pk] = int(level)
        return taught

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        names = {language: name for language, name in self.instance.names.items() if language != "zh-hans"}
        chinese = data.get("chinese_name")
        self.instance.names = {**names, "zh-hans": chinese} if chinese else names
        return data


class OfferingForm(forms.Form):
    """A run of a course with weekly sessions."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Such as: Spring 2026, group A"))
    first_day = forms.DateField(label=_("First session"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}), initial="14:00")
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}), initial="16:00")
    number = forms.IntegerField(
        label=_("Number of sessions"), min_value=1, max_value=100, help_text=_("One a week, on the same weekday.")
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=1000, initial=30)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    teachers = forms.ModelMultipleChoiceField(label=_("Teachers"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = (RoleGrant.Role.TEACHER, RoleGrant.Role.ACADEMY)
        teachers = Person.objects.get_queryset().acting_as(*roles)
        self.fields["teachers"].queryset = teachers.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end has to be after the start."))
        return data

    def planned(self, course: Course) -> list[PlannedSession]:
        """The weekly sessions, numbered."""
        data = self.cleaned_data
        days = [data["first_day"] + timedelta(weeks=week) for week in range(data["number"])]
        return [
            PlannedSession(
                title=f"{course.name} {number}"[:200],
                starts_at=timezone.make_aware(datetime.combine(day, data["starts"])),
                ends_at=timezone.make_aware(datetime.combine(day, data["ends"])),
                place=data["place"],
            )
            for number, day in enumerate(days, start=1)
        ]


class EnrolForm(forms.Form):
    """Employee ids, pasted from wherever they are."""

    employee_ids = forms.CharField(
        label=_("Employee ids"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or many, parted by spaces, commas or lines."),
    )

    def clean_employee_ids(self) -> list[int]:
        """The people, in the order written; those unknown or gone are named."""
        written = list(dict.fromkeys(re.split(r"[\s,;，；、]+", self.cleaned_data["employee_ids"].strip())))
        found = dict(Person.objects.here().filter(employee_id__in=written[:2000]).values_list("employee_id", "pk"))
        unknown = [key for key in written if key not in found]
        if unknown:
            text = ngettext(
                "Nobody here has the employee id %(ids)s. Nobody was enrolled; correct it and send again.",
                "Nobody here has the employee ids %(ids)s. Nobody was enrolled; correct them and send again.",
                len(unknown),
            )
            raise forms.ValidationError(text % {"ids": ", ".join(unknown[:20])})
        return [found[key] for key in written]
