from trellis.kit.notices import post
from trellis.kit.tasks.declare import daily, every, task


@every(minutes=10)
@task(retries=4)
def post_due() -> None:
    """Mail what is to be mailed at once; every now and then too, for what a failed round left."""
    while post.send_due():
        pass


@daily(hour=7)
@task(retries=4)
def post_digests() -> None:
    """One mail for those who want one a day."""
    post.send_digests()
