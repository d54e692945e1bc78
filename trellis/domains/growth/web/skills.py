"""What I want and what the company needs, laid over each other; and the page that says what is needed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from trellis.domains.careers.models import Competency
from trellis.domains.careers.queries.choosing import groups_for
from trellis.domains.careers.wording import group_title
from trellis.domains.growth.actions import skills as actions
from trellis.domains.growth.models import SkillNeed, SkillWish
from trellis.domains.growth.queries import skills as queries
from trellis.domains.learning.queries import mandatory
from trellis.domains.learning.wording import REQUIRED
from trellis.domains.people.access import Role, reach_of
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of


def _open_skills() -> Any:
    return Competency.objects.filter(closed_on=None).order_by("name")


class WishForm(forms.Form):
    """One skill of the company's, or one's own words."""

    competency = forms.ModelChoiceField(
        Competency.objects.none(),
        label=gettext_lazy("A skill of the company’s"),
        required=False,
        to_field_name="code",
        empty_label="–",
    )
    words = forms.CharField(label=gettext_lazy("or something in your own words"), max_length=120, required=False)
    note = forms.CharField(label=gettext_lazy("What you want it for"), max_length=300, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skill = self.fields["competency"]
        skill.queryset = _open_skills()  # type: ignore[attr-defined]
        groups = groups_for(person, on=clock.today())
        skill.choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((group_title(group), [(one.code, str(one)) for one in group.competencies]) for group in groups),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("competency")) == bool(data.get("words")):
            raise forms.ValidationError(_("Choose a skill, or write your own words: one of the two."))
        return data


class NeedForm(forms.ModelForm[SkillNeed]):
    """A skill the company, or a branch of it, would be glad of."""

    class Meta:
        model = SkillNeed
        fields = ["competency", "unit", "until", "why"]
        widgets = {"until": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skill, unit = self.fields["competency"], self.fields["unit"]
        skill.queryset = _open_skills()  # type: ignore[attr-defined]
        reach = reach_of(person, Role.ACADEMY, Role.HR)
        unit.queryset = _units(reach, person.headed_paths)  # type: ignore[attr-defined]
        unit.empty_label = _("the whole company") if reach is None else None  # type: ignore[attr-defined]
        unit.required = reach is not None


def _units(reach: list[str] | None, headed: list[str]) -> Any:
    within = Q(pk__in=[])
    for path in [*(reach or []), *headed]:
        within |= Q(path__startswith=path)
    found = Unit.objects.filter(closed_on=None).order_by("name")
    return found if reach is None else found.filter(within)


@signed_in
def wishes(request: Asked) -> HttpResponse:
    """The three groups, and apart from them what is part of the job."""
    today = clock.today()
    required = [(line, REQUIRED[line.standing.state]) for line in mandatory.of_person(request.user.pk, today)]
    page = {"laid": queries.laid_over(request.user, on=today), "rows": required}
    return render(request, "growth/wishes.html", page)


@signed_in
def new_wish(request: Asked) -> HttpResponse:
    """Want to grow in something."""
    form = WishForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        actions.wish(owner=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Nobody but you sees it."))
        return redirect("growth:wishes")
    return render(request, "growth/new_wish.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def drop_wish(request: Asked, pk: int) -> HttpResponse:
    """No longer want it."""
    kept = get_object_or_404(SkillWish, pk=pk)
    require(request, "growth.own", kept)
    actions.drop_wish(kept=kept)
    messages.success(request, _("Taken out; nothing of it is kept."))
    return redirect("growth:wishes")


@signed_in
def needs(request: Asked) -> HttpResponse:
    """What the company says it needs, for everybody to read; who may say so for a branch adds to it here."""
    may_say = request.user.has_perm("growth.say_needed")
    if request.method == "POST":
        require(request, "growth.say_needed")
    form = NeedForm(request.POST or None, person=request.user) if may_say else None
    if form and request.method == "POST" and form.is_valid():
        actions.declare_need(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Said. It shows on the page of everybody it is for."))
        return redirect("growth:needs")
    page = page_of(request, queries.needs_in_force(clock.today()))
    rows = [(need, may_say and request.user.has_perm("growth.end_need", need)) for need in page]
    shown = {"page": page, "rows": rows, "form": form}
    return render(request, "growth/needs.html", shown, status=422 if form and form.errors else 200)


@signed_in
@require_POST
def end_need(request: Asked, pk: int) -> HttpResponse:
    """It is needed no longer."""
    need = get_object_or_404(SkillNeed.objects.select_related("unit"), pk=pk)
    require(request, "growth.end_need", need)
    actions.end_need(need=need, actor=request.user)
    messages.success(request, pgettext("what one did", "Taken back."))
    return redirect("growth:needs")
