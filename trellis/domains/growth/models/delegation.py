"""Who decides what in a team: decisions, secret rounds over the seven levels, and the level that was agreed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Unit
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL
OF_THE_TEAM = "How a team organises itself; it outlives who wrote it."
ONE_OF_SEVEN = Q(level__gte=1) & Q(level__lte=7)


class OpenDecisions(models.Model):
    """That a team shows its agreed levels to everybody in the company."""

    data_policy = DataPolicy(Erasure.KEPT, None, OF_THE_TEAM)

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="open_decisions")
    since = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.unit_id} since {self.since}"


class Decision(models.Model):
    """Something that is decided again and again: "who approves holidays"."""

    data_policy = DataPolicy(Erasure.KEPT, None, OF_THE_TEAM)

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="decisions")
    title = models.CharField(_("what is to be decided"), max_length=160)
    detail = models.CharField(_("where it begins and ends"), max_length=500, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], condition=Q(dropped_at=None), name="decision_listed_once")
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One secret choice about a decision. Until `revealed_at` nobody is told what anybody chose."""

    data_policy = DataPolicy(Erasure.KEPT, None, OF_THE_TEAM)

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="rounds")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    revealed_at = models.DateTimeField(null=True)
    revealed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(revealed_at=None), name="round_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.pk} about {self.decision_id}"


class Choice(models.Model):
    """What a person chose in a round, and their sentence about it afterwards.

    No time stands here, and none is in the journal: who was slow could be guessed from it.
    """

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A team's agreement rests on it.", clears=("explanation",))

    round = models.ForeignKey(Round, models.CASCADE, related_name="choices")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"))
    explanation = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        ordering = ["level", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="choice_one_each"),
            models.CheckConstraint(condition=ONE_OF_SEVEN, name="choice_of_seven"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.round_id}"


class Agreed(models.Model):
    """The level a team agreed on a day. Never edited: a later agreement replaces it."""

    data_policy = DataPolicy(Erasure.KEPT, None, OF_THE_TEAM)

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="agreements")
    round = models.ForeignKey(Round, models.PROTECT, related_name="agreements")
    level = models.PositiveSmallIntegerField(_("level"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    agreed_on = models.DateField(default=clock.today)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "agreed"
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(replaces=None), name="agreed_begins_once"),
            models.CheckConstraint(condition=ONE_OF_SEVEN, name="agreed_of_seven"),
        ]

    def __str__(self) -> str:
        return f"{self.level} for {self.decision_id}"
