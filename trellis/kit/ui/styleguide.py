"""What the styleguide's samples need: a form in every state, and a requirement in each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.kit.ui.icons import icon


class SampleForm(forms.Form):
    """Each kind of control; given without its date it shows an error too."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"), help_text=_("As it stands in the list of people.")
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=pgettext_lazy("to a day", "Note"), required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", _("Class")), ("b", _("Event"))])
    way = forms.ChoiceField(
        label=_("Way"), choices=[("a", _("Here")), ("b", _("By mail"))], widget=forms.RadioSelect, initial="a"
    )
    sure = forms.BooleanField(label=_("I am sure"), required=False)
    file = forms.FileField(label=_("File"), required=False)


STATES = ("met", "waiting", "todo", "at_risk", "out_of_reach", "waived", "not_open")


def requirements() -> list[dict[str, Any]]:
    """One requirement in each state."""
    tones = {"yes": icon("check"), "no": icon("x"), "wait": icon("hourglass"), "later": icon("circle")}
    proof = [(tone, drawn, _("Class"), "3/3") for tone, drawn in (*tones.items(), ("na", icon("minus")))]
    return [
        {
            "state": state,
            "title": _("Attend every session"),
            "why": _("Each scheduled session counts; a missed one can be made up."),
            "proof": proof,
            "open": state == "todo",
            "href": "#main" if state == "todo" else "",
            "action": _("Open"),
            "source": _("From the rules of the programme."),
        }
        for state in STATES
    ]
