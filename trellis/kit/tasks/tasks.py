from trellis.kit.tasks.declare import daily, task
from trellis.kit.tasks.housekeeping import delete_old_rows
from trellis.kit.tasks.wiping import wipe


@daily(hour=3)
@task(retries=2)
def keep_house() -> None:
    """Delete what has lived as long as it may."""
    delete_old_rows()


@daily(hour=4)
@task(retries=5)
def wipe_what_is_gone() -> None:
    """After an erasure at once, and every night: what was deleted cannot be read from the files of the database."""
    wipe()
