from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Position, Unit
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class ExpectedOpening(models.Model):
    """Posts the company knows it will have to fill, beyond the leavers that its history lets expect."""

    data_policy = DataPolicy(Erasure.KEPT, None, "A plan of the company; holds nothing about a person.")

    class Why(models.TextChoices):
        GROWTH = "growth", _("growth")
        PLAN = "plan", _("a plan")
        KNOWN_LEAVER = "known_leaver", _("somebody is known to leave")

    position = models.ForeignKey(Position, models.PROTECT, related_name="expected_openings", verbose_name=_("position"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit (optional)")
    )
    count = models.PositiveSmallIntegerField(_("number of posts"), default=1)
    by = models.DateField(_("needed by"))
    why = models.CharField(_("why"), max_length=20, choices=Why, default=Why.PLAN)
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["by", "id"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="expected_opening_of_a_post")]

    def __str__(self) -> str:
        return f"{self.count} of {self.position_id} by {self.by}"
