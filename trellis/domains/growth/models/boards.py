"""Boards as their owners like them: columns, cards, labels, checklists."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.domains.growth.models.goals import Goal, KeyResult
from trellis.domains.growth.rules.boards import urgency
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

ON_A_BOARD = "On somebody's own board."


class Board(models.Model):
    """Somebody's own board; `sequence` counts its changes, so that a device knows whether it is behind."""

    data_policy = DataPolicy(Erasure.DELETED, None, ON_A_BOARD, private=("name",))

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="boards")
    name = models.CharField(_("name"), max_length=120)
    made_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Column(models.Model):
    """A column; `rank` orders as text, so that one can come between two others without touching them."""

    data_policy = DataPolicy(Erasure.DELETED, None, ON_A_BOARD, about=("board__owner",), private=("name",))

    board = models.ForeignKey(Board, models.CASCADE, related_name="columns")
    name = models.CharField(_("name"), max_length=80)
    rank = models.CharField(max_length=120)
    limit = models.PositiveSmallIntegerField(_("at most so many cards"), null=True, blank=True)
    is_done = models.BooleanField(_("cards in it are done"), default=False)
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Its cards that were archived with it bear the same moment."
    )

    class Meta:
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A word with a colour, for the cards of one board."""

    data_policy = DataPolicy(Erasure.DELETED, None, ON_A_BOARD, about=("board__owner",), private=("name",))

    class Tone(models.TextChoices):
        JADE = "jade", _("green")
        WAIT = "wait", _("blue")
        PLUM = "plum", _("pink")
        NOW = "now", _("orange")
        INK = "ink", _("grey")

    board = models.ForeignKey(Board, models.CASCADE, related_name="labels")
    name = models.CharField(_("name"), max_length=40)
    tone = models.CharField(_("colour"), max_length=8, choices=Tone, default=Tone.JADE)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="label_once_on_a_board")]

    def __str__(self) -> str:
        return self.name


class Card(models.Model):
    """Something to do or to keep in mind. `revision` counts its edits: no device overwrites another unseen."""

    data_policy = DataPolicy(
        Erasure.DELETED, None, ON_A_BOARD, about=("column__board__owner",), private=("title", "notes")
    )

    column = models.ForeignKey(Column, models.CASCADE, related_name="cards")
    rank = models.CharField(max_length=120)
    title = models.CharField(_("title"), max_length=200)
    notes = models.TextField(_("notes"), blank=True, max_length=20_000)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    labels: models.ManyToManyField[Label, models.Model] = models.ManyToManyField(
        Label, related_name="cards", blank=True, verbose_name=_("labels")
    )
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="cards", verbose_name=_("goal"))
    key_result = models.ForeignKey(
        KeyResult, models.SET_NULL, null=True, blank=True, related_name="cards", verbose_name=_("key result")
    )
    position = models.ForeignKey(
        Position, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    competency = models.ForeignKey(
        Competency, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("skill")
    )
    course = models.ForeignKey(
        Course, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    origin = models.CharField(
        max_length=120, blank=True, help_text="Whose it is and what it came from, so that it comes once."
    )
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["rank", "id"]
        indexes = [models.Index(fields=["column", "archived_at", "rank"], name="card_by_column")]
        constraints = [
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="card_comes_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def urgency(self) -> str:
        """Whether it is late or soon due today; see rules."""
        return urgency(self.due_on, done=self.done_at is not None, on=clock.today())


class ChecklistItem(models.Model):
    """One step of a card."""

    data_policy = DataPolicy(
        Erasure.DELETED, None, ON_A_BOARD, about=("card__column__board__owner",), private=("text",)
    )

    card = models.ForeignKey(Card, models.CASCADE, related_name="checklist")
    text = models.CharField(_("step"), max_length=300)
    rank = models.CharField(max_length=120)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return self.text


class BoardAct(models.Model):
    """One change of a board by its owner: `key` lets it happen once, `before` and `after` let it be undone.

    The key is made where the change was made, before it is sent. What stands in `before` may be texts of the card.
    """

    data_policy = DataPolicy(
        Erasure.DELETED,
        30,
        "Lets its owner undo.",
        counted_from="done_at",
        about=("board__owner",),
        private=("before", "after"),
    )

    class Kind(models.TextChoices):
        ADDED = "added", _("Card added.")
        MOVED = "moved", _("Card moved.")
        EDITED = "edited", _("Card saved.")
        ARCHIVED = "archived", _("Card archived.")
        STEP_ADDED = "step_added", _("Step added.")
        STEP_REMOVED = "step_removed", _("Step removed.")
        LABEL_REMOVED = "label_removed", _("Label removed.")
        COLUMN_REMOVED = "column_removed", _("Column removed.")
        BOARD_ARCHIVED = "board_archived", _("Board archived.")
        CARRIED = "carried", _("Card moved to another board.")

    board = models.ForeignKey(Board, models.CASCADE, related_name="acts")
    card = models.ForeignKey(Card, models.CASCADE, null=True, related_name="acts")
    column = models.ForeignKey(Column, models.CASCADE, null=True, related_name="acts")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=Kind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="board_act_once")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.board_id}"
