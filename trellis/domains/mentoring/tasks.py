from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.domains.mentoring.actions.parting import let_go_who_left, look_at_questions
from trellis.domains.mentoring.actions.proposing import find_plan
from trellis.domains.mentoring.actions.reminding import tell_of_silence, tell_of_today
from trellis.domains.mentoring.actions.replacing import propose_replacements
from trellis.kit.tasks.declare import daily, task
from trellis.kit.tasks.jobs import Job, job


@job("mentoring.plan", title=_("Planning mentorship days"))
def plan(under_way: Job, *, proposal_id: int) -> dict[str, Any]:
    """Find the plan of a proposal; started again, it finds what is there."""
    proposal = find_plan(proposal_id, under_way)
    return {"days": proposal.days.count()}


@task(retries=3)
def replace_days_of(holder_id: int) -> None:
    """Other holders for days that cannot be; asked twice, one proposal waits."""
    propose_replacements(holder_id=holder_id)


@daily(hour=5)
@task(retries=3)
def look_after_mentors() -> None:
    """Whose last day is over is let go; questions that wait are brought to mind, or let go in the end."""
    let_go_who_left()
    look_at_questions()


@daily(hour=7)
@task(retries=3)
def remind_of_meetings() -> None:
    """Meetings of today, and those who have planned none for some weeks; run again, nobody is told twice."""
    tell_of_today()
    tell_of_silence()
