"""Long work a person waits for.

    @job("people.invite_all", title=_("Inviting people"))
    def invite_all(job: Job, *, unit_id: int) -> dict[str, Any]:
        ...
        job.tell(done, total)
        return {"sent": done}

    start_job(invite_all, owner=request.user, then="/people/", unit_id=3)  # -> Job; redirect to its page

What it returns is kept as `job.result`. To fail with a sentence for the person, raise `CannotDo(sentence)`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from trellis.kit import clock
from trellis.kit.tasks import progress
from trellis.kit.tasks.declare import task
from trellis.kit.tasks.models import Job

__all__ = ["CannotDo", "Job", "job", "start_job"]
log = logging.getLogger(__name__)
Work = TypeVar("Work", bound=Callable[..., dict[str, Any] | None])


class CannotDo(Exception):  # noqa: N818, it is no error but an answer
    """The work cannot be done; the message is a sentence for whoever waits."""


@dataclass(frozen=True)
class Kind:
    code: str
    title: Any
    work: Callable[..., dict[str, Any] | None]


_kinds: dict[str, Kind] = {}


def job(code: str, *, title: Any) -> Callable[[Work], Work]:
    """Make a function work that `start_job` can start. `title` is lazily translated."""

    def declare(work: Work) -> Work:
        if code in _kinds and _kinds[code].work.__qualname__ != work.__qualname__:
            raise ValueError(f"two jobs are called {code}")
        _kinds[code] = Kind(code, title, work)
        work.job_code = code  # type: ignore[attr-defined]
        return work

    return declare


def title_of(of: Job) -> str:
    """What the job is called, in the reader's language."""
    kind = _kinds.get(of.kind)
    return str(kind.title) if kind else of.kind


def start_job(work: Callable[..., Any], *, owner: Any, then: str = "", **params: Any) -> Job:
    """Write the job down and have it done in the background; `params` are plain values handed to the work."""
    started = Job.objects.create(kind=work.job_code, owner=owner, then=then, params=params)  # type: ignore[attr-defined]
    run_job.enqueue(started.pk)
    started.refresh_from_db()
    return started


@task(retries=0)
def run_job(job_id: int) -> None:
    """Do the work of a job that waits. Once: a job that fell over is started again by its owner, not by itself."""
    if not Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(state=Job.State.RUNNING):
        return
    under_way = Job.objects.get(pk=job_id)
    try:
        under_way.result = _kinds[under_way.kind].work(under_way, **under_way.params) or {}
        under_way.state = Job.State.DONE
    except CannotDo as reason:
        under_way.state, under_way.fault = Job.State.FAILED, str(reason)
    except Exception:
        log.exception("job %s failed", under_way.kind)
        under_way.state = Job.State.FAILED
    under_way.finished_at = clock.now()
    under_way.save(update_fields=["state", "result", "fault", "done", "total", "finished_at"])
    progress.forget(job_id)


def lose(job_id: int) -> None:
    """The process that did the job is gone; say so, and how far it had come."""
    done, total = progress.read(job_id) or (0, 0)
    under_way = Job.objects.filter(pk=job_id, state=Job.State.RUNNING)
    under_way.update(state=Job.State.FAILED, done=done, total=total, finished_at=clock.now())
    progress.forget(job_id)
