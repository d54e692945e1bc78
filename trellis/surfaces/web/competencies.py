"""One competency: what each of its levels looks like, who asks for it, and where it can be learned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.domains.careers.models import Competency
from trellis.domains.careers.queries.skills import asked_by
from trellis.domains.careers.queries.standpoint import own_levels
from trellis.domains.learning.queries import courses_teaching
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import signed_in


@signed_in
def competency(request: Asked, code: str) -> HttpResponse:
    """Positions ask for it, courses teach it: what careers and learning know, on one page."""
    found = get_object_or_404(Competency, code=code)
    page = {
        "competency": found,
        "levels": list(found.levels.all()),
        "mine": own_levels(request.user, on=clock.today()).get(found.pk),
        "asked_by": asked_by(found),
        "courses": courses_teaching([found.pk]).get(found.pk, []),
    }
    return render(request, "web/competency.html", page)
