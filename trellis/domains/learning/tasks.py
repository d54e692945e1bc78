from trellis.domains.learning.actions.places import let_go_who_left
from trellis.domains.learning.actions.reminding import remind_of_mandatory
from trellis.kit.tasks.declare import daily, task


@daily(hour=6)
@task(retries=3)
def remind_of_mandatory_training() -> None:
    """Before the mail of the day; run again, nobody is told twice."""
    remind_of_mandatory()


@daily(hour=0)
@task(retries=3)
def free_places_of_who_left() -> None:
    """On the morning after somebody's last day; run again, nothing is left to do."""
    let_go_who_left()
