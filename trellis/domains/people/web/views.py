from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.access import people_managed_by, reach_of
from trellis.domains.people.actions import erasure
from trellis.domains.people.actions import roles as role_actions
from trellis.domains.people.actions.invitations import without_sign_in
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Holding, Person, PersonQuerySet, RoleGrant, Unit
from trellis.domains.people.web.directory import PeopleFilter, people_asked_for, rows_of, shown_of_tree, tree_of_units
from trellis.domains.people.web.export import HEADINGS, lines_of
from trellis.domains.people.web.forms import EraseForm, RoleForm
from trellis.kit.access import needs, require
from trellis.kit.files.tables import csv_response, xlsx_response
from trellis.kit.paging import page_of


def _asked_for(request: Asked) -> tuple[PeopleFilter, PersonQuerySet]:
    form = PeopleFilter(request.GET)
    form.is_valid()  # what cannot be understood does not narrow the list; the form says so
    return form, people_asked_for(**{name: value for name, value in form.cleaned_data.items() if value})


@needs("people.see")
def people(request: Asked) -> HttpResponse:
    """Who works here, and as what; whoever manages people finds export and invitations here too."""
    form, found = _asked_for(request)
    page = page_of(request, found)
    context: dict[str, Any] = {"form": form, "page": page, "rows": rows_of(page)}
    if request.user.has_perm("people.manage"):
        context["manages"] = True
        context["to_invite"] = without_sign_in(people_managed_by(request.user)).exists()
    return render(request, "people/list.html", context)


@needs("people.export")
def people_csv(request: Asked) -> HttpResponseBase:
    """The same list as a file the import takes, of the people this person manages."""
    return csv_response(name="people.csv", head=HEADINGS, rows=lines_of(_to_take_out(request)))


@needs("people.export")
def people_xlsx(request: Asked) -> HttpResponseBase:
    """The same as a workbook."""
    return xlsx_response(name="people.xlsx", head=HEADINGS, rows=lines_of(_to_take_out(request)))


def _to_take_out(request: Asked) -> PersonQuerySet:
    _form, found = _asked_for(request)
    return found.filter(pk__in=people_managed_by(request.user).values("pk"))


@needs("people.see")
def units(request: Asked) -> HttpResponse:
    """The company as a tree: heads and sizes."""
    counted = Holding.objects.filter(ended_on=None).values_list("unit").annotate(Count("pk"))
    tree = tree_of_units(dict(counted), Unit.objects.filter(closed_on=None).select_related("head"))
    return render(request, "people/units.html", {"tree": shown_of_tree(tree, under=request.GET.get("under", ""))})


@needs("people.grant_roles")
def roles(request: Asked, person_id: int) -> HttpResponse:
    """What a person may act as: grant one more, end one."""
    person = get_object_or_404(Person, pk=person_id, erased_at=None)
    require(request, "people.grant_roles", person)
    form = RoleForm(request.POST or None, reach=reach_of(request.user, RoleGrant.Role.ADMINISTRATOR))
    if request.method == "POST" and form.is_valid():
        role_actions.grant_role(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s may act as that from today on.") % {"name": person.name})
        return redirect("people:roles", person.pk)
    grants = RoleGrant.objects.in_force().filter(person=person).select_related("unit", "granted_by")
    return render(request, "people/roles.html", {"person": person, "form": form, "grants": grants})


@needs("people.end_role")
@require_POST
def end_role(request: Asked, grant_id: int) -> HttpResponse:
    grant = get_object_or_404(RoleGrant.objects.select_related("person", "unit"), pk=grant_id)
    require(request, "people.end_role", grant)
    outcome = role_actions.end_role(grant=grant, actor=request.user)
    if outcome.reason:
        messages.error(request, _("The last administrator stays, as nobody could name another. Name one first."))
    else:
        messages.success(request, _("The role has ended."))
    return redirect("people:roles", grant.person_id)


@needs("people.erase")
def erase(request: Asked, person_id: int) -> HttpResponse:
    """Forget a person, after their employee id was typed."""
    person = get_object_or_404(Person, pk=person_id, erased_at=None)
    require(request, "people.erase", person)
    form = EraseForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        erasure.erase(person=person, actor=request.user)
        messages.success(request, _("The person is erased. What had to stay names nobody any more."))
        return redirect("people:list")
    return render(request, "people/erase.html", {"person": person, "form": form})
