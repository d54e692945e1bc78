"""A file with boards that a person brought, until it is written and for as long as it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from trellis.domains.growth.models.boards import Board
from trellis.kit import clock
from trellis.kit.files.models import StoredFile
from trellis.kit.text import DataPolicy, Erasure


class BoardImport(models.Model):
    """Holds numbers only; what the file says stands in the file, which goes when it was written or after a week."""

    data_policy = DataPolicy(Erasure.DELETED, 90, "Lets an import be undone.", counted_from="brought_at")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=10)
    counts = models.JSONField(default=dict, help_text="How many of what the file holds.")
    cuts = models.JSONField(default=dict, help_text="What of it does not come along, by code.")
    boards: models.ManyToManyField[Board, models.Model] = models.ManyToManyField(Board, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    written_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256"], condition=Q(written_at=None, undone_at=None), name="same_file_in_hand_once"
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"
