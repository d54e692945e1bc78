"""Who is willing to be a mentor, and who is whose."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL


class Willing(models.Model):
    """That somebody is willing to be a mentor: with what, in which languages, of how many. All of it is public."""

    data_policy = DataPolicy(Erasure.DELETED, None, "What somebody says of themselves.")

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="willing", verbose_name=_("person"))
    about = models.TextField(_("about me as a mentor"), blank=True, max_length=1000)
    helps_with = models.CharField(_("and with, in my own words"), blank=True, max_length=200)
    languages = models.CharField(max_length=200, default=",", help_text="Codes between commas: `,en,vi,`.")
    places = models.PositiveSmallIntegerField(_("people at once"), default=2)
    since = models.DateTimeField(default=clock.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(places__gte=1), name="willing_has_places")]
        indexes = [models.Index(fields=["stopped_at", "paused_at"], name="willing_open")]

    def __str__(self) -> str:
        return f"{self.person_id} is willing"

    @property
    def is_open(self) -> bool:
        """Whether the person can be asked now."""
        return self.paused_at is None and self.stopped_at is None

    @property
    def language_codes(self) -> list[str]:
        """As codes."""
        return [code for code in self.languages.split(",") if code]


class Topic(models.Model):
    """A competency somebody willing helps with."""

    data_policy = DataPolicy(Erasure.DELETED, None, "What somebody says of themselves.", about=("willing__person",))

    willing = models.ForeignKey(Willing, models.CASCADE, related_name="topics")
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="mentors_for")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["willing", "competency"], name="topic_once")]

    def __str__(self) -> str:
        return f"{self.willing_id}: {self.competency_id}"


class Mentorship(models.Model):
    """A mentee and a mentor: asked, answered, in force, ended. One is in force for a mentee at a time.

    Who has none in force has the team leader (`queries.mentors.mentor_of`); that needs no row until the two meet.
    """

    data_policy = DataPolicy(
        Erasure.ANONYMISED,
        None,
        "How many a mentor accompanied stays right.",
        clears=("message", "answer"),
        about=("mentee", "mentor"),
        private=("message", "answer"),
    )

    class Origin(models.TextChoices):
        ASKED = "asked", _("asked for")
        DEFAULT = "default", _("team leader")

    class State(models.TextChoices):
        ASKED = "asked", _("asked, no answer yet")
        IN_FORCE = "in_force", _("in force")
        DECLINED = "declined", _("answered with no")
        WITHDRAWN = "withdrawn", _("taken back")
        EXPIRED = "expired", _("not answered in time")
        ENDED = "ended", _("ended")

    class Ending(models.TextChoices):
        CHANGED = "changed", _("another mentor followed")
        BY_MENTEE = "by_mentee", _("ended by the mentee")
        BY_MENTOR = "by_mentor", _("ended by the mentor")
        LEFT = "left", _("one of the two left the company")

    mentee = models.ForeignKey(PERSON, models.PROTECT, related_name="mentorships", verbose_name=_("mentee"))
    mentor = models.ForeignKey(PERSON, models.PROTECT, related_name="mentors_of", verbose_name=_("mentor"))
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ASKED)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    topic = models.ForeignKey(
        Competency, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("what for")
    )
    message = models.TextField(_("message"), blank=True, max_length=1000)  # read by the two
    # The day until which an answer is hoped for; none while the mentor is full and the mentee waits.
    answer_by = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # or taken back, or expired
    answer = models.TextField(_("a few words"), blank=True, max_length=1000)  # read by the two
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it is no more
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentorship_of_two_people"),
            models.UniqueConstraint(fields=["mentee"], condition=Q(state="in_force"), name="mentorship_one_in_force"),
            models.UniqueConstraint(
                fields=["mentee", "mentor"], condition=Q(state__in=["asked", "in_force"]), name="mentorship_pair_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "ended"]) | Q(began_on__isnull=False), name="mentorship_began"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False, ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_on=None, ended_at=None)),
                name="mentorship_ended",
            ),
        ]
        indexes = [models.Index(fields=["mentor", "state"], name="mentorship_by_mentor")]

    def __str__(self) -> str:
        return f"{self.mentor_id} for {self.mentee_id}"


class Reason(models.Model):
    """Why somebody ended or changed a mentorship. For its writer only; apart, so that no reader of the row meets it."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A private note.", private=("text",))

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="reasons")
    text = models.TextField(_("why, for myself only"), max_length=1000)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "mentorship"], name="reason_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.mentorship_id}"
