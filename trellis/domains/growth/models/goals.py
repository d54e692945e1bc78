"""A wish of some years, what it means this year, and the numbers that tell how far it has come."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

ONCE = "Key of the form it came by, so that it comes once."


class Goal(models.Model):
    """What a person wants to become in some years: "I want to be a performance expert"."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A personal wish.", private=("title", "why"))

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("why it matters to me"), blank=True, max_length=4000)
    by_year = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    position = models.ForeignKey(
        Position, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    made_at = models.DateTimeField(default=clock.now)
    reached_on = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    example_since = models.DateTimeField(
        null=True, blank=True, help_text="Its owner shows the sentence, without the name, to those who look for a goal."
    )
    revision = models.PositiveIntegerField(default=1)
    once = models.UUIDField(default=uuid.uuid4, editable=False, help_text=ONCE)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["example_since"], name="goal_as_example")]
        constraints = [models.UniqueConstraint(fields=["owner", "once"], name="goal_comes_once")]

    def __str__(self) -> str:
        return self.title[:1].upper() + self.title[1:]  # it goes on from "I want to"


class Objective(models.Model):
    """What a goal means in one year."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A personal wish.", about=("goal__owner",), private=("title",))

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="objectives")
    title = models.CharField(_("objective"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2199)])
    made_at = models.DateTimeField(default=clock.now)
    dropped_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    once = models.UUIDField(default=uuid.uuid4, editable=False, help_text=ONCE)

    class Meta:
        ordering = ["year", "id"]
        constraints = [models.UniqueConstraint(fields=["goal", "once"], name="objective_comes_once")]

    def __str__(self) -> str:
        return self.title


class KeyResult(models.Model):
    """A number that tells whether an objective is reached. Where it stands now is its newest check-in."""

    data_policy = DataPolicy(
        Erasure.DELETED, None, "A personal wish.", about=("objective__goal__owner",), private=("title", "unit")
    )

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="key_results")
    title = models.CharField(_("key result"), max_length=200)
    start = models.DecimalField(_("start"), max_digits=14, decimal_places=3, default=0)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=3)
    unit = models.CharField(pgettext_lazy("of a number", "unit"), max_length=20, blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    made_at = models.DateTimeField(default=clock.now)
    dropped_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    once = models.UUIDField(default=uuid.uuid4, editable=False, help_text=ONCE)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "once"], name="key_result_comes_once"),
            models.CheckConstraint(condition=~Q(start=F("target")), name="key_result_goes_somewhere"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="key_result_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.title


class CheckIn(models.Model):
    """Where a key result stood when its owner looked. Never edited: the next one is newer."""

    data_policy = DataPolicy(
        Erasure.DELETED,
        None,
        "A personal wish.",
        about=("key_result__objective__goal__owner",),
        private=("note",),
    )

    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="check_ins")
    value = models.DecimalField(_("now"), max_digits=14, decimal_places=3)
    note = models.CharField(_("note"), max_length=500, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(default=uuid.uuid4, editable=False, help_text=ONCE)

    class Meta:
        ordering = ["-said_at", "-id"]
        indexes = [models.Index(fields=["key_result", "-said_at"], name="check_in_newest")]
        constraints = [models.UniqueConstraint(fields=["key_result", "once"], name="check_in_comes_once")]

    def __str__(self) -> str:
        return f"{self.key_result_id}: {self.value}"


class TargetChange(models.Model):
    """That a key result had another start or target before: its check-ins stay, and its history says so."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A personal wish.", about=("key_result__objective__goal__owner",))

    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="target_changes")
    start = models.DecimalField(max_digits=14, decimal_places=3, help_text="Until then.")
    target = models.DecimalField(max_digits=14, decimal_places=3, help_text="Until then.")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.key_result_id}: {self.target}"
