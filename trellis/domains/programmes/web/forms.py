from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models import Offering
from trellis.domains.programmes.models import Cohort, ProgrammeVersion


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
        fields = ["version", "name", "starts_on", "ends_on", "join_until", "places", "offerings"]
        widgets = {"starts_on": Day(), "ends_on": Day(), "join_until": Day()}
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
