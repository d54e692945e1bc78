"""A published framework comes in by two files: read first, then previewed and loaded on the page of definitions."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.definitions import write
from trellis.domains.careers.queries import known_beside
from trellis.domains.people.asking import Asked
from trellis.kit.access import needs
from trellis.surfaces.exchange.published import CODE, read_published

MOST_BYTES = 8_000_000


class FrameworkForm(forms.Form):
    roles = forms.FileField(label=_("Roles and their levels (CSV)"))
    skills = forms.FileField(label=_("Skills and their levels (CSV)"))

    def clean(self) -> None:
        for name, file in list(self.cleaned_data.items()):
            if file.size > MOST_BYTES:
                self.add_error(name, _("The file is larger than 8 MB. Take the file as its publisher gives it."))


@needs("careers.define")
def frameworks(request: Asked) -> HttpResponse:
    """The files become a text of definitions, which the next page shows, previews and loads like any other."""
    form = FrameworkForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "exchange/frameworks.html", {"form": form}, status=422 if form.is_bound else 200)
    roles, skills = form.cleaned_data["roles"].read(), form.cleaned_data["skills"].read()
    definitions, faults = read_published(roles, skills, known_beside(CODE))
    if definitions is None:
        return render(request, "exchange/frameworks.html", {"form": FrameworkForm(), "faults": faults}, status=422)
    return render(request, "exchange/frameworks_read.html", {"definitions": definitions, "text": write(definitions)})
