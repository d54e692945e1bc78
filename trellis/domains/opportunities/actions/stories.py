"""Telling the story of a promotion: begun, written and shown by the person alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from trellis.domains.opportunities.events import StoryPublished, StoryWithdrawn
from trellis.domains.opportunities.models import Story
from trellis.domains.people.models import Holding, Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class StoryOutcome:
    """`code`: begun | already | told | published | withdrawn | not_yours | no_promotion | empty."""

    code: str
    story: Story | None = None

    @property
    def ok(self) -> bool:
        return self.code not in {"not_yours", "no_promotion", "empty"}


@transaction.atomic
def begin_story(*, holding: Holding, title: str, words: str, actor: Person) -> StoryOutcome:
    """A draft of the story of one's own promotion, from its facts; nobody else sees it."""
    if holding.person_id != actor.pk:
        return StoryOutcome("not_yours")
    if holding.began != Holding.Began.PROMOTED:
        return StoryOutcome("no_promotion")
    story, is_new = Story.objects.get_or_create(
        holding=holding, defaults={"person": actor, "title": title[:150], "words": words[:4000]}
    )
    return StoryOutcome("begun" if is_new else "already", story)


@transaction.atomic
def tell(*, story: Story, title: str, words: str, shows_pay: bool, actor: Person) -> StoryOutcome:
    """Write it anew; what is published changes with it, for it is the person's own."""
    if story.person_id != actor.pk:
        return StoryOutcome("not_yours", story)
    if not (title.strip() and words.strip()):
        return StoryOutcome("empty", story)
    there = Story.objects.select_for_update().get(pk=story.pk)
    there.title, there.words, there.shows_pay = title.strip()[:150], words.strip()[:4000], shows_pay
    there.save(update_fields=["title", "words", "shows_pay"])
    return StoryOutcome("told", there)


@transaction.atomic
def consent(*, story: Story, actor: Person) -> StoryOutcome:
    """Let the company read it, by the person's own word."""
    if story.person_id != actor.pk:
        return StoryOutcome("not_yours", story)
    there = Story.objects.select_for_update().get(pk=story.pk)
    if not there.is_published:
        there.consented_at, there.withdrawn_at = clock.now(), None
        there.save(update_fields=["consented_at", "withdrawn_at"])
        announce(StoryPublished(actor.pk, story.pk), actor=actor)
    return StoryOutcome("published", there)


@transaction.atomic
def withdraw_story(*, story: Story, actor: Person) -> StoryOutcome:
    """Take the consent back: nobody else sees it from now on."""
    if story.person_id != actor.pk:
        return StoryOutcome("not_yours", story)
    changed = Story.objects.filter(pk=story.pk, consented_at__isnull=False, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    if changed:
        announce(StoryWithdrawn(actor.pk, story.pk), actor=actor)
    return StoryOutcome("withdrawn", story)


@transaction.atomic
def set_pay_line(*, story: Story, line: str, actor: Person) -> StoryOutcome:
    """A line on pay ("band 3 to band 4"), by HR and never of oneself; seen only if the person lets it be shown."""
    if story.person_id == actor.pk:
        return StoryOutcome("not_yours", story)
    fresh = line.strip()[:100]
    # A new line is a new thing to show: the consent given for another one does not hold for it.
    Story.objects.filter(pk=story.pk).exclude(pay_line=fresh).update(pay_line=fresh, shows_pay=False)
    return StoryOutcome("told", story)
