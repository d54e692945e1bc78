"""Forms about courses, their runs, and who takes part."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trellis.domains.careers.models import Competency, CompetencyLevel
from trellis.domains.learning.definitions import read_assessed, write_assessed
from trellis.domains.learning.models import Course
from trellis.domains.people.queries import by_employee_ids
from trellis.kit.files.plain_yaml import PlainLoader


class CourseForm(forms.ModelForm[Course]):
    """A course, with what it teaches as lines `competency-code level`."""

    chinese_name = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    teaches = forms.CharField(
        label=_("Teaches"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line for each: the code of a competency and the level that passing shows, as in: feedback 2"),
    )

    assessed = forms.CharField(
        label=_("Assessments"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "code", "spellcheck": "false"}),
        help_text=_(
            "As in a definition: attempts and assessments with weight, pass_mark and rubric. Left empty, the course "
            "has one score. Runs that are open keep theirs."
        ),
    )

    class Meta:
        model = Course
        fields = ["name", "chinese_name", "code", "kind", "description", "hours", "sessions_planned", "pass_mark"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["chinese_name"].initial = self.instance.names.get("zh-hans", "")
            taught = self.instance.teaches.select_related("competency")
            self.fields["assessed"].initial = write_assessed(self.instance)
            self.fields["teaches"].initial = "\n".join(f"{t.competency.code} {t.level}" for t in taught)

    def clean_assessed(self) -> dict[str, Any]:
        """The assessments as they are kept; every fault is told with its place."""
        try:
            written = yaml.load(self.cleaned_data["assessed"], PlainLoader) or {}  # noqa: S506, it takes values only
        except yaml.YAMLError as fault:
            line = getattr(getattr(fault, "problem_mark", None), "line", 0) + 1
            raise forms.ValidationError(_now("Line %(line)s cannot be read as YAML.") % {"line": line}) from fault
        unknown = not isinstance(written, dict) or set(written) - {"attempts", "assessments"}
        if unknown:
            raise forms.ValidationError(_now("Write nothing but attempts: and assessments: here."))
        assessed, faults = read_assessed(written)
        if faults:
            raise forms.ValidationError([f"{place}: {text}" for place, text in faults[:10]])
        return assessed

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
        self.instance.assessed = data.get("assessed", {})
        self.instance.names = {**names, "zh-hans": chinese} if chinese else names
        return data


class EnrolForm(forms.Form):
    """Employee ids, pasted from wherever they are."""

    employee_ids = forms.CharField(
        label=_("Employee ids"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or many, parted by spaces, commas or lines."),
    )

    def clean_employee_ids(self) -> list[int]:
        """The people, in the order written; those unknown or gone are named."""
        found, unknown = by_employee_ids(self.cleaned_data["employee_ids"])
        if unknown:
            text = ngettext(
                "Nobody here has the employee id %(ids)s. Nobody was enrolled; correct it and send again.",
                "Nobody here has the employee ids %(ids)s. Nobody was enrolled; correct them and send again.",
                len(unknown),
            )
            raise forms.ValidationError(text % {"ids": ", ".join(unknown[:20])})
        return found
