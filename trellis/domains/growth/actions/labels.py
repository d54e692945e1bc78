"""Labels of a board, and the checklists of its cards."""

from django.db import IntegrityError, transaction

from trellis.domains.growth.actions.acts import Kind, count, hold, keep, seen
from trellis.domains.growth.models import Board, Card, ChecklistItem, Label
from trellis.domains.growth.rules.boards import BoardOutcome
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


def change_label(*, label: Label, name: str, tone: str) -> BoardOutcome:
    """Another word or colour. Refused (conflict) where another label has the word."""
    try:
        with transaction.atomic():
            board = hold(label.board_id)
            Label.objects.filter(pk=label.pk).update(name=name, tone=tone)
            return BoardOutcome("done", None, count(board))
    except IntegrityError:
        return BoardOutcome("conflict")


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
def add_step(*, card: Card, text: str, key: str = "") -> ChecklistItem:
    """One more step, behind the others. The same key gives the one it made before."""
    board = hold(card.column.board_id)
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
    """Say whether a step is done."""
    board = hold(step.card.column.board_id)
    ChecklistItem.objects.filter(pk=step.pk).update(is_done=done)
    _touch(step.card, board)


@transaction.atomic
def change_step(*, step: ChecklistItem, text: str, was: str) -> BoardOutcome:
    """Other words for a step; refused (conflict) where another device wrote others meanwhile, or took it away."""
    board = hold(step.card.column.board_id)
    now = ChecklistItem.objects.select_related("card").filter(pk=step.pk).first()
    if now is None or now.text not in (was, text):
        return BoardOutcome("conflict", None, board.sequence)
    now.text = text
    now.save(update_fields=["text"])
    return BoardOutcome("done", None, _touch(now.card, board))


@transaction.atomic
def move_step(*, step: ChecklistItem, by: int) -> None:
    """So many places further down, or up."""
    board = hold(step.card.column.board_id)
    steps = {s.pk: s for s in ChecklistItem.objects.filter(card_id=step.card_id)}
    if step.pk not in steps:  # taken away on another device
        return
    for pk, rank in zip(moved(list(steps), step.pk, by), spread(len(steps)), strict=True):
        steps[pk].rank = rank
    ChecklistItem.objects.bulk_update(steps.values(), ["rank"])
    _touch(step.card, board)


@transaction.atomic
def remove_step(*, step: ChecklistItem, key: str = "") -> BoardOutcome:
    """Take a step away; an undo brings it back, as it was when it went."""
    board = hold(step.card.column.board_id)
    done = seen(board, Kind.STEP_REMOVED, key)
    if done:
        return BoardOutcome("already", done.pk, board.sequence)
    now = ChecklistItem.objects.select_related("card").filter(pk=step.pk).first()
    if now is None:
        return BoardOutcome("already", None, board.sequence)
    before, card = {"text": now.text, "rank": now.rank, "is_done": now.is_done}, now.card
    now.delete()
    _touch(card, board)
    return keep(board, Kind.STEP_REMOVED, key=key, card=card, before=before)


def _touch(card: Card, board: Board) -> int:
    Card.objects.filter(pk=card.pk).update(changed_at=clock.now())
    return count(board)
