"""What programmes are: their versions, and the drafts of the next ones."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.text import DataPolicy, Described, Erasure, in_language, take_text


class Programme(Described):
    """What a company runs again and again: Next Step."""

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own definitions.")

    code = models.SlugField(_("code"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]


def digest_of(definition: Any) -> str:
    """What tells one definition from another: equal for equal ones, however their keys are ordered."""
    return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()[:32]


class ProgrammeVersion(models.Model):
    """One definition of a programme, as rules.Definition reads it. Not changed once somebody joined.

    `digest` names the definition without carrying it: what a process has read already it need not load again.
    """

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own definitions.")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=32, editable=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.number}"

    def save(self, **options: Any) -> None:
        """With the digest of the definition, whichever of its fields are saved."""
        if "definition" not in self.get_deferred_fields():
            self.digest = digest_of(self.definition)
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "digest"}
        super().save(**options)


class Draft(models.Model):
    """A definition somebody is writing: of a new programme, or the next version of one. `body` may still be faulty.

    `number` grows with every change, so that two who write at once notice each other.
    """

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "What was published, by whom and why, stays with the version.")

    code = models.SlugField(max_length=120)
    body = models.JSONField()
    number = models.PositiveIntegerField(default=0)
    based_on = models.ForeignKey(ProgrammeVersion, models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=500, blank=True)
    published = models.ForeignKey(ProgrammeVersion, models.CASCADE, null=True, related_name="drafts")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(published=None), name="draft_open_once"),
            models.CheckConstraint(
                condition=Q(published=None, published_by=None) | Q(published__isnull=False, published_by__isnull=False),
                name="draft_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, change {self.number}"

    @property
    def title(self) -> str:
        """What the programme is called in the draft, in the reader's language."""
        return in_language(*take_text(self.body.get("name"))) or self.code


class DraftStep(models.Model):
    """What a draft was after one change: to go back to, and to tell others what was changed. The last ones are kept.

    `back_to` is the number of the step that undoing leads to; `token` tells a second click from a second wish.
    """

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Part of a draft, and gone with it.")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    back_to = models.PositiveIntegerField(null=True)
    token = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["draft", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_step_once")]

    def __str__(self) -> str:
        return f"change {self.number} of draft {self.draft_id}"
