"""The forms of the editor: each shows what stands at one place of a draft, and says how the draft changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.careers.models import SkillKind
from trellis.domains.programmes import phrases
from trellis.domains.programmes.actions.drafts import Edit
from trellis.domains.programmes.queries.drafts import Desk
from trellis.domains.programmes.rules import CERTIFICATE, editing
from trellis.domains.programmes.rules.definition import Path
from trellis.domains.recognition.rules import WITHOUT_SMALLER_UNIT

CHINESE = {"lang": "zh-Hans"}
FIRST_WEEK, LAST_WEEK = -104, 520
Choices = list[tuple[Any, Any]]


def both(label_en: Any, label_zh: Any, *, length: int = 200, rows: int = 0) -> tuple[forms.CharField, forms.CharField]:
    """A text in the two languages, two boxes."""
    english, chinese = (
        forms.Textarea(attrs={"rows": rows} | extra) if rows else forms.TextInput(attrs=extra)
        for extra in ({}, CHINESE)
    )
    return (
        forms.CharField(label=label_en, required=False, max_length=length, widget=english),
        forms.CharField(label=label_zh, required=False, max_length=length, widget=chinese),
    )


class PlaceForm(forms.Form):
    """What all of them have in common. `there` is the data at the place, empty for something new."""

    new: ClassVar[Any] = ""
    texts: ClassVar[tuple[str, ...]] = ("name",)
    initial: dict[str, Any]

    def __init__(self, data: Any, *, desk: Desk, place: Path) -> None:
        self.desk, self.place = desk, place
        found = editing.at(desk.draft.body, place)
        self.there: dict[str, Any] = found if isinstance(found, dict) else {}
        super().__init__(data)
        for name in self.texts:
            text = self.there.get(name)
            texts = text if isinstance(text, dict) else {"en": text or ""}
            self.initial[f"{name}_en"], self.initial[f"{name}_zh"] = texts.get("en"), texts.get("zh-hans")
        self.arrange()

    def arrange(self) -> None:
        """Choices and first values that depend on the draft."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "name" in self.texts and not data.get("name_en") and not data.get("name_zh") and not self.errors:
            self.add_error("name_en", _("Give it a name, in one language at least."))
        return data

    def text(self, name: str) -> Any:
        """The text of two boxes as a definition writes it; languages that have no box stay."""
        was = self.there.get(name)
        texts = (
            {key: text for key, text in was.items() if key not in ("en", "zh-hans")} if isinstance(was, dict) else {}
        )
        english, chinese = self.cleaned_data[f"{name}_en"], self.cleaned_data[f"{name}_zh"]
        texts = ({"en": english} if english else {}) | ({"zh-hans": chinese} if chinese else {}) | texts
        if not isinstance(was, dict) and list(texts) == ["en"]:
            return english
        return texts or None

    def take_over(self, written: PlaceForm, posted: QueryDict) -> None:
        """Show what somebody wrote over what stands here now: only in the boxes they changed, so that what others wrote
        into the rest stays."""
        data = posted.copy()
        for name in set(self.fields) - set(written.changed_data) if self.there else ():
            value = self.initial.get(name)
            values = value if isinstance(value, list) else [] if value in (None, "", False) else [value]
            data.setlist(name, ["on" if value is True else str(value) for value in values])
        self.data, self.is_bound = data, True

    def named(self, what: str) -> Choices:
        """All positions, pathways, courses or competencies there are to choose from."""
        return [(item.code, item.name) for item in self.desk.known.of(what)]

    def all_courses(self) -> Choices:
        """All courses, soft skills and technical ones apart."""
        there = self.desk.known.of("course")
        apart = ((label, [(c.code, c.name) for c in there if c.kind == kind]) for kind, label in SkillKind.choices)
        return [(str(label), found) for label, found in apart if found]

    def values(self) -> dict[str, Any]:
        """What the place holds from now on; None takes a key out."""
        raise NotImplementedError

    def edit(self) -> Edit:
        """How the draft changes."""
        place, values = self.place, self.values()
        if place[-1:] == (editing.NEW,):
            return lambda body: editing.add(body, place, values)
        return lambda body: editing.change(body, place, values)


