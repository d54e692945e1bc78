from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.files.models import StoredFile
from trellis.kit.text import DataPolicy, Erasure


class ImportMapping(models.Model):
    """Which heading means which field, kept for files with the same headings, or under a name for the command."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Headings of a company's files; nothing about a person.")

    name = models.CharField(_("name"), max_length=100, unique=True)
    headings = models.CharField(max_length=64, blank=True, help_text="Checksum of the set of headings.")
    columns = models.JSONField(_("columns"), default=dict)
    date_order = models.CharField(_("order of dates"), max_length=3, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["headings"], condition=~Q(headings=""), name="import_mapping_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def key_of(signature: str) -> str:
        return hashlib.sha256(signature.encode()).hexdigest()


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def of_people(self) -> ImportRunQuerySet:
        """Files of people."""
        return self.filter(kind=ImportRun.Kind.PEOPLE)

    def of_shifts(self) -> ImportRunQuerySet:
        """Files of who works when."""
        return self.filter(kind=ImportRun.Kind.SHIFTS)

    def light(self) -> ImportRunQuerySet:
        """Without what fills pages: for lists."""
        return self.defer("findings", "ledger")


class ImportRun(models.Model):
    """One file of people or their shifts on its way in: what was chosen, found and done, and the way back."""

    data_policy = DataPolicy(
        Erasure.DELETED, 365, "Holds names out of a file; needed while it may be undone.", counted_from="created_at"
    )

    UNDOABLE_DAYS = 90

    class State(models.TextChoices):
        BROUGHT = "brought", _("columns to be chosen")
        CHECKED = "checked", _("ready to look at")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    class Kind(models.TextChoices):
        PEOPLE = "people"
        SHIFTS = "shifts"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PEOPLE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BROUGHT)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    sheet = models.CharField(_("sheet"), max_length=200, blank=True)
    columns = models.JSONField(_("columns"), default=dict)
    date_order = models.CharField(_("order of dates"), max_length=3, blank=True)
    partial = models.BooleanField(_("take the good rows"), default=False)
    missing_left = models.BooleanField(_("who is missing has left"), default=False)
    findings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    ledger = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def may_undo(self) -> bool:
        """Whether what is needed for undoing is still kept."""
        oldest = clock.now() - timedelta(days=self.UNDOABLE_DAYS)
        return self.state == self.State.APPLIED and self.applied_at is not None and self.applied_at > oldest

    @property
    def wishes(self) -> dict[str, Any]:
        return {"partial": self.partial, "missing_left": self.missing_left}


class CalendarFeed(models.Model):
    """The private address at which a person's calendar reads their sessions. Of the address only a hash is kept."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A key to the person's own sessions; it goes with them.")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32, help_text="With the academy's secret key it makes the address again.")
    number = models.PositiveIntegerField(default=1, help_text="Which address this is, counted from the first.")
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, help_text="When a calendar last read it, within the hour.")
    etag = models.CharField(max_length=32, blank=True)
    changed_at = models.DateTimeField(default=clock.now, help_text="Since when the feed is as it was last read.")

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
