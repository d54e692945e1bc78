"""The forms for what a gate asks: one for each kind of requirement, and one for a group of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.careers.models import CompetencyLevel
from trellis.domains.programmes.actions.drafts import Edit
from trellis.domains.programmes.rules import LEAVES, editing
from trellis.domains.programmes.web.editor_forms import Choices, PlaceForm

SHORT = 90
MANY_COURSES = 100  # more of them are found by typing, not by reading a list


class TypedInput(forms.TextInput):
    """A box that offers what can be typed, in a list of the browser's own."""

    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.offered = offered

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, {**(attrs or {}), "list": f"{name}-offered"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.offered))
        return format_html('{}<datalist id="{}-offered">{}</datalist>', box, name, options)


class TypedCourse(forms.CharField):
    """One course of many, by its name as it is offered, its name alone, or its code."""

    def __init__(self, courses: Sequence[tuple[str, str]]) -> None:
        self.of_code = {code: f"{name} ({code})" for code, name in courses}
        super().__init__(
            label=gettext_lazy("Course"),
            max_length=300,
            widget=TypedInput(list(self.of_code.values())),
            help_text=gettext_lazy("Begin to type its name; what fits is offered."),
        )
        self.codes: dict[str, set[str]] = {}
        for code, name in courses:
            for known in (code, name, self.of_code[code]):
                self.codes.setdefault(known.casefold(), set()).add(code)

    def written(self, code: Any) -> str:
        """As it stands in the box; a code that nothing has stands there as it is."""
        return self.of_code.get(code, code or "")

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        found = self.codes.get(typed.casefold(), set())
        if len(found) != 1:
            raise forms.ValidationError(_("No course, or more than one, is called that. Choose one that is offered."))
        return next(iter(found))


class PartForm(PlaceForm):
    """One requirement; `word` is what a definition calls it, `title` what people do."""

    texts = ()
    word: ClassVar[str] = ""
    new: ClassVar[Any] = ""

    def content(self) -> Any:
        """What stands under its word."""
        raise NotImplementedError

    @property
    def held(self) -> Any:
        """What stands there now."""
        return self.there.get(self.word)

    def hold(self, key: str, otherwise: Any = None) -> Any:
        """One value of what stands there now."""
        return self.held.get(key, otherwise) if isinstance(self.held, dict) else otherwise

    def edit(self) -> Edit:
        place, tree = self.place, {self.word: self.content()}
        if place[-1] == editing.NEW:
            return lambda body: editing.add_part(body, place, tree)
        return lambda body: editing.put_part(body, place, tree)


