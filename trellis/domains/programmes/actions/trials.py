"""Trying a definition out on people: at once when they are few, else as work one can watch."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person
from trellis.domains.programmes.queries.dry_run import Who, dry_run, people_in
from trellis.domains.programmes.rules import Definition, read_loosely, write_definition
from trellis.kit import clock
from trellis.kit.tasks.jobs import Job, job, start_job

AT_ONCE = 12_000  # 10,000 took half a second, which a form may take


def try_out(*, definition: Definition, who: Who, then: str, actor: Person) -> Job:
    """Look at everybody before every gate; the job keeps the result, and `then` with its number shows it."""
    n = people_in(definition, who, on=clock.today())
    params = {"definition": write_definition(definition), **asdict(who)}
    if n > AT_ONCE:
        with transaction.atomic():  # it begins when this is through, knowing where its result is seen
            started = start_job(try_definition, owner=actor, **params)
            Job.objects.filter(pk=started.pk).update(then=f"{then}?run={started.pk}")
        return started
    trial = dry_run(definition, who, on=clock.today())
    return Job.objects.create(
        kind=KIND,
        owner=actor,
        state=Job.State.DONE,
        params=params,
        result=trial.as_data(),
        done=len(trial.rows),
        total=len(trial.rows),
        finished_at=clock.now(),
        then=then,
    )


KIND = "programmes.dry_run"


@job(KIND, title=_("Trying the definition out on people"))
def try_definition(job: Job, *, definition: dict[str, Any], kind: str, pk: int, towards: str) -> dict[str, Any]:
    """The same in the background, saying how far it is."""
    read, _faults = read_loosely(definition)
    return dry_run(read, Who(kind, pk, towards), on=clock.today(), tell=job.tell).as_data()
