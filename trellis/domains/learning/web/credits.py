"""Earlier learning: asking that it counts, and deciding on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.learning import actions
from trellis.domains.learning.models import Course, Credit
from trellis.domains.learning.web.result_forms import CreditForm, DecideCreditForm, GrantCreditForm
from trellis.domains.people.access import Role, only_about, people_reached_by
from trellis.domains.people.asking import Asked
from trellis.kit.access import needs, require, signed_in
from trellis.kit.paging import page_of

REFUSALS: dict[str, Any] = {
    "oneself": gettext_lazy("Nobody decides on themselves. Ask a colleague of the academy."),
    "reason_needed": gettext_lazy("Write down the reason: the person reads it, and it is kept."),
    "not_granted": gettext_lazy("This was taken back already."),
}


@signed_in
def ask(request: Asked, code: str) -> HttpResponse:
    """Ask that what one learned before counts for a course."""
    course = get_object_or_404(Course, code=code)
    there = Credit.objects.filter(person=request.user, course=course, state__in=["asked", "granted"]).first()
    if there and request.method != "POST":
        return redirect("learning:credit", there.pk)
    form = CreditForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        outcome = actions.ask_credit(
            person=request.user,
            course=course,
            told=data["told"],
            learned_on=data["learned_on"],
            content=form.content,
            file_name=data["file"].name if data["file"] else "",
        )
        if outcome.ok:
            messages.success(request, _("The academy has your request and answers you here."))
        return redirect("learning:credit", outcome.credit.pk) if outcome.credit else redirect("learning:course", code)
    page = {"course": course, "form": form}
    return render(request, "learning/ask_credit.html", page, status=422 if form.errors else 200)


@needs("learning.credit")
def credits(request: Asked) -> HttpResponse:
    """What waits for a decision, the longest first; the decided ones on request."""
    state = request.GET.get("state", "asked")
    found = Credit.objects.select_related("person", "course", "decided_by")
    found = only_about(found, request.user, Role.ACADEMY)
    if state == "asked":
        found = found.filter(state="asked").order_by("asked_at", "id")
    else:
        found = found.exclude(state="asked").order_by("-decided_at", "-id")
    return render(request, "learning/credits.html", {"page": page_of(request, found), "state": state})


@needs("learning.credit")
def grant(request: Asked) -> HttpResponse:
    """Credit somebody what the academy knows they learned, without their asking."""
    people = people_reached_by(request.user, Role.ACADEMY)
    initial = {"employee_id": request.GET.get("who", "")[:60], "course": request.GET.get("course", "")}
    form = GrantCreditForm(request.POST or None, request.FILES or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        person, file = data.pop("employee_id"), data.pop("file")
        outcome = actions.grant_credit(
            person=person, content=form.content, file_name=file.name if file else "", actor=request.user, **data
        )
        if outcome.code in {"granted", "already"} and outcome.credit:
            said = _("Credited; the person is told.") if outcome.ok else _("This course is credited already.")
            messages.success(request, said)
            return redirect("learning:credit", outcome.credit.pk)
        form.add_error("employee_id" if outcome.code == "oneself" else "reason", REFUSALS[outcome.code])
    return render(request, "learning/grant_credit.html", {"form": form}, status=422 if form.errors else 200)


def _credit(request: Asked, pk: int) -> Credit:
    found = Credit.objects.select_related("person", "course", "decided_by", "revoked_by", "file")
    credit = get_object_or_404(found, pk=pk)
    require(request, "learning.see_credit", credit)
    return credit


@signed_in
def credit(request: Asked, pk: int) -> HttpResponse:
    """One request with what was brought, the decision, and who may make it."""
    shown = _credit(request, pk)
    form = DecideCreditForm(request.POST or None)
    if request.method == "POST":
        require(request, "learning.credit", shown)
        if form.is_valid() and _decide(request, shown, form):
            return redirect("learning:credit", pk)
    page = {
        "credit": shown,
        "form": form,
        "may_decide": request.user.has_perm("learning.credit", shown),
        "is_own": shown.person_id == request.user.pk,
    }
    return render(request, "learning/credit.html", page, status=422 if form.errors else 200)


def _decide(request: Asked, shown: Credit, form: DecideCreditForm) -> bool:
    """Whether it is decided now, by this reader or by a faster one; else the form says why not."""
    grant = request.POST.get("decision") == "grant"
    data = form.cleaned_data
    outcome = actions.settle_credit(
        credit=shown, grant=grant, reason=data["reason"], score=data["score"], actor=request.user
    )
    if outcome.ok:
        messages.success(request, _("Credited; the person is told.") if grant else _("Declined, with your reason."))
    elif outcome.code == "already_decided":
        messages.warning(request, _("A colleague was faster and has decided already."))
    else:
        form.add_error("reason", REFUSALS[outcome.code])
    return not form.errors


@signed_in
@require_POST
def revoke(request: Asked, pk: int) -> HttpResponse:
    """Take a credit back, with the reason."""
    shown = _credit(request, pk)
    require(request, "learning.credit", shown)
    outcome = actions.revoke_credit(credit=shown, reason=request.POST.get("reason", ""), actor=request.user)
    if outcome.ok:
        messages.success(request, _("Taken back; the person is told."))
    else:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("learning:credit", pk)
