from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Holding
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Story(models.Model):
    """How somebody came to a promotion, in their own words; seen by others only with their consent."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Told by a person about themselves, with their consent.")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stories")
    holding = models.OneToOneField(Holding, models.CASCADE, related_name="story")
    title = models.CharField(_("title"), max_length=150)
    words = models.TextField(_("your story"), max_length=4000)
    pay_line = models.CharField(_("pay, as a band"), max_length=100, blank=True)
    shows_pay = models.BooleanField(_("show the line on pay"), default=False)
    created_at = models.DateTimeField(default=clock.now)
    consented_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-consented_at", "-id"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(consented_at__isnull=False), name="story_withdrawn_after_consent"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.consented_at is not None and self.withdrawn_at is None
