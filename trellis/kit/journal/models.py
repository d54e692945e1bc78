from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Entry(models.Model):
    """One fact. Never changed and never deleted: the database refuses both (seal.py)."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "The audit trail; holds ids, never names or texts.")

    kind = models.CharField(_("kind"), max_length=80)
    at = models.DateTimeField(_("at"), default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person concerned")
    )
    facts = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["kind", "id"], name="journal_by_kind"),
            models.Index(fields=["about", "id"], name="journal_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Delivery(models.Model):
    """That a reaction has answered an entry. Its unique key is what makes a replay harmless."""

    data_policy = DataPolicy(Erasure.KEPT, 90, "Bookkeeping of the outbox.", counted_from="done_at")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    fault = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="journal_delivered_once")]
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(done_at=None), name="journal_undelivered")]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.entry_id}"
