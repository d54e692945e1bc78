"""Forms about further attempts and earlier learning."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning import queries
from trellis.domains.learning.models import Course, Offering
from trellis.domains.learning.rules import read_score
from trellis.domains.learning.wording import part_name
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.files.keep import Refusal, check

PROOFS = ("application/pdf", "image/png", "image/jpeg")
MOST_BYTES = 5 * 1024 * 1024


class ResitForm(forms.Form):
    """When and where some people try a part of a course again."""

    part = forms.ChoiceField(label=_("Assessment"))
    people = forms.MultipleChoiceField(label=_("Who tries again"), widget=forms.CheckboxSelectMultiple)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}), initial="16:00")
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}), initial="17:00")
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Reason, for whom the rules of the course speak against it"), max_length=300, required=False
    )

    def __init__(self, *args: Any, offering: Offering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(p.code, part_name(p)) for p in offering.scheme.parts]  # type: ignore[attr-defined]
        people = Person.objects.get_queryset().filter(enrolments__offering=offering, enrolments__withdrawn_at=None)
        results = queries.results_in(offering)
        listed = sorted(people, key=lambda p: (p.pk in results and results[p.pk].passed, p.name, p.pk))
        self.fields["people"].choices = [(p.pk, self._told(p, results)) for p in listed]  # type: ignore[attr-defined]
        self.fields["people"].initial = [p for p, result in results.items() if not result.passed]

    def _told(self, person: Person, results: Any) -> str:
        result = results.get(person.pk)
        if result is None:
            return person.name
        return _now("%(name)s (passed)") % {"name": person.name} if result.passed else person.name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end has to be after the start."))
        return data

    def planned(self) -> dict[str, Any]:
        """What `schedule_resit` asks for."""
        data = self.cleaned_data
        return {
            "part": data["part"],
            "person_ids": [int(pk) for pk in data["people"]],
            "starts_at": timezone.make_aware(datetime.combine(data["day"], data["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(data["day"], data["ends"])),
            "place": data["place"],
            "reason": data["reason"],
        }


class CreditForm(forms.Form):
    """What somebody learned before, with a paper that shows it."""

    told = forms.CharField(
        label=_("What did you learn, and where?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Such as: a course of two days on feedback at my former company, with an examination"),
    )
    learned_on = forms.DateField(label=_("Finished on"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(
        label=_("Certificate or another paper"),
        required=False,
        help_text=_("PDF, PNG or JPEG, at most 5 MB. You and the academy can read it, nobody else."),
    )
    content: bytes | None = None

    def clean_learned_on(self) -> Any:
        day = self.cleaned_data["learned_on"]
        if day > clock.today():
            raise forms.ValidationError(_now("The day is still to come. Write the day on which you finished it."))
        return day

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload:
            found = check(upload, kinds=PROOFS, most_bytes=MOST_BYTES)
            if isinstance(found, Refusal):
                raise forms.ValidationError(found.sentence)
            self.content = found
        return upload


class GrantCreditForm(CreditForm):
    """What somebody learned before, as the academy knows it: credited without being asked."""

    employee_id = forms.CharField(label=_("Employee ID"), max_length=60)
    course = forms.ModelChoiceField(label=_("Course"), queryset=Course.objects.none())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it, and it is kept."),
    )
    score = forms.CharField(label=_("Grade of 100"), max_length=6, required=False)
    field_order = ("employee_id", "course", "told", "learned_on", "reason", "score", "file")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["course"].queryset = Course.objects.order_by("name", "id")  # type: ignore[attr-defined]
        self.fields["told"].label = _("What was learned, and where?")

    def clean_employee_id(self) -> Person:
        found = self.people.filter(employee_id=self.cleaned_data["employee_id"].strip()).first()
        if found is None:
            raise forms.ValidationError(_now("Nobody you act for has this employee ID. Correct it."))
        return found

    def clean_score(self) -> Decimal | None:
        return _score(self.cleaned_data["score"])


class DecideCreditForm(forms.Form):
    """Credit it, with a grade where there is one, or decline."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down the reason: the person reads it, and it is kept.")},
        help_text=_("The person reads it, and it is kept."),
    )
    score = forms.CharField(
        label=_("Grade of 100"),
        max_length=6,
        required=False,
        help_text=_("When the paper shows one; else leave empty."),
    )

    def clean_score(self) -> Decimal | None:
        return _score(self.cleaned_data["score"])


def _score(said: str) -> Decimal | None:
    typed = said.strip()
    if not typed:
        return None
    score = read_score(typed)
    if score is None:
        raise forms.ValidationError(_now("Write a number from 0 to 100 with at most one decimal."))
    return score
