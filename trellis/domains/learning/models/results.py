from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trellis.domains.learning.models.courses import Offering
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Result(models.Model):
    """A grade of 100 in an offering. Never edited: a correction or a re-sit replaces it."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason",))

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="results")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="results")
    score = models.DecimalField(max_digits=5, decimal_places=1)
    passed = models.BooleanField()
    graded_at = models.DateTimeField(default=clock.now)
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "person"], condition=Q(is_current=True), name="result_one_current"
            ),
            models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=100), name="result_score_of_100"),
            models.CheckConstraint(condition=~Q(person=models.F("graded_by")), name="result_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.score} in {self.offering_id}"
