"""Bringing boards in by file: look at it, write it once, take it back."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from trellis.domains.growth.actions.acts import hold_cards
from trellis.domains.growth.actions.outlines import Tell, no_word, write_outline
from trellis.domains.growth.models import Board, BoardImport
from trellis.domains.growth.rules.outline import Taken, Unreadable
from trellis.domains.growth.rules.trello import read
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.files.keep import discard, keep
from trellis.kit.files.keep import read as content_of

IN_HAND_DAYS = 7
FILE_NAME = "boards.json"  # not its own: the name of a file can say as much as what is in it


def bring(*, content: bytes, owner: Person) -> BoardImport | Unreadable:
    """Look at a file and keep it until its owner says yes, or say why not. The same file twice is the same import.

    It is read before anything is held: a large one takes seconds, and others write meanwhile.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if there := _in_hand(owner, sha256):
        return there
    found = read(content, zone=timezone.get_current_timezone())
    if isinstance(found, Unreadable):
        return found
    with transaction.atomic():
        Person.objects.get_queryset().select_for_update().get(pk=owner.pk)
        run = _in_hand(owner, sha256)
        if run is None:
            BoardImport.objects.filter(owner=owner, sha256=sha256, written_at=None, undone_at=None).delete()
            run = BoardImport.objects.create(
                owner=owner,
                sha256=sha256,
                file=keep(content=content, name=FILE_NAME, owner=owner),
                source=found.source,
                counts=found.counts(),
                cuts=found.cuts,
            )
    return run


def _in_hand(owner: Person, sha256: str) -> BoardImport | None:
    """The import of the same file that waits for a yes, with its file."""
    waiting = BoardImport.objects.filter(owner=owner, written_at=None, undone_at=None, file__isnull=False)
    return waiting.filter(sha256=sha256).first()


def look_into(run: BoardImport) -> Taken | None:
    """What the file of an import in hand holds; None when it is gone."""
    if run.file is None:
        return None
    found = read(content_of(run.file), zone=timezone.get_current_timezone())
    return found if isinstance(found, Taken) else None


@transaction.atomic
def write(*, run: BoardImport, tell: Tell = no_word) -> list[Board]:
    """Write the boards of the file, once: again, it gives those that were written. Nothing when the file is gone."""
    run = BoardImport.objects.select_for_update().get(pk=run.pk)
    if run.written_at or run.undone_at:
        return list(run.boards.all())
    found = look_into(run)
    if found is None:
        return []
    total, before, boards = sum(len(list(board.cards())) for board in found.boards), 0, []
    for outline in found.boards:
        boards.append(write_outline(owner=run.owner, outline=outline, tell=_further(tell, before, total)))
        before += len(list(outline.cards()))
    run.boards.set(boards)
    run.written_at = clock.now()
    run.save(update_fields=["written_at"])
    _put_away(run)
    return boards


def _further(tell: Tell, before: int, total: int) -> Tell:
    return lambda done, _of_this: tell(before + done, total)


@transaction.atomic
def undo(*, run: BoardImport) -> int:
    """Remove for good what an import brought, or the file that was not written yet; gives the number of boards."""
    run = BoardImport.objects.select_for_update().get(pk=run.pk)
    boards = list(run.boards.filter(owner=run.owner_id).order_by("pk").select_for_update(of=("self",)))
    hold_cards(column__board__in=boards)
    for board in boards:
        board.delete()
    if run.undone_at is None:
        run.undone_at = clock.now()
        run.save(update_fields=["undone_at"])
    _put_away(run)
    return len(boards)


def forget_old() -> int:
    """Put away the files of imports that nobody went on with for a week."""
    before = clock.now() - timedelta(days=IN_HAND_DAYS)
    old = list(BoardImport.objects.filter(written_at=None, brought_at__lt=before, file__isnull=False))
    for run in old:
        with transaction.atomic():
            _put_away(run)
    return len(old)


def _put_away(run: BoardImport) -> None:
    if run.file:
        discard(run.file)
