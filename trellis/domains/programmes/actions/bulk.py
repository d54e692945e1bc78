"""One act on many of a cohort: done once, told for each what became of it, and undone as far as it can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Enrolment, Offering
from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.making_up import MakeUp, cancel_make_up, plan_make_up, why_not_made_up
from trellis.domains.programmes.actions.messages import take_back_message, write_to_many
from trellis.domains.programmes.actions.reviews import ask_review
from trellis.domains.programmes.actions.times import give_time_to_many, undo_time
from trellis.domains.programmes.models import BulkAct, Cohort, Journey
from trellis.domains.programmes.queries.standings import definition_of, standings
from trellis.domains.programmes.rules import Approval, branches, can_be_asked
from trellis.kit import clock

Kind = BulkAct.Kind
UNDO_DAYS = 14
CAN_BE_UNDONE = (Kind.MESSAGE, Kind.EXTENSION, Kind.PAUSE, Kind.RUN, Kind.MAKE_UP)


@dataclass(frozen=True)
class Wish:
    """What is to be done: `words` is the message or the reason; the days of a pause or the new end; the run; the
    make-up."""

    kind: str
    words: str = ""
    from_on: date | None = None
    until_on: date | None = None
    run: Offering | None = None
    make_up: MakeUp | None = None


@dataclass
class _Result:
    done: list[int] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    before: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class UndoOutcome:
    """`code`: undone | already | cannot (a kind that nothing takes back) | too_late (or the make-up has begun)."""

    code: str
    act: BulkAct


@transaction.atomic
def act_on_many(*, cohort: Cohort, wish: Wish, journey_ids: Collection[int], batch: str, actor: Person) -> BulkAct:
    """Do it for those of the cohort who are under way, once for each `batch`, and keep what became of each.

    Reasons why somebody is left out: those of rules.why_not_change, and oneself | ended | reason_needed | full |
    not_asked (the run's course is not theirs) | there (in the run already) | not_missed | made_up | not_ready | asked.

    Raises InTheWay, and does nothing, when a room or a host of a make-up is taken and `words` do not insist.
    """
    act, is_new = BulkAct.objects.get_or_create(
        batch=batch,
        defaults={
            "cohort": cohort,
            "kind": wish.kind,
            "words": wish.words.strip()[:1000],
            "until_on": wish.until_on,
            "done_by": actor,
        },
    )
    if not is_new:
        return act
    result = _Result()
    wanted = Journey.objects.filter(cohort=cohort, pk__in=journey_ids).select_related(
        "version__programme", "position", "cohort", "person"
    )
    going = []
    for journey in wanted.order_by("pk"):
        if journey.person_id == actor.pk:
            result.skipped[journey.pk] = "oneself"
        elif journey.left_at or journey.completed_at:
            result.skipped[journey.pk] = "ended"
        else:
            going.append(journey)
    _do(wish, going, act, result, actor)
    act.done = result.done
    act.skipped = {str(journey): code for journey, code in result.skipped.items()}
    act.before = result.before
    act.save(update_fields=["done", "skipped", "before"])
    return act


def _do(wish: Wish, going: list[Journey], act: BulkAct, result: _Result, actor: Person) -> None:
    ids = [journey.pk for journey in going]
    if wish.kind == Kind.MESSAGE:
        sent = write_to_many(journey_ids=ids, message=wish.words, actor=actor, batch=act.batch)
        result.done += sent.done
        result.skipped.update(sent.skipped)
    elif wish.kind == Kind.REVIEW:
        _ask_reviews(going, result)
    elif wish.kind == Kind.RUN and wish.run:
        _move_to_run(wish.run, going, result, actor)
    elif wish.kind == Kind.MAKE_UP and wish.make_up:
        _make_up(wish.make_up, wish.words, going, result, actor)
    elif wish.until_on:
        given = give_time_to_many(
            journey_ids=ids,
            kind=wish.kind,
            from_on=wish.from_on or min(clock.today(), wish.until_on),
            until_on=wish.until_on,
            reason=wish.words,
            actor=actor,
            batch=act.batch,
        )
        result.done += given.done
        result.skipped.update(given.skipped)


def _make_up(make_up: MakeUp, words: str, going: list[Journey], result: _Result, actor: Person) -> None:
    """One session for those who missed it and have not made up for it; none when that is nobody."""
    of_person = {journey.person_id: journey.pk for journey in going}
    left_out = why_not_made_up(make_up, list(of_person))
    result.skipped.update({of_person[person]: code for person, code in left_out.items()})
    meant = [person for person in of_person if person not in left_out]
    if meant:
        session = plan_make_up(make_up, person_ids=meant, because=words, actor=actor)
        result.done += [of_person[person] for person in meant]
        result.before["session"] = session.pk


def _ask_reviews(going: list[Journey], result: _Result) -> None:
    """The system asks, as it does by itself when the last requirement is met; nobody asks in another's name."""
    found = standings(going, on=clock.today())
    for journey in going:
        parts = [p for gate in definition_of(journey.version).gates for p in branches(gate.requires)]
        names = [part.name for part in parts if isinstance(part, Approval)]
        ready = [name for name in names if can_be_asked(found[journey.pk], name)]
        codes = [ask_review(journey=journey, key=name, actor=None).code for name in ready]
        if "asked" in codes:
            result.done.append(journey.pk)
        else:
            result.skipped[journey.pk] = "asked" if codes else "not_ready"


def _move_to_run(run: Offering, going: list[Journey], result: _Result, actor: Person) -> None:
    """Out of the other runs of the course that are not over, and into this one, as long as it has places."""
    _lock_runs(run)
    asked = {}
    for journey in going:
        track = definition_of(journey.version).track_to(journey.position.code) if journey.position else None
        if track and run.course.code in track.courses:
            asked[journey.person_id] = journey.pk
        else:
            result.skipped[journey.pk] = "not_asked"
    taken = learning.enrol(offering=run, person_ids=list(asked), way_in=f"programme:{_programme(going)}", actor=actor)
    result.skipped.update({asked[person]: "there" for person in taken.already})
    result.skipped.update({asked[person]: "full" for person in taken.no_place})
    others = Enrolment.objects.filter(
        person__in=taken.enrolled,
        withdrawn_at=None,
        offering__course=run.course_id,
        offering__ends_on__gte=clock.today(),
    ).exclude(offering=run)
    came_from = dict(others.order_by("pk").values_list("person", "offering"))
    for offering in Offering.objects.filter(pk__in=set(came_from.values())):
        gone = [person for person, where in came_from.items() if where == offering.pk]
        learning.withdraw(offering=offering, person_ids=gone, actor=actor)
    result.done += [asked[person] for person in taken.enrolled]
    result.before.update({str(asked[person]): came_from.get(person) for person in taken.enrolled})
    result.before["run"] = run.pk


def _lock_runs(run: Offering) -> None:
    """Every run of the course, in the order of their ids: of two moves in opposite directions at one moment each would
    else wait for the run that the other has."""
    list(Offering.objects.select_for_update().filter(course=run.course_id).order_by("pk").values_list("pk"))


def _programme(going: list[Journey]) -> str:
    return going[0].version.programme.code if going else ""


@transaction.atomic
def undo_bulk(*, act: BulkAct, actor: Person) -> UndoOutcome:
    """Take the act back for all for whom it is still in force; once, and not after UNDO_DAYS."""
    act = BulkAct.objects.select_for_update().get(pk=act.pk)
    if act.undone_at:
        return UndoOutcome("already", act)
    if act.kind not in CAN_BE_UNDONE:
        return UndoOutcome("cannot", act)
    if act.done_at + timedelta(days=UNDO_DAYS) < clock.now():
        return UndoOutcome("too_late", act)
    if act.kind == Kind.MESSAGE:
        act.undone = take_back_message(batch=act.batch, actor=actor)
    elif act.kind == Kind.RUN:
        act.undone = _move_back(act, actor)
    elif act.kind == Kind.MAKE_UP:
        if not cancel_make_up(act.before["session"] or 0, actor=actor):
            return UndoOutcome("too_late", act)
        act.undone = len(act.done)
    else:
        act.undone = undo_time(batch=act.batch, actor=actor)
    act.undone_at, act.undone_by = clock.now(), actor
    act.save(update_fields=["undone", "undone_at", "undone_by"])
    return UndoOutcome("undone", act)


def _move_back(act: BulkAct, actor: Person) -> int:
    """Into the run they came from, in the way they came there, and out of this one; who finds no place any more stays.

    Only those who are still in it.
    """
    run = Offering.objects.get(pk=act.before["run"])
    _lock_runs(run)
    person_of = dict(Journey.objects.filter(pk__in=act.done).values_list("pk", "person"))
    known = Enrolment.objects.filter(person__in=person_of.values()).order_by("pk")
    here = set(known.filter(offering=run, withdrawn_at=None).values_list("person", flat=True))
    ways = {(where, person): way for where, person, way in known.values_list("offering", "person", "way_in")}
    gone: list[int] = []
    back: dict[tuple[int, str], list[int]] = {}
    for journey, person in person_of.items():
        came_from = act.before.get(str(journey))
        if person in here and came_from:
            back.setdefault((came_from, ways[came_from, person]), []).append(person)
        elif person in here:
            gone.append(person)
    offerings = Offering.objects.in_bulk({where for where, _way in back})
    for (where, way_in), people in sorted(back.items()):
        taken = learning.enrol(offering=offerings[where], person_ids=people, way_in=way_in, actor=actor)
        gone += [*taken.enrolled, *taken.already]
    return len(learning.withdraw(offering=run, person_ids=gone, actor=actor))
