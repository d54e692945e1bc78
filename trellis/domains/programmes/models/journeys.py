"""Cohorts, the journeys of people, and what was decided about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models import Offering
from trellis.domains.people.models import Position
from trellis.domains.programmes.models.definitions import Programme, ProgrammeVersion
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Cohort(models.Model):
    """People who go through a version together."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person.")

    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    join_from = models.DateField(_("join from"), null=True, blank=True, help_text=_("Empty: from now on."))
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


class VersionMove(models.Model):
    """That the office moved a journey from one version to another, when and why; a move back is another one."""

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "Tells by what somebody was judged.", clears=("reason",), about=("journey__person",)
    )

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="moves")
    from_version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="+")
    to_version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=clock.now)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(from_version=F("to_version")), name="move_goes_somewhere")]

    def __str__(self) -> str:
        return f"journey {self.journey_id} to version {self.to_version_id}"


class Waiting(models.Model):
    """Somebody who asked for a place in a full cohort, in the order of asking; once it is offered, until when."""

    data_policy = DataPolicy(Erasure.DELETED, 730, "Tells the order of asking, no longer.", counted_from="asked_at")

    class End(models.TextChoices):
        JOINED = "joined", _("took the place")
        WITHDRAWN = "withdrawn", _("taken back")
        LAPSED = "lapsed", _("not answered in time")
        ELSEWHERE = "elsewhere", _("joined another cohort")
        CLOSED = "closed", _("the cohort began without a free place")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="waiting")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, related_name="+", verbose_name=_("position to step to")
    )
    asked_at = models.DateTimeField(default=clock.now)
    offered_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=End, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], condition=Q(ended_at=None), name="waiting_once"),
            models.CheckConstraint(
                condition=Q(offered_on=None, answer_by=None) | Q(answer_by__gte=F("offered_on")),
                name="waiting_offer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="waiting_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} waits for {self.cohort_id}"


class TimeChange(models.Model):
    """More time for one journey: a pause from a day to a day, or a later end.

    `days` is by how much the dates after it move. A pause that ended early says when in `resumed_on`.
    """

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "The dates of a journey rest on it.", clears=("reason", "note"))

    class Kind(models.TextChoices):
        PAUSE = "pause", _("pause")
        EXTENSION = "extension", _("extension")

    class State(models.TextChoices):
        ASKED = "asked", _("waiting")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("taken back")

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="time_changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    days = models.PositiveSmallIntegerField()
    resumed_on = models.DateField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    batch = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "kind"], condition=Q(state="asked"), name="time_change_asked_once"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="time_change_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="time_change_never_of_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of journey {self.journey_id}: {self.state}"


class NodeDone(models.Model):
    """That its owner ticked a node of a journey; taken back, the line stays."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", about=("journey__person",))

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="nodes_done")
    node = models.CharField(max_length=80)
    done_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "node"], condition=Q(withdrawn_at=None), name="node_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.node} of journey {self.journey_id}"


class Reminded(models.Model):
    """That somebody was reminded of a node of a journey: at which of its moments (rules.dates.moment_of), and when."""

    data_policy = DataPolicy(Erasure.DELETED, 365, "Only keeps from reminding twice.", counted_from="reminded_on")

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    node = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    moment = models.CharField(max_length=20)
    reminded_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["journey", "node", "owner", "moment"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} of {self.node}, journey {self.journey_id}"


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
    """That a requirement need not be met by this person: by whom, and why; and who took that back, and why."""

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason", "revoked_because")
    )

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="waivers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, help_text="Which leaf of the definition is waived.")
    given_at = models.DateTimeField(default=clock.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "key"], condition=Q(revoked_at=None), name="waiver_once"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | (Q(revoked_by__isnull=False) & ~Q(revoked_by=F("person"))),
                name="waiver_revoked_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(given_by=F("person")), name="waiver_never_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of journey {self.journey_id}"


class Passage(models.Model):
    """That a person went through a gate on a day. Once; kept, also when later corrected."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", about=("journey__person",))

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
