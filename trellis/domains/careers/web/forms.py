"""Forms of careers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import CompetencyLevel
from trellis.kit import clock

MOST_BYTES = 4_000_000


class LevelForm(forms.Form):
    """Which level somebody is at: one's own estimate, or what a manager saw."""

    level = forms.TypedChoiceField(label=_("Level"), coerce=int, widget=forms.RadioSelect)
    shown_on = forms.DateField(label=_("Shown on"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("By what it was seen"), max_length=300, required=False)

    def __init__(self, *args: Any, levels: Sequence[CompetencyLevel], is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.level, str(level)) for level in levels]  # type: ignore[attr-defined]
        if is_own:
            del self.fields["shown_on"]
            self.fields["note"].label = _("By what you notice it")
        else:
            self.fields["shown_on"].initial = clock.today

    def clean_shown_on(self) -> Any:
        day = self.cleaned_data["shown_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day lies ahead. Choose today or an earlier day."))
        return day


class DefinitionsForm(forms.Form):
    """A framework as a file, or as the text that was checked and perhaps mended."""

    file = forms.FileField(label=_("File (YAML)"), required=False)
    text = forms.CharField(label=_("Definitions"), required=False, widget=forms.Textarea, strip=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 4 MB. Split it into several frameworks."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file:
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not UTF-8 text. Save it as UTF-8 and choose it again."))
        elif not cleaned.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned
