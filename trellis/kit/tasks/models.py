from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.tasks import progress
from trellis.kit.text import DataPolicy, Erasure


class Timer(models.Model):
    """When a task of the schedule is due next. Whoever moves it on, of several processes, may start the task."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Bookkeeping of the schedule.")

    name = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Beat(models.Model):
    """A sign of life of a worker. A task of a worker without one is taken back."""

    data_policy = DataPolicy(Erasure.KEPT, 1, "Bookkeeping of the workers.", counted_from="seen_at")

    worker = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Job(models.Model):
    """Long work that a person started and may leave and come back to."""

    data_policy = DataPolicy(Erasure.DELETED, 90, "Only tells how a piece of work went.", counted_from="created_at")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to begin")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("not done")

    kind = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    params = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    fault = models.TextField(blank=True)
    then = models.CharField(max_length=300, blank=True, help_text="Where its result is seen.")
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    def tell(self, done: int, total: int) -> None:
        """Say how far it is. Seen at once, also from within a transaction that is not finished yet."""
        self.done, self.total = done, total
        progress.write(self.pk, done, total)

    def progress(self) -> tuple[int, int]:
        """(done, total) as last told; (0, 0) before anything was."""
        told: Any = None if self.is_over else progress.read(self.pk)
        return told or (self.done, self.total)
