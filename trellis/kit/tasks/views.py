from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.kit.access import signed_in
from trellis.kit.tasks.jobs import Job, title_of


@signed_in
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """How a piece of long work goes, for whoever started it; the bar asks for itself again while it runs."""
    mine = get_object_or_404(Job, pk=job_id)
    if mine.owner_id != request.user.pk:
        raise PermissionDenied("tasks.see_job")
    done, total = mine.progress()
    context: dict[str, Any] = {
        "job": mine,
        "title": title_of(mine),
        "done": done,
        "total": total,
        "percent": 100 * done // total if total else None,
    }
    part = "#state" if request.headers.get("HX-Request") else ""
    return render(request, f"tasks/job.html{part}", context)
