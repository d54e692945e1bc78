from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models.courses import Offering
from trellis.domains.sessions.models import Session
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Resit(models.Model):
    """A session at which some people try a part of a course again; they are the members of its series.

    `reason`: why the academy gives a place to somebody whom the policy of the course does not let try again.
    """

    data_policy = DataPolicy(Erasure.KEPT, None, "Its people are the members of its series.")

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="resits")
    part = models.CharField(max_length=60)
    session = models.OneToOneField(Session, models.PROTECT, related_name="resit")
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.part} of {self.offering_id} again"


class Attempt(models.Model):
    """One try of a person at one part of a course, as it was graded. Never edited: a correction replaces it."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason",))

    class State(models.TextChoices):
        GRADED = "graded", _("graded")
        MISSED = "missed", _("missed")
        EXCUSED = "excused", _("excused")

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    part = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    resit = models.ForeignKey(Resit, models.PROTECT, null=True, related_name="attempts")
    sat_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.GRADED)
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    points = models.JSONField(default=dict, blank=True, help_text="Criterion to points, where there is a rubric.")
    graded_at = models.DateTimeField(default=clock.now)
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "person", "part", "number"],
                condition=Q(is_current=True),
                name="attempt_one_current",
            ),
            models.CheckConstraint(
                condition=Q(state="graded", score__gte=0, score__lte=100) | (~Q(state="graded") & Q(score=None)),
                name="attempt_score_when_graded",
            ),
            models.CheckConstraint(condition=~Q(person=models.F("graded_by")), name="attempt_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.part} {self.number} in {self.offering_id}"


class Result(models.Model):
    """What the attempts make together in an offering, of 100. Never edited: what changes it replaces it.

    `missed`: not passed, and some part was never sat.
    """

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason",))

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="results")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="results")
    score = models.DecimalField(max_digits=5, decimal_places=1)
    passed = models.BooleanField()
    missed = models.BooleanField(default=False)
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
