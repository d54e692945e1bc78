"""What somebody answered who looks for a goal. Nobody but they ever reads it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.domains.growth.models.goals import Goal
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Finding(models.Model):
    """A person's way to a goal, one question at a time; they may stop, skip and come back as they like."""

    data_policy = DataPolicy(
        Erasure.DELETED,
        None,
        "A personal wish.",
        private=("energy", "asked", "admire", "company", "wish"),
    )

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="finding")
    step = models.CharField(max_length=20, default="energy", help_text="Where to go on.")
    energy = models.TextField(_("What gives you energy?"), blank=True, max_length=2000)
    asked = models.TextField(_("What do others come to you for?"), blank=True, max_length=2000)
    admire = models.TextField(_("Whom do you admire, and for what?"), blank=True, max_length=2000)
    company = models.TextField(_("What would the company be glad of?"), blank=True, max_length=2000)
    skills: models.ManyToManyField[Competency, models.Model] = models.ManyToManyField(
        Competency, related_name="+", blank=True, verbose_name=_("What would you like to do more of?")
    )
    position = models.ForeignKey(
        Position, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    wish = models.CharField(_("I want to"), max_length=200, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they need no guide.")
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", help_text="What came of it."
    )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.step}"
