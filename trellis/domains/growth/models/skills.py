"""What a person wants to grow in, and what the company wishes somebody would."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.domains.people.models import Unit
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL


class SkillWish(models.Model):
    """That somebody wants to grow in a competency of the company's, or in something of their own words."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A personal wish.", private=("words", "note"))

    owner = models.ForeignKey(PERSON, models.CASCADE, related_name="skill_wishes")
    competency = models.ForeignKey(
        Competency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("skill")
    )
    words = models.CharField(_("in my own words"), max_length=120, blank=True)
    note = models.CharField(_("what I want it for"), max_length=300, blank=True)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "competency"], condition=Q(competency__isnull=False), name="skill_wished_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "words"], condition=~Q(words=""), name="skill_wished_in_words_once"
            ),
            models.CheckConstraint(
                condition=Q(competency__isnull=False, words="") | (Q(competency=None) & ~Q(words="")),
                name="skill_wish_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.competency_id or 'own words'}"


class SkillNeed(models.Model):
    """That the company, or a branch of it, would be glad if more people could do something."""

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own plans; nothing about a person.")

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="+", verbose_name=_("skill"))
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("where it is needed")
    )
    until = models.DateField(_("until when"), null=True, blank=True)
    why = models.CharField(_("what for"), max_length=300)
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-declared_at", "-id"]
        constraints = [
            # Two, because SQLite takes no constraint in which nulls are equal.
            models.UniqueConstraint(
                fields=["competency", "unit"], condition=Q(ended_at=None), name="skill_needed_once"
            ),
            models.UniqueConstraint(
                fields=["competency"], condition=Q(ended_at=None, unit=None), name="skill_needed_once_by_all"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__gte=F("declared_at"), ended_by__isnull=False),
                name="skill_need_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} in {self.unit_id or 'the whole company'}"