class CoursesForm(PartForm):
    word, new = "courses", gettext_lazy("Every course of the track")
    attendance = forms.IntegerField(
        label=gettext_lazy("Per cent of the sessions attended"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Empty: attendance does not count."),
    )
    passed = forms.BooleanField(label=gettext_lazy("Every course passed"), required=False)

    def arrange(self) -> None:
        self.initial |= {
            "attendance": self.hold("attendance", None if self.there else 100),
            "passed": self.hold("passed", not self.there),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("attendance") and not data.get("passed"):
            raise forms.ValidationError(_("Ask for attendance, for a pass, or for both."))
        return data

    def content(self) -> Any:
        data = self.cleaned_data
        return ({"attendance": data["attendance"]} if data["attendance"] else {}) | (
            {"passed": True} if data["passed"] else {}
        )


class OneCourseForm(PartForm):
    """What is asked about one course."""

    course: forms.Field = forms.ChoiceField(label=gettext_lazy("Course"))

    def arrange(self) -> None:
        there = self.named("course")
        held = self.held if isinstance(self.held, str) else self.hold("course")
        if len(there) > MANY_COURSES:
            self.fields["course"] = TypedCourse(there)
            held = self.fields["course"].written(held)  # type: ignore[attr-defined]
        else:
            self.fields["course"].choices = [("", _("Choose one")), *self.all_courses()]  # type: ignore[attr-defined]
        self.initial["course"] = held


class CoursePassedForm(OneCourseForm):
    word, new = "course_passed", gettext_lazy("One course passed")

    def content(self) -> Any:
        return self.cleaned_data["course"]


class AttendanceForm(OneCourseForm):
    word, new = "attendance", gettext_lazy("Attendance of one course")
    percent = forms.IntegerField(
        label=gettext_lazy("Per cent of the sessions attended"), min_value=1, max_value=100, initial=100
    )

    def arrange(self) -> None:
        super().arrange()
        self.initial["percent"] = self.hold("percent", 100)

    def content(self) -> Any:
        return {"course": self.cleaned_data["course"], "percent": self.cleaned_data["percent"]}


class DaysForm(PartForm):
    word, new = "days_beside_holder", gettext_lazy("Whole days beside somebody who holds the position")
    days = forms.IntegerField(label=gettext_lazy("Number of days"), min_value=1, max_value=200)
    hours = forms.FloatField(label=gettext_lazy("Hours of a whole day"), min_value=1, max_value=24)

    def arrange(self) -> None:
        self.initial |= {"days": self.hold("days", 6), "hours": f"{self.hold('hours', 8):g}"}

    def content(self) -> Any:
        hours = self.cleaned_data["hours"]
        return {"days": self.cleaned_data["days"], "hours": int(hours) if hours == int(hours) else hours}


class LevelForm(PartForm):
    word, new = "level", gettext_lazy("A level of a competency shown")
    level = forms.ChoiceField(
        label=gettext_lazy("Competency and level"), help_text=gettext_lazy("A higher level shows the lower ones too.")
    )

    def arrange(self) -> None:
        field: Any = self.fields["level"]
        field.choices = [("", _("Choose one")), *levels()]
        self.initial["level"] = f"{self.hold('competency')}:{self.hold('level')}"

    def content(self) -> Any:
        competency, level = self.cleaned_data["level"].rsplit(":", 1)
        return {"competency": competency, "level": int(level)}


def levels() -> Choices:
    """Every level of every competency, with the behaviour that shows it."""
    found: dict[str, Choices] = {}
    there = CompetencyLevel.objects.select_related("competency").order_by("competency__name", "level")
    for level in there:
        about = level.about or str(level)
        short = about if len(about) <= SHORT else f"{about[:SHORT].rstrip()}…"
        text = _("Level %(level)s: %(about)s") % {"level": level.level, "about": short}
        found.setdefault(str(level.competency), []).append((f"{level.competency.code}:{level.level}", text))
    return list(found.items())


class ApprovalForm(PartForm):
    word, new = "approval", gettext_lazy("Approval by the academy")

    def content(self) -> Any:
        return self.held or {"by": "academy", "key": editing.approval_key(self.desk.draft.body)}


class CodeForm(PartForm):
    code = forms.SlugField(
        label=gettext_lazy("Its short name"),
        max_length=80,
        help_text=gettext_lazy("Latin letters, digits and hyphens. It is looked up when this becomes available."),
    )

    def arrange(self) -> None:
        self.initial["code"] = self.held

    def content(self) -> Any:
        return self.cleaned_data["code"]


class AgreementForm(CodeForm):
    word, new = "agreement_signed", gettext_lazy("An agreement signed")


class SurveyForm(CodeForm):
    word, new = "survey_answered", gettext_lazy("A survey answered")


class PointsForm(PartForm):
    word, new = "points_held", gettext_lazy("Points held")
    points = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=10**9)
    currency = forms.ChoiceField(
        label=gettext_lazy("Of what"),
        choices=[("points", gettext_lazy("points")), ("flowers", gettext_lazy("little red flowers"))],
    )

    def arrange(self) -> None:
        self.initial |= {"points": self.hold("points"), "currency": self.hold("currency", "points")}

    def content(self) -> Any:
        data = self.cleaned_data
        return {"points": data["points"]} | ({} if data["currency"] == "points" else {"currency": data["currency"]})


class CaseForm(PartForm):
    word, new = "case_published", gettext_lazy("Own cases published")
    cases = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=100, initial=1)

    def arrange(self) -> None:
        self.initial["cases"] = self.held or 1

    def content(self) -> Any:
        return self.cleaned_data["cases"]


class GroupForm(PlaceForm):
    """How many parts of a group are to be met."""

    texts = ()
    word, new = "group", gettext_lazy("A group: all of, any of, or some of several")
    how = forms.ChoiceField(
        label=gettext_lazy("To be met"),
        choices=[
            ("all", gettext_lazy("all of them")),
            ("any", gettext_lazy("any one of them")),
            ("some", gettext_lazy("so many of them:")),
        ],
        widget=forms.RadioSelect,
    )
    n = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=1, max_value=100)

    def arrange(self) -> None:
        group = editing.shape_of(self.there)
        word = group[0] if group else "any_of"
        content = self.there.get("at_least")
        self.initial |= {
            "how": {"all_of": "all", "any_of": "any"}.get(word, "some"),
            "n": content.get("n") if isinstance(content, dict) else 2,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("how") == "some" and not data.get("n") and "n" not in self.errors:
            self.add_error("n", _("Say how many of them."))
        return data

    def edit(self) -> Edit:
        place, how = self.place, self.cleaned_data["how"]
        n = {"all": None, "any": 1}.get(how, self.cleaned_data["n"])
        if place[-1] != editing.NEW:
            return lambda body: editing.regroup(body, place, n)
        tree: dict[str, Any] = {"any_of" if n else "all_of": []}
        if n and n > 1:
            tree = {"at_least": {"n": n, "of": []}}
        return lambda body: editing.add_part(body, place, tree)


PARTS: dict[str, type[PlaceForm]] = {
    form.word: form
    for form in (
        CoursesForm,
        CoursePassedForm,
        AttendanceForm,
        DaysForm,
        LevelForm,
        ApprovalForm,
        GroupForm,
        AgreementForm,
        PointsForm,
        SurveyForm,
        CaseForm,
    )
}
NOT_AVAILABLE = frozenset(kind.word for kind in LEAVES if not kind.is_available)


def part_form(there: Any, word: str) -> type[PlaceForm] | None:
    """The form for what stands there, or for something new of the kind."""
    if isinstance(there, dict) and len(there) == 1:
        return PARTS.get("group" if editing.shape_of(there) else next(iter(there)))
    return PARTS.get(word)
