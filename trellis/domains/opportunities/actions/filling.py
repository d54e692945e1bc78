"""Interviewing, and choosing: whoever is chosen is promoted in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from trellis.domains.opportunities import rules
from trellis.domains.opportunities.actions.openings import close_post
from trellis.domains.opportunities.events import Chosen, Interviewed, Invited, PassedOver
from trellis.domains.opportunities.models import Interview, Opening, PassingOver, Placement
from trellis.domains.opportunities.queries.filling import filling_of
from trellis.domains.people.actions import history
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many

FILLED = "filled"  # kept in `closed_because`: the page says it in the reader's language


@dataclass(frozen=True)
class InviteOutcome:
    """`code`: invited | moved | already | oneself | closed | not_listed | past | chosen | reason_needed.

    With reason_needed, `passed_over` are the certified who stand before and are not invited yet.
    """

    code: str
    interview: Interview | None = None
    passed_over: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code in {"invited", "moved", "already"}


@transaction.atomic
def invite(
    *, opening: Opening, person: Person, at: datetime, place: str = "", reason: str = "", actor: Person
) -> InviteOutcome:
    """Invite somebody of the list to an interview, or tell them another time. Who is certified interviews first:
    inviting somebody before them needs a reason, which is reported."""
    there = _locked(opening)
    filling = filling_of(there, clock.today())
    code = rules.refusal_to_invite(
        is_closed=there.closed_at is not None,
        is_listed=filling.holds(person.pk),
        is_oneself=person.pk == actor.pk,
        is_past=at < clock.now(),
    )
    if code:
        return InviteOutcome(code)
    before = filling.interviews.get(person.pk)
    if before:
        if (before.at, before.place, before.outcome) == (at, place.strip()[:200], Interview.Outcome.OPEN):
            return InviteOutcome("already", before)
        before.at, before.place = at, place.strip()[:200]
        before.outcome, before.note, before.noted_at, before.noted_by = Interview.Outcome.OPEN, "", None, None
        before.save()
    passed_over = () if before else filling.not_yet_invited(person.pk)
    if passed_over and not reason.strip():
        return InviteOutcome("reason_needed", passed_over=passed_over)
    interview = before or Interview.objects.create(
        opening=there, person=person, at=at, place=place.strip()[:200], invited_by=actor, invited_at=clock.now()
    )
    _pass_over(there, passed_over, person, PassingOver.Kind.INTERVIEW, dict.fromkeys(passed_over, reason), actor)
    announce(Invited(person.pk, there.pk, interview.pk, at), actor=actor)
    return InviteOutcome("moved" if before else "invited", interview)


@dataclass(frozen=True)
class NoteOutcome:
    """`code`: noted | oneself | not_yet (it has not been held) | reason_needed (not this time: why) | unknown."""

    code: str

    @property
    def ok(self) -> bool:
        return self.code == "noted"


@transaction.atomic
def note_outcome(*, interview: Interview, outcome: str, note: str = "", actor: Person) -> NoteOutcome:
    """Write down what came of an interview; a later word replaces the former one, and the journal holds both codes."""
    if actor.pk == interview.person_id:
        return NoteOutcome("oneself")
    if outcome not in Interview.Outcome.values or not outcome:
        return NoteOutcome("unknown")
    if interview.at > clock.now() and outcome != Interview.Outcome.DECLINED:
        return NoteOutcome("not_yet")
    if outcome == Interview.Outcome.NOT_NOW and not note.strip():
        return NoteOutcome("reason_needed")
    there = Interview.objects.select_for_update().get(pk=interview.pk)
    there.outcome, there.note = outcome, note.strip()[:500]
    there.noted_at, there.noted_by = clock.now(), actor
    there.save(update_fields=["outcome", "note", "noted_at", "noted_by"])
    announce(Interviewed(there.person_id, there.opening_id, there.pk, outcome), actor=actor)
    return NoteOutcome("noted")


@dataclass(frozen=True)
class ChoiceOutcome:
    """`code`: chosen | already | oneself | filled | closed | not_listed | reason_needed, or why they cannot be
    promoted on the day (not_here | same_place | not_after_present).

    With reason_needed, `passed_over` are those for whom a reason is missing.
    """

    code: str
    placement: Placement | None = None
    passed_over: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code in {"chosen", "already"}


@transaction.atomic
def choose(
    *, opening: Opening, person: Person, on: date, reasons: Mapping[int, str] | None = None, actor: Person
) -> ChoiceOutcome:
    """Give somebody of the list the post from a day on: they are promoted in their history, those passed over are
    written down with the reason of each, and the last post closes the opening. All of it or nothing; once."""
    there = _locked(opening)
    if placement := there.placements.filter(person=person).first():
        return ChoiceOutcome("already", placement)
    filling = filling_of(there, clock.today())
    code = rules.refusal_to_choose(
        is_closed=there.closed_at is not None,
        posts_left=filling.posts_left,
        is_listed=filling.holds(person.pk),
        is_oneself=person.pk == actor.pk,
    )
    if code:
        return ChoiceOutcome(code)
    given = {pk: text.strip() for pk, text in (reasons or {}).items() if text.strip()}
    passed_over = filling.passed_over_by(person.pk)
    if missing := tuple(pk for pk in passed_over if pk not in given):
        return ChoiceOutcome("reason_needed", passed_over=missing)
    promoted = history.promote(person=person, position=there.position, unit=there.unit, on=on, actor=actor)
    if promoted.holding is None:
        return ChoiceOutcome(promoted.reason)
    place = next(place for place in filling.order if place.candidate.person == person.pk)
    placement = Placement.objects.create(
        opening=there,
        person=person,
        holding=promoted.holding,
        certified=place.reason == "certified",
        chosen_by=actor,
        chosen_at=clock.now(),
    )
    _pass_over(there, passed_over, person, PassingOver.Kind.CHOICE, given, actor)
    announce(Chosen(person.pk, there.pk, placement.pk, promoted.holding.pk, on), actor=actor)
    if filling.posts_left == 1:
        close_post(opening=there, actor=actor, reason=FILLED)
    return ChoiceOutcome("chosen", placement)


def _locked(opening: Opening) -> Opening:
    """Two who fill one opening take turns."""
    Opening.objects.select_for_update().get(pk=opening.pk)
    return Opening.objects.select_related("position", "unit").prefetch_related("interests").get(pk=opening.pk)


def _pass_over(
    opening: Opening, people: Collection[int], instead: Person, kind: str, reasons: Mapping[int, str], actor: Person
) -> None:
    if not people:
        return
    PassingOver.objects.bulk_create(
        [
            PassingOver(
                opening=opening,
                person_id=pk,
                instead=instead,
                kind=kind,
                reason=reasons[pk].strip()[:500],
                written_by=actor,
                written_at=clock.now(),
            )
            for pk in people
        ],
        ignore_conflicts=True,
    )
    announce_many([PassedOver(pk, opening.pk, instead.pk, kind) for pk in people], actor=actor)
