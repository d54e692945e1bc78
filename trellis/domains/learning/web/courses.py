from decimal import Decimal

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from trellis.domains.careers.models import SkillKind
from trellis.domains.learning import actions, queries
from trellis.domains.learning.models import Course, Offering
from trellis.domains.learning.web.forms import CourseForm
from trellis.domains.learning.wording import assessments_in_words
from trellis.domains.people.asking import Asked
from trellis.domains.sessions.markup import standing
from trellis.kit import clock
from trellis.kit.access import needs, signed_in
from trellis.kit.paging import page_of


@signed_in
def courses(request: Asked) -> HttpResponse:
    """What is taught, by name or kind, with one's own standing."""
    words, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    found = Course.objects.order_by("name", "id")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(**{"names__zh-hans__icontains": words}))
    if kind in SkillKind.values:
        found = found.filter(kind=kind)
    page = page_of(request, found)
    own = queries.course_standings([request.user.pk], [course.pk for course in page])
    rows = [(course, own[request.user.pk, course.pk]) for course in page]
    may_run = request.user.has_perm("learning.run")
    shown = {"page": page, "rows": rows, "words": words, "kind": kind, "may_run": may_run}
    return render(request, "learning/courses.html", shown)


@signed_in
def course(request: Asked, code: str) -> HttpResponse:
    """What a course teaches, its runs, and where one stands."""
    course = get_object_or_404(Course.objects.prefetch_related("teaches__competency"), code=code)
    own = queries.course_standings([request.user.pk], [course.pk])[request.user.pk, course.pk]
    runs = queries.offerings_with_places(course.offerings.all()).order_by("-starts_on", "-id")
    page = {
        "course": course,
        "own": own,
        "own_offering": own.offering_id and Offering.objects.get(pk=own.offering_id),
        "standing": standing(own.attendance) if own.attendance else "",
        "page": page_of(request, runs),
        "assessments": assessments_in_words(course.scheme),
        "today": clock.today(),
        "may_run": request.user.has_perm("learning.run"),
    }
    return render(request, "learning/course.html", page)


@needs("learning.run")
def new_course(request: Asked) -> HttpResponse:
    """Write down a course."""
    form = CourseForm(request.POST or None, initial={"pass_mark": 70, "hours": Decimal(0)})
    if request.method == "POST" and form.is_valid():
        course = actions.save_course(course=form.instance, teaches=form.cleaned_data["teaches"], actor=request.user)
        return redirect("learning:course", course.code)
    return render(request, "learning/form.html", {"form": form, "title": _("New course"), "back": "/courses/"})


@needs("learning.run")
def edit_course(request: Asked, code: str) -> HttpResponse:
    """Change a course. Runs that exist keep their pass mark."""
    course = get_object_or_404(Course, code=code)
    form = CourseForm(request.POST or None, instance=course)
    if request.method == "POST" and form.is_valid():
        actions.save_course(course=form.instance, teaches=form.cleaned_data["teaches"], actor=request.user)
        messages.success(request, _("Saved."))
        return redirect("learning:course", form.instance.code)
    page = {"form": form, "title": _("Change the course"), "back": f"/courses/{code}/"}
    return render(request, "learning/form.html", page)
