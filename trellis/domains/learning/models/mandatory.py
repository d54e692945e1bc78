"""Training that is part of the job: asked of everybody, a branch or a position, and kept apart from development."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models.courses import Course
from trellis.domains.people.models import Position, Unit
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL


class Mandatory(models.Model):
    """That a course is required: of whom, until when, and how often again. A change is a new one; the old one ends."""

    data_policy = DataPolicy(Erasure.KEPT, None, "What the company requires; nothing about a person.")

    course = models.ForeignKey(Course, models.PROTECT, related_name="mandatory", verbose_name=_("course"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of the people of")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of who holds")
    )
    due_on = models.DateField(_("until a day"), null=True, blank=True)
    within_days = models.PositiveSmallIntegerField(
        _("or within days of starting"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    repeat_months = models.PositiveSmallIntegerField(
        _("again after months"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    why = models.CharField(_("why it is required"), max_length=300)
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "mandatory"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None, within_days__isnull=False) | Q(due_on__isnull=False, within_days=None),
                name="mandatory_until_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} since {self.declared_at}"


class TrainingRecord(models.Model):
    """That somebody did a course on a day, as the office knows it from a list or a paper. Never about oneself."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "An employer must be able to show it.", clears=("note",))

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="training_records")
    course = models.ForeignKey(Course, models.PROTECT, related_name="training_records")
    done_on = models.DateField(_("done on"))
    note = models.CharField(_("where it is proved"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["done_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "course", "done_on"], name="training_recorded_once"),
            models.CheckConstraint(condition=~Q(person=F("recorded_by")), name="training_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.course_id} on {self.done_on}"


class Exemption(models.Model):
    """That something is not required of a person, and why; `until` the last day of it (None: for good)."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "An employer must be able to show it.", clears=("reason",))

    mandatory = models.ForeignKey(Mandatory, models.PROTECT, related_name="exemptions")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="exemptions")
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    granted_at = models.DateTimeField(default=clock.now)
    granted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandatory", "person"], condition=Q(ended_at=None), name="exempt_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(person=F("granted_by")), name="exempt_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.mandatory_id}"
