from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Channel(models.TextChoices):
    """How a person wants to be told of a kind of thing."""

    MAIL = "mail", _("here and by mail at once")
    DIGEST = "digest", _("here and in one mail a day")
    HERE = "here", _("only here")
    NONE = "none", _("not at all")


class Notice(models.Model):
    """One thing a person was told. `key` says it once, however often it is replayed."""

    data_policy = DataPolicy(Erasure.DELETED, 365, "Only tells what is kept elsewhere.", counted_from="created_at")

    class Mail(models.TextChoices):
        NOT_WANTED = "", _("not by mail")
        AT_ONCE = "at_once", _("to be mailed")
        IN_DIGEST = "in_digest", _("for the daily mail")
        SENT = "sent", _("mailed")
        GIVEN_UP = "given_up", _("could not be mailed")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NOT_WANTED, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["mail"], condition=Q(mail__in=["at_once", "in_digest"]), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class Wish(models.Model):
    """How a person wants to be told of one kind; without one, the kind's own way."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A personal setting.")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel} for {self.person_id}"
