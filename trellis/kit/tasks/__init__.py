"""Work that is done outside a request: tasks with retries, a schedule, jobs that show their progress.

`@task(retries=3)` over a thin, idempotent function of plain values gives it `.enqueue(...)`; call that inside the
transaction of the change. `@every(minutes=…)` or `@daily(hour=…)` puts a task on the schedule. A `Job` is long work a
person waits for: it has an address, tells true progress and can be left and come back to.
"""
