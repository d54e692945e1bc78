"""What growth does by itself."""

from trellis.domains.growth.actions.key_results import REMINDER, reminder_key
from trellis.domains.growth.queries.goals import last_looks
from trellis.domains.growth.rules.goals import is_time_to_look
from trellis.kit import clock
from trellis.kit.notices.notify import notify
from trellis.kit.tasks.declare import daily, task


@daily(hour=7)
@task(retries=2)
def remind_of_check_ins() -> None:
    """Who has not looked at their key results for two weeks hears of it, once for each silence, by no goal's name."""
    today = clock.today()
    for person, last in last_looks(on=today).items():
        if is_time_to_look(last, on=today):
            key = reminder_key(person, last.isoformat())
            notify(person_ids=[person], kind=REMINDER, key=key, link="/goals/check-in/")
