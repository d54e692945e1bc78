from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Described, Erasure

COMPANY_DATA = DataPolicy(Erasure.KEPT, None, "The company's own definitions; nothing about a person.")


class SkillKind(models.TextChoices):
    """What a competency is, or a course teaches."""

    SOFT = "soft", _("soft skill")
    TECHNICAL = "technical", _("technical skill")


class Framework(Described):
    """Where definitions come from: the company itself, or a published framework with its licence."""

    data_policy = COMPANY_DATA

    code = models.SlugField(_("code"), max_length=120, unique=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]


class Competency(Described):
    """Something one can be good at."""

    data_policy = COMPANY_DATA

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competencies")
    code = models.SlugField(_("code"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SkillKind, default=SkillKind.TECHNICAL)
    order = models.PositiveIntegerField(_("order"), default=0)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "competencies"


class CompetencyLevel(Described):
    """What somebody at this level does, in concrete behaviour (the description)."""

    data_policy = COMPANY_DATA

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("level"))

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="competency_level_once"),
            models.CheckConstraint(condition=Q(level__gte=1), name="competency_level_from_one"),
        ]


class Pathway(Described):
    """A way through positions, one row of the growth map."""

    data_policy = COMPANY_DATA

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="pathways")
    code = models.SlugField(_("code"), max_length=120, unique=True)
    family = models.CharField(_("family"), max_length=200, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]


class PathwayStep(models.Model):
    """A position's place on a pathway; rank 1 is where it starts."""

    data_policy = COMPANY_DATA

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="steps")
    position = models.ForeignKey(Position, models.CASCADE, related_name="steps")
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        ordering = ["rank", "id"]
        constraints = [models.UniqueConstraint(fields=["pathway", "position"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.position_id} on {self.pathway_id}"


class Profile(models.Model):
    """That a framework describes a position; one framework at most does."""

    data_policy = COMPANY_DATA

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="profiles")
    position = models.OneToOneField(Position, models.CASCADE, related_name="described")
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.position_id} in {self.framework_id}"


class ProfileItem(models.Model):
    """One thing a position asks: a competency at a level, if need be shown within so many days."""

    data_policy = COMPANY_DATA

    position = models.ForeignKey(Position, models.CASCADE, related_name="profile")
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="asked_by")
    level = models.PositiveSmallIntegerField(_("level"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    fresh_for_days = models.PositiveIntegerField(_("fresh for days"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["position", "competency"], name="profile_item_once")]

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.level}"


class Evidence(models.Model):
    """That a person showed a level on a day, and how it is known. Corrections replace, never edit."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Describes a person.")

    class Source(models.TextChoices):
        ASSESSED = "assessed", _("assessed")
        COURSE = "course", _("course passed")
        SELF = "self", _("own estimate")
        IMPORTED = "imported", _("brought along")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="evidence")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="evidence")
    level = models.PositiveSmallIntegerField(_("level"))
    shown_on = models.DateField(_("shown on"))
    source = models.CharField(_("source"), max_length=20, choices=Source)
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)
    origin = models.CharField(max_length=120, blank=True, help_text="Key of what it came from, so that it comes once.")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "competency"], name="evidence_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "competency", "origin"],
                condition=~Q(origin="") & Q(is_current=True),
                name="evidence_origin_once",
            ),
            models.CheckConstraint(
                condition=Q(source="self") | Q(recorded_by=None) | ~Q(person=models.F("recorded_by")),
                name="evidence_never_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.competency_id} at {self.level}"


class Aim(models.Model):
    """The position a person wants to step to. Theirs to set and to drop."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A personal wish.")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="aims")
    position = models.ForeignKey(Position, models.CASCADE, related_name="aimed_at_by")
    since = models.DateTimeField(default=clock.now)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(dropped_at=None), name="aim_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.position_id}"
