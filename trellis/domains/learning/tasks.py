from trellis.domains.learning.actions.reminding import remind_of_mandatory
from trellis.kit.tasks.declare import daily, task


@daily(hour=6)
@task(retries=3)
def remind_of_mandatory_training() -> None:
    """Before the mail of the day; run again, nobody is told twice."""
    remind_of_mandatory()
