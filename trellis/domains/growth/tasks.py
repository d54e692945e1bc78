"""What growth does by itself, and the long steps, with true progress. Their arguments are ids: no word of a board."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from trellis.domains.growth.actions import bringing
from trellis.domains.growth.actions.key_results import reminder_key
from trellis.domains.growth.models import BoardImport
from trellis.domains.growth.notices import CHECK_IN
from trellis.domains.growth.queries.goals import last_looks
from trellis.domains.growth.rules.goals import is_time_to_look
from trellis.kit import clock
from trellis.kit.notices.notify import notify
from trellis.kit.tasks.declare import daily, task
from trellis.kit.tasks.jobs import CannotDo, Job, job


@daily(hour=7)
@task(retries=2)
def remind_of_check_ins() -> None:
    """Who has not looked at their key results for two weeks hears of it, once for each silence, by no goal's name."""
    today = clock.today()
    for person, last in last_looks(on=today).items():
        if is_time_to_look(last, on=today):
            key = reminder_key(person, last.isoformat())
            notify(person_ids=[person], kind=CHECK_IN.code, key=key, link="/goals/check-in/")


@job("growth.write_boards", title=_("Bringing a board in"))
def write_boards(job: Job, *, run_id: int) -> dict[str, Any]:
    """Write what a file holds."""
    run = BoardImport.objects.filter(pk=run_id, owner=job.owner_id).first()
    if run is None or not bringing.write(run=run, tell=job.tell):
        raise CannotDo(_now("The file is not here any more, so nothing was written. Bring it again."))
    return {"import": run_id}


@daily(hour=3)
@task()
def forget_old_board_files() -> None:
    """Put away files nobody went on with."""
    bringing.forget_old()
