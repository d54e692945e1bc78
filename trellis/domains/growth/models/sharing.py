"""Who else may read what is somebody's own, and what they said to it."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.growth.models.boards import Board, Card
from trellis.domains.growth.models.goals import Goal
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure

PERSON = settings.AUTH_USER_MODEL


class Share(models.Model):
    """That one named person may read a board or a goal of another, or comment on it too, until it ends."""

    data_policy = DataPolicy(
        Erasure.DELETED, None, "Says who was trusted with what.", about=("board__owner", "goal__owner", "reader")
    )

    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="shares")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="shares")
    reader = models.ForeignKey(PERSON, models.CASCADE, related_name="shared_with_me", verbose_name=_("person"))
    may_comment = models.BooleanField(_("may comment"), default=False)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    looked_on = models.DateField(
        null=True, blank=True, help_text="When the reader last opened it: by the day, and the reader is told so."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(board=None, goal__isnull=False) | Q(board__isnull=False, goal=None),
                name="share_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["board", "reader"], condition=Q(ended_at=None, goal=None), name="share_of_board_once"
            ),
            models.UniqueConstraint(
                fields=["goal", "reader"], condition=Q(ended_at=None, board=None), name="share_of_goal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id or self.goal_id} to {self.reader_id}"

    @property
    def thing(self) -> Board | Goal:
        """The board or the goal that is shared."""
        return self.board or cast(Goal, self.goal)  # one of them, by the constraint above


class Comment(models.Model):
    """What its owner, or who may comment, said to a card or a goal. It is the owner's, like the thing itself."""

    data_policy = DataPolicy(
        Erasure.DELETED,
        None,
        "Said about somebody's own plans.",
        about=("card__column__board__owner", "goal__owner", "author"),
        private=("text",),
    )

    card = models.ForeignKey(Card, models.CASCADE, null=True, blank=True, related_name="comments")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, blank=True, help_text="Of the form it was sent with, so that it comes once.")
    text = models.TextField(_("comment"), max_length=4000)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(card=None, goal__isnull=False) | Q(card__isnull=False, goal=None),
                name="comment_on_one_thing",
            ),
            models.UniqueConstraint(fields=["author", "key"], condition=~Q(key=""), name="comment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.card_id or self.goal_id}"

    @property
    def on(self) -> Card | Goal:
        """What it was said to."""
        return self.card or cast(Goal, self.goal)

    @property
    def thing(self) -> Board | Goal:
        """The board or the goal that decides who may read it."""
        return self.card.column.board if self.card else cast(Goal, self.goal)
