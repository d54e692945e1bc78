from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.credentials.rules import ALPHABET, LENGTH
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Position
from trellis.domains.programmes.models import Journey
from trellis.domains.sessions.models import Session
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


def new_number() -> str:
    """A number that cannot be guessed or misread."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


class Certificate(models.Model):
    """What was achieved, as it stood on the day: `snapshot` holds every name and text that is printed."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Verifiable for as long as somebody may show it.")

    number = models.CharField(_("number"), max_length=20, unique=True, default=new_number)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="certificates")
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="certificates")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="certificates")
    snapshot = models.JSONField()
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(withdrawn_at=None), name="certificate_once_per_journey"
            ),
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(withdrawn_at=None, course__isnull=False),
                name="certificate_once_per_course",
            ),
            models.CheckConstraint(condition=~Q(person=F("issued_by")), name="certificate_never_to_oneself"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="certificate_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TranscriptPaper(models.Model):
    """That a transcript was put on paper on a day: whose, and nothing of what it says. Its number verifies it."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Verifiable until the person is forgotten.")

    number = models.CharField(_("number"), max_length=20, unique=True, default=new_number)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, help_text="The person's name as it is printed.")
    company = models.CharField(max_length=200)
    issued_on = models.DateField(_("issued on"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of all that is printed: the same paper has one number a day.")

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "issued_on", "digest"], name="transcript_paper_once")]

    def __str__(self) -> str:
        return f"transcript of {self.person_id}, {self.issued_on}"


class Ceremony(models.Model):
    """A graduation: a session to which those are invited who are due a certificate; its register says who was there."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person beyond who planned it.")

    session = models.OneToOneField(Session, models.PROTECT, related_name="ceremony")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-session__starts_at", "-id"]
        verbose_name_plural = "ceremonies"

    def __str__(self) -> str:
        return f"ceremony {self.pk}"


class Graduate(models.Model):
    """Somebody invited to a ceremony for a journey of theirs."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Who graduated with whom.")

    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="graduates")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="graduations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["person__name", "id"]
        constraints = [models.UniqueConstraint(fields=["ceremony", "journey"], name="graduate_once_in_a_ceremony")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.ceremony_id}"
