"""The certificates of a course run: who is due, and all of them at once."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from trellis.domains.credentials import queries, tasks
from trellis.domains.learning.models import Offering
from trellis.domains.people.access import Role, people_reached_by
from trellis.domains.people.asking import Asked
from trellis.kit.access import needs
from trellis.kit.tasks.jobs import start_job


@needs("credentials.issue")
def run(request: Asked, pk: int) -> HttpResponse:
    """Who of the run has the certificate, who is due, and who is not yet; POST gives it to all who are due."""
    offering = get_object_or_404(Offering.objects.select_related("course"), pk=pk)
    if request.method == "POST":
        job = start_job(
            tasks.issue_for_run, owner=request.user, then=f"/certificates/runs/{pk}/", offering_id=offering.pk
        )
        return redirect("tasks:job", job.pk)
    reached = set(people_reached_by(request.user, Role.ACADEMY).values_list("pk", flat=True))
    rows = [row for row in queries.people_of_run(offering) if row.person.pk in reached]
    due = sum(row.is_due and row.person.pk != request.user.pk for row in rows)
    return render(request, "credentials/run.html", {"offering": offering, "rows": rows, "due": due})
