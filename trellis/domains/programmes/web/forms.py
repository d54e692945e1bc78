from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models import Offering
from trellis.domains.programmes.models import Cohort, ProgrammeVersion
from trellis.kit import clock


class Day(forms.DateInput):
    """A day, chosen from the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class VersionField(forms.ModelChoiceField):
    """A programme with the number of its version."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.programme} · {obj.number}"


class OfferingsField(forms.ModelMultipleChoiceField):
    """Runs of courses, each under its course."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.course} · {obj.name}"


class CohortForm(forms.ModelForm[Cohort]):
    """A new cohort: the version holds what is asked, the offerings are where it is learned."""

    offerings = OfferingsField(
        Offering.objects.none(),
        label=_("Runs of the courses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who joins gets a place in the runs of the courses that their position asks for."),
    )

    class Meta:
        model = Cohort
        fields = ["version", "name", "starts_on", "ends_on", "join_from", "join_until", "places", "offerings"]
        widgets = {"starts_on": Day(), "ends_on": Day(), "join_from": Day(), "join_until": Day()}
        labels = {"version": _("Programme")}

    def __init__(
        self, *args: Any, versions: QuerySet[ProgrammeVersion], offerings: QuerySet[Offering], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = VersionField(versions, label=_("Programme"))
        cast(OfferingsField, self.fields["offerings"]).queryset = offerings

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends, until = (data.get(name) for name in ("starts_on", "ends_on", "join_until"))
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The cohort has to end after it starts."))
        if ends and until and until > ends:
            self.add_error("join_until", _("Joining has to be over before the cohort ends."))
        check_joining(self, data)
        return data


def check_joining(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Joining opens before it is over, and there is at least one place."""
    opens, until = data.get("join_from"), data.get("join_until")
    if opens and until and opens > until:
        form.add_error("join_from", _("Joining has to open before it is over."))
    if data.get("places") == 0:
        form.add_error("places", _("A cohort has at least one place."))


class IntakeForm(forms.ModelForm[Cohort]):
    """The places of a cohort and the days of joining it."""

    class Meta:
        model = Cohort
        fields = ["places", "join_from", "join_until"]
        widgets = {"join_from": Day(), "join_until": Day()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        until = data.get("join_until")
        if until and until > self.instance.ends_on:
            self.add_error("join_until", _("Joining has to be over before the cohort ends."))
        check_joining(self, data)
        return data


class TimeForm(forms.Form):
    """A pause from a day to a day, or a later end."""

    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("pause", _("A pause: everything stands still")), ("extension", _("A later end of the journey"))],
        widget=forms.RadioSelect,
        initial="pause",
    )
    from_on = forms.DateField(label=_("First day of the pause"), required=False, widget=Day())
    until_on = forms.DateField(label=_("Last day of the pause, or the new end"), widget=Day())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by you and the academy, by nobody else."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == "extension":
            data["from_on"] = min(clock.today(), data.get("until_on") or clock.today())
        elif not data.get("from_on"):
            self.add_error("from_on", _("Say on which day the pause begins."))
        return data


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, if you want to say"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason or remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you return it: what is missing, and what to do. The person reads it."),
    )


class DefinitionForm(forms.Form):
    """Definitions as YAML, from a file or typed."""

    file = forms.FileField(label=_("File with definitions (YAML)"), required=False)
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        if upload and upload.size > 2_000_000:
            self.add_error("file", _("The file is larger than 2 MB. Split it into several files."))
        elif upload:
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not UTF-8 text. Save it as UTF-8 and try again."))
        elif not data.get("text"):
            self.add_error("file", _("Choose a file, or paste the text below."))
        return data
