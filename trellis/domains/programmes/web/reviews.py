"""The academy's desk: reviews that wait, and waivers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.people.access import Role, only_about
from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Cohort, Review
from trellis.domains.programmes.queries import waiting as queries
from trellis.domains.programmes.queries.evidence import evidence_of
from trellis.domains.programmes.queries.journey import companions, journeys_loaded, show_journey
from trellis.domains.programmes.web.forms import DecisionForm
from trellis.domains.programmes.wording import REFUSALS
from trellis.kit import clock
from trellis.kit.access import needs, require
from trellis.kit.paging import page_of


@needs("programmes.review")
def reviews(request: Asked) -> HttpResponse:
    """What waits for whom since when; decided ones on request."""
    state = request.GET.get("state", "asked")
    found = Review.objects.select_related("person", "decided_by", "journey__programme", "journey__position")
    found = only_about(found, request.user, Role.ACADEMY)
    if state == "asked":
        found = found.filter(state="asked", journey__left_at=None).order_by("asked_at", "id")
    else:
        found = found.exclude(state="asked").order_by("-decided_at", "-id")
    page = page_of(request, found)
    return render(request, "programmes/reviews.html", {"page": page, "state": state})


@needs("programmes.review")
def next_review(request: Asked) -> HttpResponse:
    """On to the review that waits longest; to the list when none is left."""
    found = queries.next_review(request.user, only_about(queries.reviews_asked(), request.user, Role.ACADEMY))
    if found:
        return redirect("programmes:review", found.pk)
    messages.success(request, _("Nothing else waits for a decision."))
    return redirect("programmes:reviews")


@needs("programmes.run")
def waiting(request: Asked) -> HttpResponse:
    """The office's queue: reviews, days, results, certificates and what else waits, longest first."""
    every = list(Cohort.objects.select_related("version__programme").order_by("-starts_on", "id")[:200])
    programmes = list({c.version.programme: None for c in every})
    programme = next((p for p in programmes if p.code == request.GET.get("programme")), None)
    cohorts = [c for c in every if programme in (None, c.version.programme)]
    cohort = next((c for c in cohorts if str(c.pk) == request.GET.get("cohort")), None)
    kind, mine = request.GET.get("kind", ""), bool(request.GET.get("mine"))
    found = queries.waiting(cohort, programme=programme, kind=kind)
    if mine:
        found = [pair for pair in found if queries.is_for(pair[1], request.user)]
    context = {
        "page": page_of(request, found),
        "kinds": queries.kinds_waiting(),
        "kind": kind,
        "programmes": programmes,
        "programme": programme,
        "cohorts": cohorts,
        "cohort": cohort,
        "mine": mine,
        "today": clock.today(),
    }
    return render(request, "programmes/waiting.html", context)


@needs("programmes.review")
def review(request: Asked, review_id: int) -> HttpResponse:
    """All evidence on one page, and the decision."""
    shown = get_object_or_404(Review.objects.select_related("person", "decided_by"), pk=review_id)
    journey = journeys_loaded().get(pk=shown.journey_id)
    require(request, "programmes.see_journey", journey)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require(request, "programmes.review", journey)
        if _decide(request, shown, form):
            return redirect("programmes:review", shown.pk)
    told = show_journey(journey, clock.today())
    page = {
        "review": shown,
        "journey": journey,
        "told": told,
        "form": form,
        "people": companions(journey, told),
        "is_own": shown.person_id == request.user.pk,
    }
    return render(request, "programmes/review.html", page, status=422 if form.errors else 200)


@needs("programmes.review")
def evidence(request: Asked, review_id: int) -> HttpResponse:
    """What the review rests on: every session, result, day and signature, waivers and earlier attempts; printable."""
    loaded = Review.objects.select_related("person", "journey__programme", "journey__position", "journey__person")
    shown = get_object_or_404(loaded, pk=review_id)
    require(request, "programmes.review", shown.journey)
    page = {"review": shown, "journey": shown.journey, "found": evidence_of(shown.journey)}
    return render(request, "programmes/evidence.html", page)


def _decide(request: Asked, shown: Review, form: DecisionForm) -> bool:
    """Whether it is decided now, by this reader or by a faster one; else the form says why not."""
    approve = request.POST.get("decision") == "approve"
    reason = form.cleaned_data["reason"]
    outcome = actions.decide_review(review=shown, approve=approve, reason=reason, actor=request.user)
    if outcome.ok:
        messages.success(request, _("Approved.") if approve else _("Returned, with your reason."))
    elif outcome.code == "already_decided":
        messages.warning(request, _("%(who)s was faster and has decided already.") % {"who": shown.decided_by})
    else:
        form.add_error("reason", REFUSALS[outcome.code])
    return not form.errors


@needs("programmes.waive")
@require_POST
def waive(request: Asked, journey_id: int) -> HttpResponse:
    """Let a requirement go, with the reason."""
    journey = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.waive", journey)
    outcome = actions.give_waiver(
        journey=journey,
        key=request.POST.get("key", ""),
        reason=request.POST.get("reason", ""),
        actor=request.user,
    )
    if outcome.ok:
        messages.success(request, _("Waived; the person has been told."))
    else:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("programmes:journey", journey.pk)


@needs("programmes.waive")
@require_POST
def revoke_waiver(request: Asked, journey_id: int) -> HttpResponse:
    """Ask for a waived requirement again, with the reason."""
    journey = get_object_or_404(journeys_loaded(), pk=journey_id)
    require(request, "programmes.waive", journey)
    key, reason = request.POST.get("key", ""), request.POST.get("reason", "")
    outcome = actions.revoke_waiver(journey=journey, key=key, reason=reason, actor=request.user)
    if outcome.ok:
        messages.success(request, _("Asked for again; the person has been told."))
    else:
        messages.error(request, REFUSALS[outcome.code])
    return redirect("programmes:journey", journey.pk)
