from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.careers.models import Competency
from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.models import Interest, Interview, Opening
from trellis.domains.opportunities.web.forms import OpeningForm
from trellis.domains.opportunities.web.wording import LOOKS, REFUSALS, reason
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import needs, require
from trellis.kit.paging import page_of


@needs("opportunities.see")
def openings(request: Asked) -> HttpResponse:
    """Posts one can apply for."""
    page = page_of(request, queries.open_on(clock.today()))
    ids = [opening.pk for opening in page.object_list]
    mine = set(
        Interest.objects.filter(person=request.user, withdrawn_at=None, opening__in=ids).values_list(
            "opening", flat=True
        )
    )
    context = {"page": page, "mine": mine, "may_run": request.user.has_perm("opportunities.run")}
    context["sees_pool"] = request.user.has_perm("opportunities.see_pool")
    return render(request, "opportunities/openings.html", context)


@needs("opportunities.see")
def opening(request: Asked, opening_id: int) -> HttpResponse:
    """One post: put oneself forward; for who fills it, the list with the reason of every place."""
    invited = Interview.objects.filter(opening=OuterRef("pk"), person=request.user).exclude(outcome="declined")
    posts = Opening.objects.select_related("position", "unit", "opened_by").prefetch_related("interests")
    posts = posts.annotate(own_interview=Subquery(invited.values("at")), own_place=Subquery(invited.values("place")))
    shown = get_object_or_404(posts, pk=opening_id)
    sees_list = request.user.has_perm("opportunities.see_list", shown)
    rows = []
    if sees_list:
        listed = queries.ranked_list(shown, clock.today())
        names = Competency.objects.in_bulk({pk for row in listed for pk in row.place.candidate.lacking})
        rows = [(row, LOOKS[row.place.reason], reason(row.place, names)) for row in listed]
        certified = {row.person.pk for row in listed if row.place.candidate.certified_on}
    else:
        certified = set(queries.certified_for([shown.position_id], on=clock.today())[shown.position_id])
    own = (i for i in shown.interests.all() if i.person_id == request.user.pk and not i.withdrawn_at)
    page = {
        "opening": shown,
        "is_open": shown.is_open(clock.today()),
        "interest": next(own, None),
        "is_certified": request.user.pk in certified,
        "sees_list": sees_list,
        "rows": rows,
        "may_run": request.user.has_perm("opportunities.run", shown),
        "may_fill": request.user.has_perm("opportunities.fill", shown),
    }
    return render(request, "opportunities/opening.html", page)


@needs("opportunities.run")
def new_opening(request: Asked) -> HttpResponse:
    """Open a post; those certified for it are told at once."""
    form = OpeningForm(request.POST or None, initial={"position": request.GET.get("position")})
    if request.method == "POST" and form.is_valid():
        require(request, "opportunities.run", form.cleaned_data["unit"])
        made = actions.open_post(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The post is open. Those certified for it have been told."))
        return redirect("opportunities:opening", made.pk)
    return render(request, "opportunities/new.html", {"form": form}, status=422 if form.errors else 200)


@needs("opportunities.run")
@require_POST
def close(request: Asked, opening_id: int) -> HttpResponse:
    shown = get_object_or_404(Opening.objects.select_related("unit"), pk=opening_id)
    require(request, "opportunities.run", shown)
    actions.close_post(opening=shown, reason=request.POST.get("reason", ""), actor=request.user)
    messages.success(request, _("The post is closed."))
    return redirect("opportunities:opening", shown.pk)


@needs("opportunities.put_forward")
@require_POST
def put_forward(request: Asked, opening_id: int) -> HttpResponse:
    shown = get_object_or_404(Opening, pk=opening_id)
    outcome = actions.put_forward(opening=shown, person=request.user, note=request.POST.get("note", ""))
    if outcome.ok:
        messages.success(request, _("You have put yourself forward."))
    else:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("opportunities:opening", shown.pk)


@needs("opportunities.put_forward")
@require_POST
def withdraw(request: Asked, opening_id: int) -> HttpResponse:
    shown = get_object_or_404(Opening, pk=opening_id)
    if actions.withdraw_interest(opening=shown, person=request.user):
        messages.success(request, _("Taken back."))
    return redirect("opportunities:opening", shown.pk)
