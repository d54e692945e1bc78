"""Forms of the guided way to a goal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.growth.web.goal_forms import Once


class AnswerForm(forms.Form):
    """Room for an answer; nothing is one too."""

    words = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def ask(self, question: Any, example: Any) -> None:
        """The question as the name of the field, and an example of an answer in it."""
        self.fields["words"].label = question
        self.fields["words"].widget.attrs["placeholder"] = example


class WishForm(Once):
    """The sentence, and what goes into the goal beside it."""

    title = forms.CharField(label=_("I want to"), max_length=200)
    with_answers = forms.BooleanField(label=_("Put my answers into “Why it matters to me”"), required=False)
    with_position = forms.BooleanField(label=_("Tie it to the position I chose"), required=False, initial=True)
