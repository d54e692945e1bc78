"""The long steps, done in the background with true progress."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person
from trellis.kit.tasks.declare import daily, task
from trellis.kit.tasks.jobs import CannotDo, Job, job
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import import actions, texts
from trellis.surfaces.exchange.shift_import import actions as shifts


@job("exchange.look_at_people", title=_("Looking at the file"))
def look_at_file(job: Job, *, run_id: int) -> dict[str, Any]:
    """Find what the file would do."""
    found = actions.look(run=ImportRun.objects.get(pk=run_id), tell=job.tell)
    return {"faults": len(found.faults)}


@job("exchange.import_people", title=_("Importing people"))
def import_people(job: Job, *, run_id: int) -> dict[str, Any]:
    """Apply what was looked at."""
    actor = Person.objects.get_queryset().get(pk=job.owner_id)
    outcome = actions.apply(run=ImportRun.objects.get(pk=run_id), actor=actor, tell=job.tell)
    if not outcome.done:
        raise CannotDo(str(texts.OUTCOMES[outcome.reason]))
    return {"run": run_id}


@job("exchange.import_shifts", title=_("Importing work shifts"))
def import_shifts(job: Job, *, run_id: int) -> dict[str, Any]:
    """Apply what was looked at."""
    actor = Person.objects.get_queryset().get(pk=job.owner_id)
    reason = shifts.apply(run=ImportRun.objects.get(pk=run_id), actor=actor, tell=job.tell)
    if reason:
        raise CannotDo(str(texts.OUTCOMES[reason]))
    return {"run": run_id}


@daily(hour=3)
@task()
def forget_old_imports() -> None:
    """Put away files nobody went on with; after three months an import can no longer be undone, and its file goes."""
    actions.forget_old()
