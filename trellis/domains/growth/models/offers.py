"""What somebody who leads a person offers them: theirs to take up, or to leave lying."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL


class OfferQuerySet(models.QuerySet["DevelopmentOffer"]):
    def open_to(self, person: models.Model, on: date) -> OfferQuerySet:
        """Those that lie before the person: neither taken up, put away, withdrawn nor over."""
        return self.filter(person=person, until__gte=on, taken_at=None, put_away_at=None, withdrawn_at=None)

    def with_names(self) -> OfferQuerySet:
        """With all that a line about them names, in one statement."""
        return self.select_related("person", "offered_by", "course", "position", "competency", "mentor")


class DevelopmentOffer(models.Model):
    """An offer from who leads a person. Put away and left lying look the same to who made it: not taken up."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Between two people, about one of them.", private=("words",))

    class Kind(models.TextChoices):
        COURSE = "course", _("a course")
        POSITION = "position", _("a position to grow towards")
        SKILL = "skill", _("a skill")
        MENTOR = "mentor", _("somebody to learn from")
        TIME = "time", _("working time or money")
        WORDS = "words", _("something else")

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="development_offers", verbose_name=_("person"))
    offered_by = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    words = models.TextField(_("in your words"), blank=True, max_length=1000)
    course = models.ForeignKey(
        Course, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    position = models.ForeignKey(
        Position, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    competency = models.ForeignKey(
        Competency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("skill")
    )
    mentor = models.ForeignKey(
        PERSON, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("mentor")
    )
    made_at = models.DateTimeField(default=clock.now)
    until = models.DateField(_("stands until"))
    taken_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["offered_by", "-made_at"], name="offer_by_maker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="course", course__isnull=False)
                | Q(kind="position", position__isnull=False)
                | Q(kind="skill", competency__isnull=False)
                | Q(kind="mentor", mentor__isnull=False)
                | (Q(kind__in=["time", "words"]) & ~Q(words="")),
                name="offer_of_something",
            ),
            models.CheckConstraint(condition=Q(taken_at=None) | Q(put_away_at=None), name="offer_taken_or_put_away"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"

    @property
    def thing(self) -> models.Model | None:
        """What is offered, where it has a place of its own."""
        return self.course or self.position or self.competency or self.mentor
