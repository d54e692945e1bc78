from django import forms
from django.utils.translation import gettext_lazy as _


class JournalFilter(forms.Form):
    kind = forms.CharField(
        label=_("Kind"), required=False, max_length=80, widget=forms.TextInput(attrs={"list": "kinds"})
    )
    who = forms.CharField(label=_("Employee id or e-mail"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
