"""Listing decisions, choosing in secret, revealing at once, explaining, agreeing."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from trellis.domains.growth.events import (
    DecisionDropped,
    DecisionListed,
    DecisionsShown,
    LevelAgreed,
    RoundOpened,
    RoundRevealed,
)
from trellis.domains.growth.models import Agreed, Choice, Decision, OpenDecisions, Round
from trellis.domains.growth.notices import ROUND_OPENED
from trellis.domains.growth.queries.delegation import chosen_in, current, members_of, strangers_in
from trellis.domains.growth.rules.delegation import LEVELS, extremes, why_no_reveal, why_no_round
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.notices.notify import notify, take_back
from trellis.kit.text import name_in_all


@dataclass(frozen=True)
class Done:
    """What became of it: an empty `why` is a yes, else `why` is the reason for the no."""

    why: str = ""

    @property
    def ok(self) -> bool:
        return not self.why


@transaction.atomic
def list_decision(*, unit: Unit, title: str, detail: str, actor: Person) -> Decision:
    """Put something on a team's board; the same words twice are one decision."""
    found, is_new = Decision.objects.get_or_create(
        unit=unit, title=title, dropped_at=None, defaults={"detail": detail, "added_by": actor}
    )
    if is_new:
        announce(DecisionListed(found.pk, unit.pk), actor=actor)
    return found


@transaction.atomic
def drop_decision(*, decision: Decision, actor: Person) -> bool:
    """Take it off the board; what was agreed stays on record. False: it is off already."""
    gone = Decision.objects.filter(pk=decision.pk, dropped_at=None).update(dropped_at=clock.now())
    if gone:
        announce(DecisionDropped(decision.pk, decision.unit_id), actor=actor)
    return bool(gone)


@transaction.atomic
def open_round(*, decision: Decision, actor: Person) -> Done:
    """Begin a secret choice; an open one goes on. `dropped`, or `alone`: nobody is there to choose with."""
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.dropped_at:
        return Done("dropped")
    members = list(members_of(decision.unit).values_list("pk", flat=True))
    if why := why_no_round(members=len(members)):
        return Done(why)
    going, is_new = Round.objects.get_or_create(decision=held, revealed_at=None, defaults={"opened_by": actor})
    if is_new:
        announce(RoundOpened(held.pk, going.pk), actor=actor)
        notify(
            person_ids=[pk for pk in members if pk != actor.pk],
            kind=ROUND_OPENED.code,
            key=f"growth.round:{going.pk}",
            params={"team": name_in_all(decision.unit)},
            link=f"/decisions/{held.pk}/",
        )
    return Done()


@transaction.atomic
def choose(*, going: Round, level: int, person: Person) -> Done:
    """Choose a level, or another one, until the reveal. `no_level`, or `revealed`: the reveal was faster.

    Neither the moment nor the deed is kept anywhere: only the level, until all of them are shown.
    """
    if level not in LEVELS:
        return Done("no_level")
    if Round.objects.select_for_update().get(pk=going.pk).revealed_at:
        return Done("revealed")
    Choice.objects.update_or_create(round=going, person=person, defaults={"level": level})
    return Done()


@transaction.atomic
def reveal(*, going: Round, actor: Person) -> Done:
    """Show all choices at once, for good; who asks second finds them shown. `too_few`: fewer than two chose.

    Choices of people who left the team meanwhile are forgotten unseen.
    """
    held = Round.objects.select_for_update().get(pk=going.pk)
    if held.revealed_at:
        return Done()
    chosen = chosen_in(going)
    if why := why_no_reveal(chosen=chosen):
        return Done(why)
    strangers_in(going).delete()
    held.revealed_at, held.revealed_by = clock.now(), actor
    held.save(update_fields=["revealed_at", "revealed_by"])
    take_back(kind=ROUND_OPENED.code, key=f"growth.round:{held.pk}")
    announce(RoundRevealed(held.decision_id, held.pk, chosen), actor=actor)
    return Done()


@transaction.atomic
def explain(*, shown: Round, text: str, person: Person) -> Done:
    """A sentence of somebody who chose the highest or the lowest; empty takes it back. `not_asked`: somebody else."""
    levels = dict(Choice.objects.filter(round=shown, round__revealed_at__isnull=False).values_list("person", "level"))
    if not extremes(levels).asks(person.pk):
        return Done("not_asked")
    Choice.objects.filter(round=shown, person=person).update(explanation=text)
    return Done()


def agree(*, shown: Round, level: int, note: str, replaces: int | None, actor: Person) -> Done:
    """Write down what the team agreed, in place of what held (`replaces`, as the writer saw it; None: nothing yet).

    `no_level`; `not_revealed`; `round_open`: a later one goes on; `changed`: somebody wrote meanwhile, look first.
    """
    try:
        with transaction.atomic():
            return _agree(shown, level, note, replaces, actor)
    except IntegrityError:  # two in the same moment: each agreement is replaced once
        return Done("changed")


def _agree(shown: Round, level: int, note: str, replaces: int | None, actor: Person) -> Done:
    decision = Decision.objects.select_for_update().get(pk=shown.decision_id)
    holds = current(decision)
    if level not in LEVELS:
        return Done("no_level")
    if not Round.objects.filter(pk=shown.pk, revealed_at__isnull=False).exists():
        return Done("not_revealed")
    if Round.objects.filter(decision=decision, revealed_at=None).exists():
        return Done("round_open")
    if holds and (holds.round_id, holds.level, holds.note, holds.written_by_id) == (shown.pk, level, note, actor.pk):
        return Done()  # sent twice
    if (holds.pk if holds else None) != replaces:
        return Done("changed")
    Agreed.objects.create(decision=decision, round=shown, level=level, note=note, written_by=actor, replaces=holds)
    announce(LevelAgreed(decision.pk, level, replaces), actor=actor)
    return Done()


@transaction.atomic
def show_to_all(*, unit: Unit, is_open: bool, actor: Person) -> None:
    """Let everybody in the company read what the team agreed, or the team alone."""
    if is_open:
        _row, changed = OpenDecisions.objects.get_or_create(unit=unit, defaults={"opened_by": actor})
    else:
        changed = bool(OpenDecisions.objects.filter(unit=unit).delete()[0])
    if changed:
        announce(DecisionsShown(unit.pk, is_open), actor=actor)
