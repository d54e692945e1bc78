from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure


class Account(models.Model):
    """Where amounts of one currency sit: a person's, or one of the company's (`payroll`, `issuance`...)."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Books are kept.")

    currency = models.CharField(_("currency"), max_length=20)
    purpose = models.CharField(_("purpose"), max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="accounts")

    class Meta:
        constraints = [
            # Two, because SQLite takes no constraint in which nulls are equal.
            models.UniqueConstraint(fields=["currency", "purpose", "person"], name="account_once"),
            models.UniqueConstraint(
                fields=["currency", "purpose"], condition=Q(person=None), name="account_once_of_company"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.person_id or ''} in {self.currency}"


class Transfer(models.Model):
    """An amount from one account to another, in the currency's smallest unit. `key` makes it happen once."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Books are kept.")

    key = models.CharField(max_length=160, unique=True)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="outgoing")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="incoming")
    amount = models.PositiveBigIntegerField(_("amount"))
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=300)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_of_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} from {self.debit_id} to {self.credit_id}"
