"""Earlier learning: asked for by the person, decided by somebody else, taken back with a reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.domains.learning.events import CreditAsked, CreditDecided, CreditRevoked
from trellis.domains.learning.models import Course, Credit
from trellis.domains.learning.rules import CreditCase, decide_credit, decide_revoking
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.files.keep import keep
from trellis.kit.journal.facts import announce

SEE_EVIDENCE = "learning.see_evidence"


@dataclass(frozen=True)
class CreditOutcome:
    """What became of it, and the credit as it is now.

    Asking: asked | already (one waits or counts). Granting unasked: granted | already. Deciding: granted | declined |
    oneself | already_decided | reason_needed | out_of_range. Taking back: revoked | oneself | not_granted |
    reason_needed.
    """

    code: str
    credit: Credit | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"asked", "granted", "declined", "revoked"}


def ask_credit(
    *,
    person: Person,
    course: Course,
    told: str,
    learned_on: date,
    content: bytes | None = None,
    file_name: str = "",
) -> CreditOutcome:
    """Ask that what was learned before counts for the course; `content` is a file that was checked. Once at a time."""
    try:
        with transaction.atomic():
            credit, is_new = Credit.objects.get_or_create(
                person=person,
                course=course,
                state__in=[Credit.State.ASKED, Credit.State.GRANTED],
                defaults={"told": told.strip()[:2000], "learned_on": learned_on, "state": Credit.State.ASKED},
            )
            if not is_new:
                return CreditOutcome("already", credit)
            if content:
                credit.file = keep(content=content, name=file_name, owner=person, permission=SEE_EVIDENCE)
                credit.save(update_fields=["file"])
            announce(CreditAsked(person.pk, course.pk, credit.pk), actor=person)
    except IntegrityError:
        return CreditOutcome(
            "already", Credit.objects.get(person=person, course=course, state__in=["asked", "granted"])
        )
    return CreditOutcome("asked", credit)


def grant_credit(
    *,
    person: Person,
    course: Course,
    told: str,
    learned_on: date,
    reason: str,
    score: Decimal | None = None,
    content: bytes | None = None,
    file_name: str = "",
    actor: Person,
) -> CreditOutcome:
    """Credit what the academy knows of somebody without being asked; a request that waits is granted by it.

    `already` when the course is credited. `content` is a file that was checked; a request keeps its own.
    """
    if code := _why_not_grant(actor.pk == person.pk, reason, score):
        return CreditOutcome(code)
    try:
        with transaction.atomic():
            credit, is_new = Credit.objects.get_or_create(
                person=person,
                course=course,
                state__in=[Credit.State.ASKED, Credit.State.GRANTED],
                defaults={
                    "told": told.strip()[:2000],
                    "learned_on": learned_on,
                    "state": Credit.State.ASKED,
                    "by_academy": True,
                },
            )
            if is_new and content:
                credit.file = keep(content=content, name=file_name, owner=person, permission=SEE_EVIDENCE)
                credit.save(update_fields=["file"])
            outcome = settle_credit(credit=credit, grant=True, reason=reason, score=score, actor=actor)
    except IntegrityError:
        return CreditOutcome(
            "already", Credit.objects.get(person=person, course=course, state__in=["asked", "granted"])
        )
    return CreditOutcome("already", outcome.credit) if outcome.code == "already_decided" else outcome


def _why_not_grant(is_oneself: bool, reason: str, score: Decimal | None) -> str:
    code = decide_credit(CreditCase(is_oneself, "asked", reason, score))
    return "" if code == "decidable" else code


@transaction.atomic
def settle_credit(
    *, credit: Credit, grant: bool, reason: str, score: Decimal | None = None, actor: Person
) -> CreditOutcome:
    """Credit it, with a grade or without, or decline; once, by somebody else, with the reason.

    Of two who decide at once the first wins and the other is told.
    """
    locked = Credit.objects.select_for_update().get(pk=credit.pk)
    case = CreditCase(actor.pk == locked.person_id, locked.state, reason, score)
    code = decide_credit(case)
    if code != "decidable":
        return CreditOutcome(code, locked)
    locked.state = Credit.State.GRANTED if grant else Credit.State.DECLINED
    locked.score = score if grant else None
    locked.decided_at, locked.decided_by, locked.reason = clock.now(), actor, reason.strip()[:300]
    locked.save(update_fields=["state", "score", "decided_at", "decided_by", "reason"])
    announce(CreditDecided(locked.person_id, locked.course_id, locked.pk, grant), actor=actor)
    return CreditOutcome(locked.state, locked)


@transaction.atomic
def revoke_credit(*, credit: Credit, reason: str, actor: Person) -> CreditOutcome:
    """Take a credit back from now on. It stays on record and says so."""
    locked = Credit.objects.select_for_update().get(pk=credit.pk)
    code = decide_revoking(CreditCase(actor.pk == locked.person_id, locked.state, reason))
    if code != "revocable":
        return CreditOutcome(code, locked)
    locked.state, locked.revoked_at, locked.revoked_by = Credit.State.REVOKED, clock.now(), actor
    locked.revoked_because = reason.strip()[:300]
    locked.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_because"])
    announce(CreditRevoked(locked.person_id, locked.course_id, locked.pk), actor=actor)
    return CreditOutcome("revoked", locked)
