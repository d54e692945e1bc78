from trellis.kit.journal.outbox import deliver
from trellis.kit.tasks.declare import task


@task()
def deliver_task() -> None:
    """Empty the outbox; what arrives meanwhile asks for its own round."""
    while deliver():
        pass
