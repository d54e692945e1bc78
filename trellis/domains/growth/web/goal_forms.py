"""Forms of goals, objectives, key results and check-ins."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.domains.growth.actions.goals import Wish
from trellis.domains.growth.actions.key_results import Look, Measure
from trellis.domains.growth.models import Goal, KeyResult, Objective
from trellis.domains.growth.queries.goals import Measured
from trellis.domains.growth.rules.goals import Slider, slider
from trellis.domains.growth.rules.numbers import NotANumberError, read_number
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.ids import new_key
from trellis.kit.text import plain_number

FIRST_STEPS = 3
YEARS_AHEAD = 50

WRONG = {
    "not_a_number": _("This is not a number. Write digits, such as 12 or 0.5."),
    "too_large": _("This number is too large. Choose a larger unit: thousands, or millions."),
    "too_fine": _("Three decimal places at most. Round the number, or choose a smaller unit."),
}


def like(example: Any, **more: str) -> dict[str, Any]:
    """The attributes of a control that shows an example of what may be written."""
    return {"placeholder": example, **more}


class NumberField(forms.CharField):
    """A number as people write it: 0.5 and 0,5 alike."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 40})
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return plain_number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_number(text)
        except NotANumberError as why:
            raise ValidationError(WRONG.get(why.code, WRONG["not_a_number"]), code=why.code) from None


def on_the_map(chosen: Position | None = None) -> QuerySet[Position]:
    """The positions of the growth map, and the one that is chosen already."""
    there = Position.objects.filter(steps__isnull=False, closed_on=None)
    if chosen:
        there = there | Position.objects.filter(pk=chosen.pk)
    return there.distinct().order_by("name").only("code", "name", "names")


class Once(forms.Form):
    """A form that sends a key along, so that it counts once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_key)

    def clean_once(self) -> UUID:
        try:
            return UUID(self.cleaned_data["once"])
        except ValueError:
            return UUID(new_key())


class Edited(Once):
    """Sends along which revision its writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def seen(self) -> int:
        """The revision that the writer saw; 0 when none was sent."""
        return self.cleaned_data.get("revision") or 0

    def show_newer(self, revision: int) -> None:
        """What another device wrote is told beside this form; sent once more, it counts."""
        data: Any = self.data
        self.data = data.copy()
        self.data["revision"] = str(revision)  # type: ignore[index]
        self.add_error(
            None,
            _(
                "This was changed on another device while you wrote. Below is what it says there; "
                "if you save once more, your words take its place."
            ),
        )


