"""Asking for a review, deciding it, waiving a requirement."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.events import GatePassed, ReviewAsked, ReviewDecided, Waived, WaiverRevoked
from trellis.domains.programmes.models import Journey, Passage, Review, Waiver
from trellis.domains.programmes.queries.standings import standing_of
from trellis.domains.programmes.rules import Approval, Standing, can_be_asked, can_be_given
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many


@dataclass(frozen=True)
class ReviewOutcome:
    """What became of it, and the review as it is now.

    Asking: asked | already_asked | already_approved | not_ready | not_yours | ended. Deciding: approved | returned |
    already_decided | oneself | reason_needed | not_ready.
    """

    code: str
    review: Review | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"asked", "already_asked", "approved", "returned"}


def ask_review(*, journey: Journey, key: str, actor: Person | None) -> ReviewOutcome:
    """Ask for the approval called `key` once all the rest is met. `actor` None: the system asks by itself."""
    if actor is not None and actor.pk != journey.person_id:
        return ReviewOutcome("not_yours")
    if journey.left_at or journey.completed_at:
        return ReviewOutcome("ended")
    before = {review.state: review for review in journey.reviews.filter(key=key)}
    if "approved" in before:
        return ReviewOutcome("already_approved", before["approved"])
    if "asked" in before:
        return ReviewOutcome("already_asked", before["asked"])
    if not can_be_asked(standing_of(journey, on=clock.today()), key):
        return ReviewOutcome("not_ready")
    try:
        with transaction.atomic():
            review = journey.reviews.create(key=key, person_id=journey.person_id, asked_at=clock.now())
            announce(ReviewAsked(journey.person_id, journey.pk, review.pk), actor=actor)
    except IntegrityError:
        return ReviewOutcome("already_asked", journey.reviews.filter(key=key, state="asked").first())
    return ReviewOutcome("asked", review)


@transaction.atomic
def decide_review(*, review: Review, approve: bool, reason: str = "", actor: Person) -> ReviewOutcome:
    """Approve or return, by somebody else, once. Of two who decide at once the first wins and the other is told.

    Approving needs all the rest still to be met; the gates open then are kept as gone through. While the journey is
    left nothing is decided: the review waits for somebody who may come back.
    """
    journey = review.journey
    if actor.pk == review.person_id:
        return ReviewOutcome("oneself", review)
    if not approve and not reason.strip():
        return ReviewOutcome("reason_needed", review)
    if Journey.objects.select_for_update().get(pk=journey.pk).left_at:
        return ReviewOutcome("ended", review)
    state = Review.State.APPROVED if approve else Review.State.RETURNED
    decided = Review.objects.filter(pk=review.pk, state=Review.State.ASKED).update(
        state=state, decided_at=clock.now(), decided_by=actor, reason=reason.strip()[:500]
    )
    review.refresh_from_db()
    if not decided:
        return ReviewOutcome("already_decided", review)
    if approve:
        standing = standing_of(journey, on=clock.today())
        if not can_be_given(standing, review.key):
            transaction.set_rollback(True)
            return ReviewOutcome("not_ready", review)
        pass_open_gates(journey=journey, standing=standing, actor=actor)
    announce(ReviewDecided(review.person_id, journey.pk, review.pk, str(state)), actor=actor)
    return ReviewOutcome(str(state), review)


def pass_open_gates(*, journey: Journey, standing: Standing, actor: Person) -> None:
    """Keep the gates that are open now as gone through; once for each."""
    there = set(journey.passages.filter(withdrawn_at=None).values_list("gate", flat=True))
    fresh = [gate.gate.key for gate in standing.gates if gate.is_open and gate.gate.key not in there]
    today = clock.today()
    Passage.objects.bulk_create([Passage(journey=journey, gate=key, passed_on=today, passed_by=actor) for key in fresh])
    announce_many([GatePassed(journey.person_id, journey.pk, key, today) for key in fresh], actor=actor)


@dataclass(frozen=True)
class WaiverOutcome:
    """`code`: waived | revoked | already | oneself | reason_needed.

    Also unknown (no such requirement) and approval (never waived).
    """

    code: str

    @property
    def ok(self) -> bool:
        return self.code in {"waived", "revoked", "already"}


@transaction.atomic
def give_waiver(*, journey: Journey, key: str, reason: str, actor: Person) -> WaiverOutcome:
    """Say that a requirement need not be met by this person, and why. An approval is given, not waived."""
    if actor.pk == journey.person_id:
        return WaiverOutcome("oneself")
    if not reason.strip():
        return WaiverOutcome("reason_needed")
    found = {r.key: r for r in standing_of(journey, on=clock.today()).requirements}.get(key)
    if found is None:
        return WaiverOutcome("unknown")
    if isinstance(found.leaf, Approval):
        return WaiverOutcome("approval")
    _waiver, is_new = Waiver.objects.get_or_create(
        journey=journey,
        key=key,
        revoked_at=None,
        defaults={"person_id": journey.person_id, "given_by": actor, "reason": reason.strip()[:500]},
    )
    if is_new:
        announce(Waived(journey.person_id, journey.pk, key), actor=actor)
    return WaiverOutcome("waived" if is_new else "already")


@transaction.atomic
def revoke_waiver(*, journey: Journey, key: str, reason: str, actor: Person) -> WaiverOutcome:
    """Ask for the requirement again from now on, and say why. Gates gone through already stay open."""
    if actor.pk == journey.person_id:
        return WaiverOutcome("oneself")
    if not reason.strip():
        return WaiverOutcome("reason_needed")
    stands = Waiver.objects.select_for_update().filter(journey=journey, key=key, revoked_at=None).first()
    if stands is None:
        return WaiverOutcome("already")
    stands.revoked_at, stands.revoked_by, stands.revoked_because = clock.now(), actor, reason.strip()[:300]
    stands.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    announce(WaiverRevoked(journey.person_id, journey.pk, stands.pk), actor=actor)
    return WaiverOutcome("revoked")
