from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.credentials.models import Certificate
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class PoolTerm(models.Model):
    """For how many months a certificate puts its holder first for a position. Without a row: for good."""

    data_policy = DataPolicy(Erasure.KEPT, None, "A rule of the company.")

    position = models.OneToOneField(Position, models.CASCADE, related_name="pool_term", verbose_name=_("position"))
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(months__gte=1), name="pool_term_of_a_month")]

    def __str__(self) -> str:
        return f"{self.months} months for {self.position_id}"


class Renewal(models.Model):
    """That somebody of the pool is still up to it: the months count from this day again."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Who stood first, and why.", clears=("why",))

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="renewals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField(default=clock.today)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "on"], name="renewal_once_a_day"),
            models.CheckConstraint(condition=~Q(person=F("by")), name="renewal_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} from {self.on}"
