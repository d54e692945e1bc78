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

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "Books are kept.", clears=("why",), about=("credit__person", "debit__person")
    )

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


class PayrollRun(models.Model):
    """A list of bonuses handed to payroll, numbered; made once and the same for ever."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Books are kept.")

    number = models.PositiveIntegerField(_("number"), unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class PayrollLine(models.Model):
    """One bonus on a list, as it was written that day. A transfer stands on one list only, by the constraint.

    `amount` is in the smallest unit; below zero when a bonus that was paid has been taken back since.
    """

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "Books are kept.", clears=("name", "employee_id", "why", "returned_because")
    )

    class State(models.TextChoices):
        LISTED = "listed", _("on the list")
        PAID = "paid", _("paid")
        RETURNED = "returned", _("returned by payroll")

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="lines")
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="payroll_line")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    employee_id = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    booked_on = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=20)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="listed", settled_by=None) | (~Q(state="listed") & Q(settled_by__isnull=False)),
                name="payroll_line_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} on list {self.run_id}"