class GoalForm(Edited):
    """A goal in its owner's words."""

    title = forms.CharField(
        label=_("I want to"),
        max_length=200,
        widget=forms.TextInput(like(_("be a performance expert"))),
    )
    why = forms.CharField(
        label=_("Why it matters to me"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    by_year = forms.IntegerField(
        label=pgettext_lazy("a year", "Until"),
        required=False,
        widget=forms.NumberInput(like("", inputmode="numeric")),
    )
    position = forms.ModelChoiceField(
        label=_("A position of the growth map it leads to"),
        queryset=Position.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, goal: Goal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal
        chosen: Any = self.fields["position"]
        chosen.queryset = on_the_map(goal.position if goal else None)
        self.fields["by_year"].widget.attrs["placeholder"] = str(clock.today().year + 3)

    def clean_by_year(self) -> int | None:
        year = self.cleaned_data["by_year"]
        was = self.goal.by_year if self.goal else None
        if year is None or year == was:
            return was if year else None
        if year < clock.today().year:
            raise ValidationError(_("That year is over. Choose this year or a later one."))
        if year > clock.today().year + YEARS_AHEAD:
            raise ValidationError(_("That is very far. Choose a year you can look forward to."))
        return int(year)

    def wish(self) -> Wish:
        """What it says."""
        said = self.cleaned_data
        return Wish(said["title"], said["why"], said["by_year"], said["position"])


class ObjectiveForm(Edited):
    """What a goal means in a year."""

    title = forms.CharField(label=_("This year that means"), max_length=200)
    year = forms.IntegerField(
        label=_("Year"), min_value=2000, max_value=2199, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, objective: Objective | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year


class MeasureFields(forms.Form):
    """From where to where a number goes."""

    start = NumberField(label=pgettext_lazy("a number", "From"), initial="0", help_text=_("Where you stand today."))
    target = NumberField(
        label=pgettext_lazy("a number", "To"), help_text=_("Where you want to be; less than today works as well.")
    )
    unit = forms.CharField(
        label=pgettext_lazy("a number", "Unit"),
        max_length=20,
        required=False,
        widget=forms.TextInput(like(_("talks, %, hours"))),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, target = cleaned.get("start"), cleaned.get("target")
        if start is not None and start == target:
            self.add_error("target", _("Start and target are the same number, so nothing would move. Change one."))
        return cleaned


class KeyResultForm(Edited, MeasureFields):
    """A number that tells whether an objective is reached."""

    field_order = ("title", "start", "target", "unit", "weight", "once", "revision")

    title = forms.CharField(label=_("I will know by"), max_length=200)
    weight = NumberField(
        label=_("Weight"),
        initial="1",
        help_text=_("How much it counts beside the other key results of the objective: 2 counts double."),
    )

    def clean_weight(self) -> Decimal:
        weight = self.cleaned_data["weight"]
        if not 0 < weight < 1000 or weight != round(weight, 2):
            raise ValidationError(_("A weight is more than 0 and less than 1000, such as 1, 2 or 0.5."))
        return Decimal(weight)

    def measure(self) -> Measure:
        """What it says."""
        said = self.cleaned_data
        return Measure(said["title"], said["start"], said["target"], said["unit"], said["weight"])


class FirstForm(Once, MeasureFields):
    """A first goal in one go: the wish, this year, a number, and up to three first steps."""

    field_order = ("title", "objective", "result", "start", "target", "unit", "step_1", "step_2", "step_3", "once")

    title = forms.CharField(
        label=_("I want to"),
        max_length=200,
        widget=forms.TextInput(like(_("be a performance expert"))),
    )
    objective = forms.CharField(
        label=_("This year that means"),
        max_length=200,
        required=False,
        widget=forms.TextInput(like(_("our slowest page is fast again"))),
    )
    result = forms.CharField(
        label=_("I will know by"),
        max_length=200,
        required=False,
        widget=forms.TextInput(like(_("talks I have given about it"))),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].required = self.fields["target"].required = False
        self.fields["start"].help_text = self.fields["target"].help_text = ""
        for number in range(1, FIRST_STEPS + 1):
            label = _("Step %(number)s") % {"number": number}
            widget = forms.TextInput(like(label))
            self.fields[f"step_{number}"] = forms.CharField(label=label, max_length=200, required=False, widget=widget)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        result, target = cleaned.get("result"), cleaned.get("target")
        if result and target is None and "target" not in self.errors:
            self.add_error("target", _("Say a number you want to come to, or leave the line above empty."))
        if target is not None and not result:
            self.add_error("result", _("Say what the number counts."))
        if result and not cleaned.get("objective"):
            self.add_error("objective", _("Say what this year is to bring; the number belongs to it."))
        return cleaned

    def measure(self) -> Measure | None:
        """The number to go by, if one was said."""
        said = self.cleaned_data
        if not said["result"]:
            return None
        return Measure(said["result"], said["start"] or Decimal(0), said["target"], said["unit"])

    def steps(self) -> list[str]:
        """The first steps that were written down."""
        written = (self.cleaned_data[f"step_{number}"] for number in range(1, FIRST_STEPS + 1))
        return [step for step in written if step]

    def step_fields(self) -> list[forms.BoundField]:
        """Where they are written."""
        return [self[f"step_{number}"] for number in range(1, FIRST_STEPS + 1)]


class LookForm(forms.Form):
    """Where one key result stands now."""

    value = NumberField(label=_("Now"))
    note = forms.CharField(
        label=pgettext_lazy("to a number", "Note"),
        max_length=500,
        required=False,
        widget=forms.TextInput(like(_("A word about it, if you like"))),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown = NumberField(required=False)

    def __init__(self, sent: Any, *, one: Measured) -> None:
        self.one = one
        initial = {"value": one.now, "seen": one.told, "shown": one.now}
        super().__init__(sent, prefix=f"kr{one.key_result.pk}", initial=initial)
        self.fields["shown"].widget = forms.HiddenInput()
        self.fields["value"].error_messages["required"] = _("Say where it stands now.")

    def slider(self) -> Slider:
        """Between which numbers it is slid by thumb."""
        result = self.one.key_result
        return slider(result.start, result.target, self.one.now)

    def look(self) -> Look:
        """What was said."""
        said, result = self.cleaned_data, self.one.key_result
        shown = said["shown"] if said["shown"] is not None else self.one.now
        return Look(result.pk, said["value"], said["note"], said["seen"], shown)


def words_of(goal: Goal) -> dict[str, Any]:
    """A goal as its form shows it."""
    return {
        "title": goal.title,
        "why": goal.why,
        "by_year": goal.by_year,
        "position": goal.position_id,
        "revision": goal.revision,
    }


def numbers_of(result: KeyResult) -> dict[str, Any]:
    """A key result as its form shows it."""
    named = ("title", "start", "target", "unit", "weight", "revision")
    return {name: getattr(result, name) for name in named}
