from __future__ import annotations

from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.domains.mentoring.rules import OfferedDays
from trellis.domains.people.models import Position
from trellis.domains.sessions.models import Mark, Session
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure, Named

PERSON = settings.AUTH_USER_MODEL


class Offer(models.Model):
    """Whole work days on which a holder takes learners along: the weekdays between two dates, with hours and places."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Planned days rest on it.")

    holder = models.ForeignKey(PERSON, models.PROTECT, related_name="days_offered", verbose_name=_("holder"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("position"))
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    weekdays = models.CharField(max_length=7, default="01234", help_text="Digits; 0 is Monday.")
    starts = models.TimeField(_("the day begins"), default=time(8))
    ends = models.TimeField(_("and ends"), default=time(17))
    places = models.PositiveSmallIntegerField(_("learners at once"), default=1)
    offered_at = models.DateTimeField(default=clock.now)
    offered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="offer_ends_after"),
            models.CheckConstraint(condition=Q(places__gte=1), name="offer_has_places"),
            models.UniqueConstraint(
                fields=["holder", "first", "last", "weekdays"], condition=Q(withdrawn_at=None), name="offer_once"
            ),
        ]
        indexes = [models.Index(fields=["position", "last"], name="offer_by_position")]

    def __str__(self) -> str:
        return f"{self.holder_id}: {self.first} - {self.last}"

    @property
    def days(self) -> OfferedDays:
        """As the rules take it."""
        weekdays = frozenset(map(int, self.weekdays))
        return OfferedDays(self.first, self.last, weekdays, self.starts, self.ends, self.places)


class Absence(models.Model):
    """That somebody is away, from a day to a day. Why is nobody's business and not kept."""

    data_policy = DataPolicy(Erasure.DELETED, 400, "Says when somebody was away.", counted_from="said_at")

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="absences", verbose_name=_("person"))
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_ends_after"),
            models.UniqueConstraint(
                fields=["person", "first", "last"], condition=Q(taken_back_at=None), name="absence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} away {self.first} - {self.last}"


class MentorshipDay(models.Model):
    """One planned day of a learner beside a holder. What happened is the mark in the session's register."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.")

    session = models.OneToOneField(Session, models.PROTECT, related_name="mentorship_day")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="days_beside", verbose_name=_("learner"))
    holder = models.ForeignKey(PERSON, models.PROTECT, related_name="days_hosted", verbose_name=_("holder"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name=_("position"))
    on = models.DateField(_("day"))
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(learner=F("holder")), name="mentorship_day_of_two_people"),
            models.UniqueConstraint(
                fields=["learner", "on"], condition=Q(cancelled_at=None), name="mentorship_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} beside {self.holder_id} on {self.on}"


class Signature(models.Model):
    """What the learner did on the day, in the learner's words. Never edited: a new one replaces it."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("text",))

    day = models.ForeignKey(MentorshipDay, models.PROTECT, related_name="signatures")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    text = models.TextField(_("what you did"), max_length=1000)
    signed_at = models.DateTimeField(default=clock.now)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["day"], condition=Q(is_current=True), name="signature_one_current")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} on day {self.day_id}"


class Seen(models.Model):
    """A behaviour of the position's profile that the holder saw on a day; belongs to the mark that says so."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Says what was seen on a day.", about=("mark__person",))

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="seen_behaviours")
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["mark", "competency"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.level}"


class PlanProposal(Named):
    """A plan of days for a group of learners: found, looked at, changed by hand, then applied once, or dropped."""

    data_policy = DataPolicy(
        Erasure.KEPT, None, "Names nobody but a holder who is replaced; the room forgets that name."
    )

    source = models.CharField(max_length=60, blank=True, db_index=True, help_text="What it is for, as `cohort:3`.")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    per_week = models.PositiveSmallIntegerField(_("days a week at most"), null=True)
    few_holders = models.BooleanField(_("few different holders for each"), default=True)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)  # what lacks at which position, and how good the plan is
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # dropped, or taken back after it was applied
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed and applied."""
        return bool(self.found_at) and not self.applied_at and not self.ended_at


class ProposedPerson(models.Model):
    """Somebody a proposal is for, with the days still needed when it was asked for."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Tells how days came about.")

    proposal = models.ForeignKey(PlanProposal, models.CASCADE, related_name="people")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    why_short = models.CharField(max_length=20, blank=True)
    possible = models.PositiveSmallIntegerField(default=0)  # dates on which the person could come at all

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "learner"], name="proposed_person_once")]

    def __str__(self) -> str:
        return f"{self.learner_id} in proposal {self.proposal_id}"


class ProposedDay(models.Model):
    """One day of a proposal, and the day it became."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Tells how days came about.")

    proposal = models.ForeignKey(PlanProposal, models.CASCADE, related_name="days")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    holder = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    on = models.DateField()
    by_hand = models.BooleanField(default=False)
    replaces = models.ForeignKey(MentorshipDay, models.PROTECT, null=True, related_name="replacements")
    became = models.OneToOneField(MentorshipDay, models.PROTECT, null=True, related_name="proposed")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "learner", "on"], name="proposed_day_once"),
            models.CheckConstraint(condition=~Q(learner=F("holder")), name="proposed_day_of_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} beside {self.holder_id} on {self.on}"


def dates_between(first: date, last: date) -> Q:
    """The condition that something from `first` to `last` touches these dates."""
    return Q(first__lte=last, last__gte=first)
