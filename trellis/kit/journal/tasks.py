from trellis.kit.journal.outbox import deliver
from trellis.kit.tasks.declare import every, task


@every(minutes=1)
@task(retries=0)
def deliver_task() -> None:
    """Empty the outbox; what arrives meanwhile asks for its own round. Every minute, what failed is tried again."""
    while deliver():
        pass