class GeneralForm(PlaceForm):
    """Name, length, who may join, the bonus."""

    texts = ("name", "description")
    name_en, name_zh = both(gettext_lazy("Name in English"), gettext_lazy("Name in Chinese"))
    description_en, description_zh = both(
        gettext_lazy("What it is, in English"), gettext_lazy("What it is, in Chinese"), length=2000, rows=3
    )
    months = forms.IntegerField(label=gettext_lazy("How many months it takes"), min_value=1, max_value=60)
    voluntary = forms.BooleanField(
        label=gettext_lazy("Strictly voluntary: only a person can put themselves in"), required=False
    )
    open_to = forms.MultipleChoiceField(
        label=gettext_lazy("Open to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Who holds one of these positions may join. None chosen: every employee."),
    )
    bonus = forms.DecimalField(
        label=gettext_lazy("Bonus with the certificate"), required=False, min_value=0, max_value=10**9, decimal_places=2
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency of the bonus"),
        required=False,
        help_text=gettext_lazy("Its three letters, such as VND or CNY."),
        error_messages={"invalid": gettext_lazy("Write the three capital letters of the currency, such as VND.")},
    )

    def arrange(self) -> None:
        self.fields["open_to"].choices = self.named("position")  # type: ignore[attr-defined]
        bonus = self.there.get("bonus") or {}
        currency = bonus.get("currency", "")
        per_unit = 1 if currency in WITHOUT_SMALLER_UNIT else 100
        self.initial |= {
            "months": self.there.get("months", 6),
            "voluntary": self.there.get("voluntary", True),
            "open_to": self.there.get("open_to") or [],
            "bonus": f"{Decimal(bonus.get('amount', 0)) / per_unit:f}" if bonus else None,
            "currency": currency,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("bonus") and not data.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency the bonus is paid."))
        whole = data.get("currency") in WITHOUT_SMALLER_UNIT
        if whole and data.get("bonus") and data["bonus"] != int(data["bonus"]):
            self.add_error("bonus", _("This currency has whole amounts only."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        per_unit = 1 if data["currency"] in WITHOUT_SMALLER_UNIT else 100
        bonus = {"amount": int(data["bonus"] * per_unit), "currency": data["currency"]} if data["bonus"] else None
        return {
            "name": self.text("name"),
            "description": self.text("description"),
            "voluntary": data["voluntary"],
            "months": data["months"],
            "open_to": data["open_to"] or None,
            "bonus": bonus,
        }


class StageForm(PlaceForm):
    """A stretch of weeks."""

    new = gettext_lazy("New stage")
    name_en, name_zh = both(gettext_lazy("Name in English"), gettext_lazy("Name in Chinese"))
    from_week = forms.IntegerField(
        label=gettext_lazy("First week"),
        min_value=FIRST_WEEK,
        max_value=LAST_WEEK,
        help_text=gettext_lazy("The programme starts with week 1. Week 0 is the one before the start, −1 two before."),
    )
    to_week = forms.IntegerField(label=gettext_lazy("Last week"), min_value=FIRST_WEEK, max_value=LAST_WEEK)

    def arrange(self) -> None:
        after = max((stage.to_week for stage in self.desk.definition.stages), default=0) + 1
        self.initial |= {
            "from_week": self.there.get("from_week", 1 if self.there else after),
            "to_week": self.there.get("to_week", 1 if self.there else after + 3),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("from_week"), data.get("to_week")
        if first is not None and last is not None and last < first:
            self.add_error("to_week", _("The last week is before the first one."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"name": self.text("name"), "from_week": data["from_week"], "to_week": data["to_week"]}


# How a date is said, and as what it is written: the key, whether it counts back, from where.
WHEN: dict[str, tuple[Any, str, int, str]] = {
    "week": (gettext_lazy("in week number"), "week", 1, ""),
    "weeks_after": (gettext_lazy("weeks after the start"), "weeks", 1, "start"),
    "weeks_before": (gettext_lazy("weeks before the start"), "weeks", -1, "start"),
    "days_after": (gettext_lazy("days after the start"), "days", 1, "start"),
    "days_before": (gettext_lazy("days before the start"), "days", -1, "start"),
    "weeks_joined": (gettext_lazy("weeks after joining"), "weeks", 1, "joining"),
    "days_joined": (gettext_lazy("days after joining"), "days", 1, "joining"),
}


class NodeForm(PlaceForm):
    """One thing that happens: whose it is, when, what it delivers."""

    new = gettext_lazy("New node")
    texts = ("name", "deliverable")
    name_en, name_zh = both(gettext_lazy("Name in English"), gettext_lazy("Name in Chinese"))
    kind = forms.ChoiceField(label=gettext_lazy("What kind of node"), choices=list(phrases.NODE_KINDS.items()))
    owner = forms.ChoiceField(label=gettext_lazy("Who sees to it"), choices=list(phrases.OWNERS.items()))
    number = forms.IntegerField(
        label=gettext_lazy("When: how many"), required=False, min_value=FIRST_WEEK, max_value=LAST_WEEK * 7
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When: counted in"),
        required=False,
        choices=[("", gettext_lazy("no date")), *((key, how[0]) for key, how in WHEN.items())],
    )
    deliverable_en, deliverable_zh = both(
        gettext_lazy("What it delivers, in English"), gettext_lazy("What it delivers, in Chinese"), length=300
    )
    stage = forms.TypedChoiceField(label=gettext_lazy("Stage"), coerce=int)
    after = forms.MultipleChoiceField(
        label=gettext_lazy("Comes after"), required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )

    def arrange(self) -> None:
        stages = self.desk.definition.stages
        stage: Any = self.fields["stage"]
        stage.choices = [(i, phrases.said(s.name)) for i, s in enumerate(stages)]
        after: Any = self.fields["after"]
        own = self.there.get("key")
        after.choices = [
            (phrases.said(s.name), nodes)
            for s in stages
            if (nodes := [(n.key, phrases.said(n.name)) for n in s.nodes if n.key != own])
        ]
        if not after.choices:
            del self.fields["after"]
        number, when = _date(self.there)
        self.initial |= {
            "kind": self.there.get("kind", "event"),
            "owner": self.there.get("owner", "person" if self.there else "academy"),
            "number": number,
            "when": when,
            "stage": self.place[1],
            "after": self.there.get("after") or [],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        when, number = data.get("when"), data.get("number")
        if "number" in self.errors or "when" in self.errors:
            return data
        if when and number is None:
            self.add_error("number", _("Say how many, or choose “no date”."))
        elif number is not None and not when:
            self.add_error("when", _("Say what is counted: in which week, or days or weeks from when."))
        elif not when or number is None:
            pass
        elif when != "week" and number < 0:
            self.add_error("number", _("Write the number without a minus and choose “before the start”."))
        elif not when.startswith("days") and number > LAST_WEEK:
            self.add_error("number", _("At most %(n)s weeks.") % {"n": LAST_WEEK})
        elif (when == "weeks_before" and number > -FIRST_WEEK) or (when == "days_before" and number > -FIRST_WEEK * 7):
            self.add_error("number", _("At most %(n)s weeks before the start.") % {"n": -FIRST_WEEK})
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        week, due = None, None
        if data["when"]:
            _label, unit, sign, start = WHEN[data["when"]]
            if unit == "week":
                week = data["number"]
            else:
                due = {unit: sign * data["number"]} | ({"from": start} if start != "start" else {})
        return {
            "name": self.text("name"),
            "kind": data["kind"],
            "owner": data["owner"],
            "week": week,
            "due": due,
            "deliverable": self.text("deliverable"),
            "after": data.get("after") or None,
        }

    def edit(self) -> Edit:
        stage, place = self.cleaned_data["stage"], self.place
        if place[-1] == editing.NEW:
            self.place = ("stages", stage, "nodes", editing.NEW)
            return super().edit()
        change = super().edit()
        return lambda body: editing.move_to(change(body), place, stage)


def _date(node: dict[str, Any]) -> tuple[int | None, str]:
    """The number and the way of counting of a node's date."""
    if node.get("week") is not None:
        return node["week"], "week"
    due = node.get("due") or {}
    unit = next((unit for unit in ("weeks", "days") if due.get(unit) is not None), "")
    if not unit:
        return None, ""
    number, start = due[unit], due.get("from", "start")
    sign = -1 if number < 0 and start == "start" else 1
    found = (key for key, (_l, u, s, f) in WHEN.items() if (u, s, f) == (unit, sign, start))
    return abs(number), next(found, "")


class TrackForm(PlaceForm):
    """A position one can step to, with the courses that prove what it asks."""

    new = gettext_lazy("New track")
    texts = ()
    position = forms.ChoiceField(label=gettext_lazy("Position to step to"))
    pathway = forms.ChoiceField(label=gettext_lazy("Pathway"), required=False)
    courses = forms.MultipleChoiceField(
        label=gettext_lazy("Courses"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def arrange(self) -> None:
        own = self.there.get("position", "")
        taken = {track.position for track in self.desk.definition.tracks} - {own}
        fields: Any = self.fields
        fields["position"].choices = [
            ("", _("Choose one")),
            *((code, name) for code, name in self.named("position") if code not in taken),
        ]
        fields["pathway"].choices = [("", _("none")), *self.named("pathway")]
        fields["courses"].choices = self.all_courses()
        self.initial |= {
            "position": own,
            "pathway": self.there.get("pathway", ""),
            "courses": self.there.get("courses") or [],
        }

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        was = self.there.get("courses") or []
        kept = [code for code in was if code in data["courses"]]
        return {
            "position": data["position"],
            "pathway": data["pathway"] or None,
            "courses": kept + [code for code in data["courses"] if code not in was],
        }


class GateForm(PlaceForm):
    """What it is called and what it opens; what it asks is put together on its page."""

    new = gettext_lazy("New gate")
    name_en, name_zh = both(gettext_lazy("Name in English"), gettext_lazy("Name in Chinese"))
    opens = forms.ChoiceField(label=gettext_lazy("Opens"))

    def arrange(self) -> None:
        opens: Any = self.fields["opens"]
        stages = [
            (stage.key, _("the stage “%(stage)s”") % {"stage": phrases.said(stage.name)})
            for stage in self.desk.definition.stages
        ]
        opens.choices = [("", _("Choose one")), *stages, (CERTIFICATE, _("the certificate"))]
        self.initial["opens"] = self.there.get("opens", "")

    def values(self) -> dict[str, Any]:
        values = {"name": self.text("name"), "opens": self.cleaned_data["opens"]}
        return values if "requires" in self.there else {**values, "requires": {"all_of": []}}


FORMS: dict[str, type[PlaceForm]] = {
    "general": GeneralForm,
    "stage": StageForm,
    "node": NodeForm,
    "track": TrackForm,
    "gate": GateForm,
}
