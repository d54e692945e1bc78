from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Position
from trellis.domains.sessions.models import Session
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class MentorshipDay(models.Model):
    """One planned day of a learner beside a holder. What happened is the mark in the session's register."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.")

    session = models.OneToOneField(Session, models.PROTECT, related_name="mentorship_day")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="days_beside", verbose_name=_("learner")
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="days_hosted", verbose_name=_("holder")
    )
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("position"))
    on = models.DateField(_("day"))
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(learner=F("holder")), name="mentorship_day_of_two_people"),
            models.UniqueConstraint(
                fields=["learner", "on"], condition=Q(cancelled_at=None), name="mentorship_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} beside {self.holder_id} on {self.on}"
