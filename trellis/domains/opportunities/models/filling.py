from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.opportunities.models.openings import Opening
from trellis.domains.people.models import Holding
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Interview(models.Model):
    """Somebody is spoken with for an opening; what came of it is noted by who held it."""

    data_policy = DataPolicy(Erasure.DELETED, 730, "A step of an application.", counted_from="invited_at")

    class Outcome(models.TextChoices):
        OPEN = "", _("invited")
        SUITABLE = "suitable", _("suitable")
        NOT_NOW = "not_now", _("not this time")
        ABSENT = "absent", _("did not come")
        DECLINED = "declined", _("declined by the person")

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="interviews")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interviews")
    at = models.DateTimeField(_("when"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    note = models.CharField(_("note"), max_length=500, blank=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "person"], name="interview_once"),
            models.CheckConstraint(condition=~Q(person=F("invited_by")), name="interview_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.opening_id}"


class Placement(models.Model):
    """Who was chosen for a post, and the line of their history that began with it."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "How posts were filled is counted from it.")

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="placements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="placements")
    holding = models.OneToOneField(Holding, models.PROTECT, related_name="placement")
    certified = models.BooleanField(help_text="Whether they were certified for the position on the day.")
    chosen_at = models.DateTimeField(default=clock.now)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["chosen_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "person"], name="placement_once"),
            models.CheckConstraint(condition=~Q(person=F("chosen_by")), name="placement_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} into {self.opening_id}"


class PassingOver(models.Model):
    """That somebody certified stood before another on the list and the other was taken first, with the reason."""

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "Whether the certified come first is reported from it.", clears=("reason",)
    )

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("interviewed first")
        CHOICE = "choice", _("chosen")

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="passings_over")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    instead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=500)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "person", "instead", "kind"], name="passing_over_once"),
            models.CheckConstraint(condition=~Q(person=F("instead")), name="passing_over_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.instead_id} in {self.opening_id}"
