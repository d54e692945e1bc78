from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.domains.learning.models.courses import Course
from trellis.kit import clock
from trellis.kit.files.models import StoredFile
from trellis.kit.text import DataPolicy, Erasure


class Credit(models.Model):
    """Earlier learning that a person asks to be counted for a course, and what became of it."""

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("told", "reason", "revoked_because")
    )

    class State(models.TextChoices):
        ASKED = "asked", _("waiting")
        GRANTED = "granted", _("credited")
        DECLINED = "declined", pgettext_lazy("of a credit", "declined")
        REVOKED = "revoked", _("taken back")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credits")
    course = models.ForeignKey(Course, models.PROTECT, related_name="credits", verbose_name=_("course"))
    told = models.TextField(_("what was learned, and where"), max_length=2000)
    learned_on = models.DateField(_("finished on"))
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    by_academy = models.BooleanField(default=False, help_text="Credited without having been asked for.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], condition=Q(state__in=["asked", "granted"]), name="credit_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None) | (~Q(state="asked") & Q(decided_by__isnull=False)),
                name="credit_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="credit_never_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | ~Q(revoked_by=F("person")), name="credit_never_revoked_by_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | Q(revoked_by__isnull=False), name="credit_revoked_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.course_id}"
