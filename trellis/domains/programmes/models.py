from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models import Offering
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Described, Erasure


class Programme(Described):
    """What a company runs again and again: Next Step."""

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own definitions.")

    code = models.SlugField(_("code"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]


class ProgrammeVersion(models.Model):
    """One definition of a programme, as rules.Definition reads it. Not changed once somebody joined."""

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own definitions.")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.number}"


class Cohort(models.Model):
    """People who go through a version together."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person.")

    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    join_until = models.DateField(_("join until"))
    places = models.PositiveIntegerField(_("places"), default=40)
    offerings: models.ManyToManyField[Offering, models.Model] = models.ManyToManyField(
        Offering, related_name="cohorts", blank=True, verbose_name=_("offerings")
    )

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="cohort_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class Journey(models.Model):
    """One attempt of a person at a programme. `joined_by` is who put them in: for a voluntary one, themselves."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("left_because",))

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="journeys", verbose_name=_("person")
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="journeys")
    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="journeys")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="journeys", verbose_name=_("cohort"))
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, related_name="journeys", verbose_name=_("position to step to")
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    voluntary = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way_in = models.CharField(max_length=80, default="self")
    left_at = models.DateTimeField(null=True)
    left_because = models.CharField(max_length=300, blank=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-joined_at", "-id"]
        verbose_name_plural = "journeys"
        constraints = [
            models.UniqueConstraint(fields=["person", "programme", "attempt"], name="journey_attempt_once"),
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=Q(left_at=None, completed_at=None),
                name="journey_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(voluntary=False) | Q(joined_by=F("person")), name="journey_voluntary_by_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.programme_id}"


class Review(models.Model):
    """Somebody else's decision on a journey: asked for, then approved or returned with the reason."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason",))

    class State(models.TextChoices):
        ASKED = "asked", _("waiting")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="reviews")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, help_text="Which approval leaf of the definition this decides.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "key"], condition=Q(state="asked"), name="review_asked_once"),
            models.UniqueConstraint(
                fields=["journey", "key"], condition=Q(state="approved"), name="review_approved_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="review_never_of_oneself"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None) | (~Q(state="asked") & Q(decided_by__isnull=False)),
                name="review_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of journey {self.journey_id}: {self.state}"


class Waiver(models.Model):
    """That a requirement need not be met by this person: by whom, and why."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason",))

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="waivers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, help_text="Which leaf of the definition is waived.")
    given_at = models.DateTimeField(default=clock.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "key"], name="waiver_once"),
            models.CheckConstraint(condition=~Q(given_by=F("person")), name="waiver_never_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of journey {self.journey_id}"


class Passage(models.Model):
    """That a person went through a gate on a day. Once; kept, also when later corrected."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.")

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="passages")
    gate = models.CharField(max_length=80)
    passed_on = models.DateField()
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "gate"], condition=Q(withdrawn_at=None), name="passage_once")
        ]

    def __str__(self) -> str:
        return f"{self.gate} of journey {self.journey_id}"
