from trellis.domains.programmes.actions.leavers import let_go_who_left
from trellis.domains.programmes.actions.reminders import remind
from trellis.domains.programmes.actions.waiting import serve_all
from trellis.kit.tasks.declare import daily, task


@daily(hour=6)
@task(retries=3)
def remind_of_what_is_due() -> None:
    """Before the mail of the day: the owners of nodes hear what is due soon, and what is late."""
    remind()


@daily(hour=0)
@task(retries=3)
def hand_on_places() -> None:
    """What those who have left the company held, and places that were offered and not taken in time, go to the next in
    line."""
    let_go_who_left()
    serve_all()
