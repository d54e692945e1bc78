from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


def new_token() -> str:
    return secrets.token_hex(24)


class StoredFile(models.Model):
    """A file somebody brought. Its owner may have it, and who holds `permission` on it."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Brought by a person; the room that uses it decides how long.")

    token = models.CharField(max_length=48, unique=True, default=new_token)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    permission = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
