from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from trellis.domains.learning import actions, queries
from trellis.domains.learning.models import Enrolment, Offering
from trellis.domains.learning.web.forms import EnrolForm
from trellis.domains.learning.web.sheet import own_parts
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions.book import book_of_series
from trellis.domains.sessions.markup import matrix, standing
from trellis.kit import clock
from trellis.kit.access import needs, signed_in
from trellis.kit.turns import in_turn


def _offering(pk: int, reader: Person) -> Offering:
    found = queries.offering_for(pk, reader.pk)
    if not found:
        raise Http404
    prefetch_related_objects(found, "teachers")
    return found[0]


@signed_in
@in_turn
def offering(request: Asked, pk: int) -> HttpResponse:
    """A run of a course: for teachers everybody's marks, for others what it is and where one stands."""
    offering = _offering(pk, request.user)
    if request.user.has_perm("learning.see_people", offering):
        book = book_of_series(offering.series_id)
        page = {
            "offering": offering,
            "book": book,
            "table": matrix(book),
            "may_run": request.user.has_perm("learning.run"),
            "may_grade": request.user.has_perm("learning.grade", offering),
        }
        return render(request, "learning/offering.html", page)
    own = queries.offering_standing(offering, request.user.pk)
    sessions = offering.series.sessions.filter(cancelled_at=None, makes_up=None).order_by("starts_at", "id")
    page = {
        "offering": offering,
        "own": own,
        "tries": own_parts(offering, request.user, passed=bool(own.passed)),
        "standing": standing(own.attendance) if own.enrolled and own.attendance else "",
        "lines": queries.own_lines(sessions, request.user),
        "may_join": not own.enrolled and (offering.book_until or offering.ends_on) >= clock.today(),
        "is_full": offering.taken >= offering.places or offering.in_queue,  # type: ignore[attr-defined]
    }
    return render(request, "learning/offering_for_me.html", page)


@signed_in
@require_POST
def join(request: Asked, pk: int) -> HttpResponse:
    """Take a place oneself, or a turn in the queue when there is none."""
    offering = _offering(pk, request.user)
    outcome = actions.take_place(offering=offering, person=request.user, actor=request.user)
    if outcome.code == "over":
        messages.error(request, _("Places of this run are no longer given; look for another one of the course."))
        return redirect("learning:course", offering.course.code)
    if outcome.code in {"booked", "already"}:
        messages.success(request, _("You have a place. Your sessions are in your agenda."))
    else:
        text = _("No place is left. You wait as number %(turn)s; you are told when a place becomes free.")
        messages.success(request, text % {"turn": outcome.turn})
    return redirect("learning:offering", pk)


@signed_in
@require_POST
def leave(request: Asked, pk: int) -> HttpResponse:
    """Give one's own place back, when one took it oneself, or one's turn in the queue."""
    offering = _offering(pk, request.user)
    own = Enrolment.objects.filter(offering=offering, person=request.user, withdrawn_at=None, way_in="self")
    if actions.leave_queue(offering=offering, person=request.user, actor=request.user):
        messages.success(request, _("You no longer wait for a place."))
    elif own.exists():
        actions.withdraw(offering=offering, person_ids=[request.user.pk], actor=request.user)
        messages.success(request, _("You gave your place back."))
    else:
        messages.error(request, _("This place came with a programme or from the academy; ask them to take it back."))
    return redirect("learning:offering", pk)


@needs("learning.run")
def enrol(request: Asked, pk: int) -> HttpResponse:
    """Add people by employee id, and take them out again."""
    offering = _offering(pk, request.user)
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["employee_ids"]
        outcome = actions.enrol(offering=offering, person_ids=people, way_in="staff", actor=request.user)
        text = ngettext("%(n)s person enrolled.", "%(n)s people enrolled.", len(outcome.enrolled))
        messages.success(request, text % {"n": len(outcome.enrolled)})
        if outcome.no_place:
            names = Person.objects.get_queryset().filter(pk__in=outcome.no_place).values_list("name", flat=True)
            messages.error(request, _("No place was left for: %(names)s") % {"names": ", ".join(names)})
        return redirect("learning:enrol", pk)
    enrolments = offering.enrolments.filter(withdrawn_at=None).select_related("person").order_by("person__name", "id")
    page = {"offering": offering, "form": form, "enrolments": enrolments, "queue": queries.queue_of(offering)}
    return render(request, "learning/enrol.html", page)


@needs("learning.run")
@require_POST
def withdraw(request: Asked, pk: int, person: int) -> HttpResponse:
    """Take one person out; what was marked and graded stays."""
    gone = actions.withdraw(offering=_offering(pk, request.user), person_ids=[person], actor=request.user)
    if gone:
        messages.success(request, _("Taken out. Marks and results stay on record."))
    return redirect("learning:enrol", pk)
