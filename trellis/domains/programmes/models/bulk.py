"""What the office did to many of a cohort at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.programmes.models.journeys import Cohort
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class BulkAct(models.Model):
    """One act on many: to whom it was done, who was left out and why, and whether it was undone.

    `batch` is made when the form is shown, so that a double click does it once. `done` are ids of journeys, `skipped`
    ids of journeys with the reason, `before` what an undo needs to know: journey to the run it came from, or the
    make-up planned.
    """

    data_policy = DataPolicy(
        Erasure.ANONYMISED, 365, "Lets the office see and undo; what was done stays elsewhere.", counted_from="done_at"
    )

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Write to them")
        EXTENSION = "extension", _("A later end")
        PAUSE = "pause", _("A pause")
        RUN = "run", _("Move to a run")
        MAKE_UP = "make_up", _("A make-up for a missed session")
        REVIEW = "review", _("Ask for their review")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="bulk_acts")
    batch = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=1000, blank=True)
    until_on = models.DateField(null=True)
    done = models.JSONField(default=list)
    skipped = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone = models.PositiveIntegerField(null=True, help_text="For how many it could still be undone.")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-done_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False, undone__isnull=False),
                name="bulk_act_undone_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in cohort {self.cohort_id}"
