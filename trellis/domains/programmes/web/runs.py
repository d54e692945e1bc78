"""Planning the runs of all courses of a cohort at once: a proposal, a look at what clashes, corrections, and done."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trellis.domains.learning.actions import WantedOffering
from trellis.domains.learning.models import Course
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.queries.offers import cohorts_counted
from trellis.domains.programmes.queries.runs import runs_of, takers_of
from trellis.domains.programmes.rules import spread
from trellis.domains.sessions.actions import speaks_against
from trellis.domains.sessions.drafting import Draft, PatternForm, Setting, days_written, tell
from trellis.domains.sessions.models import Room
from trellis.domains.sessions.queries import rooms_in_use
from trellis.kit import clock
from trellis.kit.access import needs

WEEKS = 17


class LineForm(PatternForm):
    """One course: whether to plan it now, when, where and by whom."""

    wanted = forms.BooleanField(label=_("Plan it now"), required=False)
    teacher = forms.ChoiceField(label=_("Teacher"), required=True)
    field_order = ("wanted", "teacher", "first_day", "number", "starts", "ends", "weekdays", "room")

    def __init__(self, *args: Any, course: Course, teachers: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("until", "skip", "place", "link"):
            del self.fields[name]
        self.course = course
        usual = list(course.usual_teachers.all())
        self.teachers = [*usual, *(person for person in teachers if person not in usual)]
        self.fields["teacher"].choices = [(str(p.pk), p.name) for p in self.teachers]  # type: ignore[attr-defined]
        self.draft: Draft | None = None
        self.order_fields(self.field_order)

    @property
    def is_wanted(self) -> bool:
        """Whether the course is to be planned now: without that nothing else of it is looked at."""
        return f"{self.prefix}-wanted" in self.data

    def drawn_up(self, data: QueryDict, places: int, people: list[int], room: Room | None) -> Draft:
        """Its sessions: as corrected by hand, or by the pattern when the days are made (anew)."""
        chosen = self.cleaned_data
        teacher = next(p for p in self.teachers if str(p.pk) == chosen["teacher"])
        setting = Setting(
            self.course.name, [teacher], self.teachers, self.rooms, people=frozenset(people), seats=places
        )
        name = f"{self.prefix}r"
        if data.get("step") in {"check", "open"} and f"{name}1-day" in data:
            return Draft.sent(data, setting, name)
        return Draft.of_days(self.days, chosen["starts"], chosen["ends"], chosen["room"] or room, setting, name)


class CommonForm(forms.Form):
    """What all the runs have in common."""

    places = forms.IntegerField(label=_("Places in each run"), min_value=1, max_value=1000)
    room = forms.ChoiceField(
        label=_("Room"), required=False, help_text=_("For every course below that has no room of its own.")
    )
    skip = forms.CharField(
        label=_("Not on these days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Holidays, as 2026-04-30, parted by spaces or lines."),
    )

    def __init__(self, *args: Any, rooms: list[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = rooms
        choices = [("", _now("no room")), *((str(room.pk), str(room)) for room in rooms)]
        self.fields["room"].choices = choices  # type: ignore[attr-defined]

    def clean_room(self) -> Room | None:
        """The room itself."""
        return next((room for room in self.rooms if str(room.pk) == self.cleaned_data["room"]), None)

    def clean_skip(self) -> frozenset[date]:
        """The days, or a word on the first that is none."""
        return days_written(self.cleaned_data["skip"])


@needs("programmes.run")
def plan(request: Asked, cohort_id: int) -> HttpResponse:
    """Plan all courses that have no run yet."""
    cohort = get_object_or_404(cohorts_counted(), pk=cohort_id)
    runs = runs_of(cohort)
    data = request.POST if request.method == "POST" else None
    rooms: list[Room] = list(rooms_in_use())
    common = CommonForm(data, initial={"places": cohort.places}, rooms=rooms)
    lines = _lines(cohort, runs.missing, rooms, data)
    because = request.POST.get("because", "")[:300]
    if data is not None and _readable(common, lines):
        drafts = _draw_up(cohort, common, lines, data)
        if all(draft.is_good for draft in drafts):
            if data.get("step") == "open" and _open(request, cohort, common, lines, because):
                return redirect("programmes:plan_runs", cohort.pk)
            if data.get("step") != "open":
                tell(drafts, speaks_against([planned for draft in drafts for planned in draft.planned]))
    drawn = [line.draft for line in lines if line.draft]
    page = {
        "cohort": cohort,
        "runs": runs,
        "common": common,
        "lines": lines,
        "because": because,
        "drawn": drawn,
        "sessions": sum(len(draft.planned) for draft in drawn),
        "is_refused": any(draft.is_refused for draft in drawn),
        "has_remarks": any(draft.has_remarks for draft in drawn),
    }
    bad = data is not None
    return render(request, "programmes/plan_runs.html", page, status=422 if bad and _is_bad(common, lines) else 200)


def _lines(cohort: Cohort, courses: list[Course], rooms: list[Room], data: QueryDict | None) -> list[LineForm]:
    acting = Person.objects.get_queryset().acting_as(RoleGrant.Role.TEACHER, RoleGrant.Role.ACADEMY)
    teachers = list(acting.order_by("name", "id"))
    begins = max(cohort.starts_on, clock.today())
    found = []
    for course, at in zip(courses, spread([c.sessions_planned for c in courses], begins, WEEKS), strict=True):
        minutes = max(60, round(float(course.hours) * 60 / course.sessions_planned / 30) * 30)
        ends = datetime.combine(at.first, at.starts) + timedelta(minutes=minutes)
        initial = {
            "wanted": True,
            "number": course.sessions_planned,
            "first_day": at.first,
            "starts": f"{at.starts:%H:%M}",
            "ends": f"{ends:%H:%M}",
        }
        prefix = f"c{course.pk}"
        found.append(LineForm(data, prefix=prefix, initial=initial, course=course, teachers=teachers, rooms=rooms))
    return found


def _readable(common: CommonForm, lines: list[LineForm]) -> bool:
    """Whether everything that is wanted can be read; each line is looked at, so that all faults are told at once."""
    if not common.is_valid():
        return False
    wanted = [line for line in lines if line.is_wanted]
    for line in wanted:
        line.holidays = common.cleaned_data["skip"]
    if not wanted:
        common.add_error(None, _now("Choose at least one course to plan."))
    valid = [line.is_valid() for line in wanted]
    return bool(wanted) and all(valid)


def _draw_up(cohort: Cohort, common: CommonForm, lines: list[LineForm], data: QueryDict) -> list[Draft]:
    takers, chosen = takers_of(cohort), common.cleaned_data
    for line in lines:
        if line.is_wanted:
            people = takers.get(line.course.code, [])
            line.draft = line.drawn_up(data, chosen["places"], people, chosen["room"])
    return [line.draft for line in lines if line.draft]


def _open(request: Asked, cohort: Cohort, common: CommonForm, lines: list[LineForm], because: str) -> bool:
    """Open them all; False: something stands in the way, and is told beside its row."""
    wanted = [
        WantedOffering(
            line.course,
            f"{line.course.name}, {cohort.name}"[:200],
            common.cleaned_data["places"],
            tuple(line.draft.setting.hosts),
            line.draft.planned,
        )
        for line in lines
        if line.draft
    ]
    outcome = actions.plan_runs(cohort=cohort, wanted=wanted, because=because, actor=request.user)
    if not outcome.ok:
        tell([line.draft for line in lines if line.draft], outcome.clashes)
        return False
    text = ngettext("%(n)s run is open, with its sessions.", "%(n)s runs are open, with their sessions.", len(wanted))
    messages.success(request, text % {"n": len(wanted)})
    return True


def _is_bad(common: CommonForm, lines: list[LineForm]) -> bool:
    drawn = [line.draft for line in lines if line.draft]
    wrong = any(line.is_wanted and line.errors for line in lines) or any(not draft.is_good for draft in drawn)
    return bool(common.errors) or wrong or any(draft.is_refused for draft in drawn)
