"""Labels of a board, and the checklists of its cards."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from trellis.domains.growth.actions.acts import Kind, count, hold, hold_card, keep, seen
from trellis.domains.growth.models import Board, Card, ChecklistItem, Label
from trellis.domains.growth.rules.boards import BoardOutcome, merge
from trellis.domains.growth.rules.ranks import between, moved, spread
from trellis.kit import clock


@transaction.atomic
def make_label(*, board: Board, name: str, tone: str) -> Label:
    """A label with that word; one that is there takes the colour."""
    board = hold(board.pk)
    label, is_new = Label.objects.get_or_create(board=board, name=name, defaults={"tone": tone})
    if not is_new and label.tone != tone:
        label.tone = tone
        label.save(update_fields=["tone"])
    count(board)
    return label


def change_label(*, label: Label, base: Mapping[str, str], mine: Mapping[str, str]) -> BoardOutcome:
    """Another word or colour: name and tone, as an edit that began with `base`. `taken`: another label has the word.

    Refused (conflict) where another device changed the same meanwhile.
    """
    try:
        with transaction.atomic():
            board = hold(label.board_id)
            now = Label.objects.filter(pk=label.pk).first()
            if now is None:
                return BoardOutcome("gone", None, board.sequence)
            both = merge(base, mine, {name: getattr(now, name) for name in mine})
            if both.conflicts:
                return BoardOutcome("conflict", None, board.sequence, both.conflicts)
            if not both.write:
                return BoardOutcome("already", None, board.sequence)
            Label.objects.filter(pk=label.pk).update(**both.write)
            return BoardOutcome("done", None, count(board))
    except IntegrityError:
        return BoardOutcome("taken")


@transaction.atomic
def remove_label(*, label: Label, key: str = "") -> BoardOutcome:
    """Take a label away, from its cards too; what is kept for the way back is what it says now."""
    board = hold(label.board_id)
    now = Label.objects.filter(pk=label.pk).first()
    if now is None:
        return BoardOutcome("already", None, board.sequence)
    label = now
    cards = list(label.cards.values_list("pk", flat=True))
    before = {"name": label.name, "tone": label.tone, "cards": cards}
    label.delete()
    return keep(board, Kind.LABEL_REMOVED, key=key, before=before)


@transaction.atomic
def add_step(*, card: Card, text: str, key: str = "") -> ChecklistItem | None:
    """One more step, behind the others. The same key gives the one it made before; None: the card was deleted."""
    held = hold_card(card)
    if held is None:
        return None
    board, card = held
    steps = ChecklistItem.objects.filter(card=card)
    done = seen(board, Kind.STEP_ADDED, key)
    there = steps.filter(pk=done.after["step"], text=text).first() if done else None
    if there:
        return there
    last = steps.order_by("-rank").values_list("rank", flat=True).first()
    step = steps.create(card=card, text=text, rank=between(last or "", ""))
    _touch(card, board)
    keep(board, Kind.STEP_ADDED, key="" if done else key, card=card, after={"step": step.pk})
    return step


@transaction.atomic
def tick_step(*, step: ChecklistItem, done: bool) -> None:
    """Say whether a step is done; nothing when it was taken away on another device."""
    if held := _hold_step(step):
        board, now = held
        ChecklistItem.objects.filter(pk=now.pk).update(is_done=done)
        _touch(now.card, board)


@transaction.atomic
def change_step(*, step: ChecklistItem, text: str, was: str) -> BoardOutcome:
    """Other words for a step; refused (conflict) where another device wrote others meanwhile, or took it away."""
    held = _hold_step(step)
    if held is None or held[1].text not in (was, text):
        return BoardOutcome("conflict")
    board, now = held
    now.text = text
    now.save(update_fields=["text"])
    return BoardOutcome("done", None, _touch(now.card, board))


@transaction.atomic
def move_step(*, step: ChecklistItem, by: int) -> None:
    """So many places further down, or up; nothing when it was taken away on another device."""
    held = _hold_step(step)
    if held is None:
        return
    board, _now = held
    steps = {s.pk: s for s in ChecklistItem.objects.filter(card_id=step.card_id)}
    for pk, rank in zip(moved(list(steps), step.pk, by), spread(len(steps)), strict=True):
        steps[pk].rank = rank
    ChecklistItem.objects.bulk_update(steps.values(), ["rank"])
    _touch(step.card, board)


def _hold_step(step: ChecklistItem) -> tuple[Board, ChecklistItem] | None:
    """The board, held, and the step as it is now; None when it, or its card, was taken away."""
    held = hold_card(step.card)
    now = ChecklistItem.objects.select_related("card").filter(pk=step.pk).first()
    return (held[0], now) if held and now else None


@transaction.atomic
def remove_step(*, step: ChecklistItem, key: str = "") -> BoardOutcome:
    """Take a step away; an undo brings it back, as it was when it went."""
    held = _hold_step(step)
    if held is None:
        return BoardOutcome("already")
    board, now = held
    before, card = {"text": now.text, "rank": now.rank, "is_done": now.is_done}, now.card
    now.delete()
    _touch(card, board)
    return keep(board, Kind.STEP_REMOVED, key=key, card=card, before=before)


def _touch(card: Card, board: Board) -> int:
    Card.objects.filter(pk=card.pk).update(changed_at=clock.now())
    return count(board)
