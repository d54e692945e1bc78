from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Position, Unit
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Opening(models.Model):
    """A post to be filled: of which position, in which unit, how many, until when."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person beyond who opened it.")

    position = models.ForeignKey(Position, models.PROTECT, related_name="openings", verbose_name=_("position"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="openings", verbose_name=_("unit"))
    posts = models.PositiveSmallIntegerField(_("number of posts"), default=1)
    about = models.TextField(_("about the post"), blank=True)
    opened_on = models.DateField(_("opened on"), default=clock.today)
    closes_on = models.DateField(_("open until"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="opening_closes_after"),
            models.CheckConstraint(condition=Q(posts__gte=1), name="opening_of_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.position_id} in {self.unit_id}"

    def is_open(self, on: date) -> bool:
        """Whether people can put themselves forward on the day."""
        return self.closed_at is None and self.opened_on <= on <= self.closes_on


class Interest(models.Model):
    """Somebody puts themselves forward for an opening."""

    data_policy = DataPolicy(Erasure.DELETED, 730, "An application of a person.", counted_from="said_at")

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests")
    said_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "person"], condition=Q(withdrawn_at=None), name="interest_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.opening_id}"
