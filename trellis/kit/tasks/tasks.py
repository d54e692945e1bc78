from trellis.kit.tasks.declare import daily, task
from trellis.kit.tasks.housekeeping import delete_old_rows


@daily(hour=3)
@task(retries=2)
def keep_house() -> None:
    """Delete what has lived as long as it may."""
    delete_old_rows()
