"""Meetings of mentor and mentee: sessions of the two, with what they talk about, write down and take on.

Everything written here is private to the two, or to its author: no role opens it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.mentoring.models.mentors import Mentorship
from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Session
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL
BETWEEN_TWO = "Said between mentor and mentee."


class Meeting(models.Model):
    """What two people have beside the session they meet in; it has the session's id. `notes` are shared by the two.

    `revision` counts the edits of the notes: neither overwrites the other unseen.
    """

    data_policy = DataPolicy(
        Erasure.ANONYMISED,
        None,
        BETWEEN_TWO,
        clears=("notes", "why"),
        about=("mentorship__mentee", "mentorship__mentor"),
        private=("notes", "why"),
    )

    session = models.OneToOneField(Session, models.PROTECT, primary_key=True, related_name="meeting")
    mentorship = models.ForeignKey(Mentorship, models.PROTECT, related_name="meetings")
    notes = models.TextField(_("notes"), blank=True, max_length=20_000)
    revision = models.PositiveIntegerField(default=0)
    why = models.CharField(_("why"), max_length=300, blank=True, help_text="Why it was moved or cancelled.")
    called_off = models.BooleanField(default=False, help_text="Cancelled since the mentorship ended.")

    class Meta:
        ordering = ["session_id"]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    def other(self, person: Person) -> Person:
        """The one of the two who is not this person; load mentee and mentor with the meeting."""
        two = self.mentorship
        return two.mentor if person.pk == two.mentee_id else two.mentee


class MeetingTopic(models.Model):
    """Something to talk about, in a line; either of the two adds it beforehand."""

    data_policy = DataPolicy(Erasure.DELETED, None, BETWEEN_TWO, about=("author",), private=("text",))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="topics")
    author = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    text = models.CharField(_("topic"), max_length=300)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "author", "text"], name="meeting_topic_once")]

    def __str__(self) -> str:
        return f"topic {self.pk}"


class PrivateNote(models.Model):
    """What one of the two keeps of a meeting for themselves."""

    data_policy = DataPolicy(Erasure.DELETED, None, "A private note.", about=("author",), private=("text",))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="private_notes")
    author = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    text = models.TextField(_("my own note"), max_length=20_000, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "author"], name="private_note_once")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class MeetingAction(models.Model):
    """Something one of the two took on. It comes first in every meeting of theirs until it is done."""

    data_policy = DataPolicy(Erasure.DELETED, None, BETWEEN_TWO, about=("whose",), private=("text",))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="actions")
    whose = models.ForeignKey(PERSON, models.CASCADE, related_name="+", verbose_name=_("who"))
    text = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("until"), null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    on_board_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "whose", "text"], name="meeting_action_once")]
        indexes = [models.Index(fields=["whose"], condition=Q(done_at=None), name="meeting_action_open")]

    def __str__(self) -> str:
        return f"action {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether it is open after the day somebody gave it."""
        return self.done_at is None and self.due_on is not None and self.due_on < clock.today()


class Afterword(models.Model):
    """One line that one of the two leaves the other after a meeting: what helped, an idea."""

    data_policy = DataPolicy(Erasure.DELETED, None, BETWEEN_TWO, about=("author",), private=("text",))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="afterwords")
    author = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    text = models.CharField(_("feedback or idea"), max_length=300)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "author"], name="afterword_once")]

    def __str__(self) -> str:
        return f"afterword {self.pk}"


class ProposedTime(models.Model):
    """A time that was planned with the former mentor, which the mentee would keep with the new one, who confirms it."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Says how a meeting came about.", about=("mentorship__mentee",))

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="proposed_times")
    former = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    proposed_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    became = models.OneToOneField(Meeting, models.PROTECT, null=True, blank=True, related_name="proposed")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["mentorship", "former"], name="proposed_time_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="proposed_time_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} for {self.mentorship_id}"
