"""What two people bring to a meeting, write down, take on, and say afterwards."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trellis.domains.mentoring.models import Afterword, Meeting, MeetingAction, MeetingTopic, PrivateNote
from trellis.domains.mentoring.rules.meetings import decide_text
from trellis.domains.people.models import Person
from trellis.kit import clock

MOST = 50  # topics, or actions, of one meeting


@dataclass(frozen=True)
class TextOutcome:
    """saved | unchanged | conflict, with the text and revision that stand now."""

    code: str
    text: str
    revision: int

    @property
    def ok(self) -> bool:
        """Whether what was written stands."""
        return self.code != "conflict"


@transaction.atomic
def write_notes(*, meeting: Meeting, text: str, seen: int) -> TextOutcome:
    """The notes both share. `seen`: the revision that was looked at; nobody overwrites the other unseen."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    code = decide_text(revision=now.revision, seen=seen, before=now.notes, after=text)
    if code == "saved":
        now.notes, now.revision = text, now.revision + 1
        now.save(update_fields=["notes", "revision"])
    return TextOutcome(code, now.notes, now.revision)


@transaction.atomic
def write_private_note(*, meeting: Meeting, author: Person, text: str, seen: int) -> TextOutcome:
    """What one of the two keeps for themselves, on whichever device."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    now = PrivateNote.objects.filter(meeting=meeting, author=author).first() or PrivateNote(
        meeting=meeting, author=author
    )
    code = decide_text(revision=now.revision, seen=seen, before=now.text, after=text)
    if code == "saved":
        now.text, now.revision = text, now.revision + 1
        now.save()
    return TextOutcome(code, now.text, now.revision)


@transaction.atomic
def add_topic(*, meeting: Meeting, author: Person, text: str) -> bool:
    """Something to talk about; added twice it is there once. False: there are too many already."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if MeetingTopic.objects.filter(meeting=meeting).count() >= MOST:
        return False
    MeetingTopic.objects.get_or_create(meeting=meeting, author=author, text=text)
    return True


def remove_topic(*, topic: MeetingTopic) -> None:
    """Whoever added it takes it away."""
    MeetingTopic.objects.filter(pk=topic.pk).delete()


@transaction.atomic
def take_on(*, meeting: Meeting, whose: Person, text: str, due_on: date | None) -> bool:
    """Something one of the two will do; written twice it is there once. False: there are too many already."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if MeetingAction.objects.filter(meeting=meeting).count() >= MOST:
        return False
    MeetingAction.objects.get_or_create(meeting=meeting, whose=whose, text=text, defaults={"due_on": due_on})
    return True


def tick(*, action: MeetingAction, done: bool) -> None:
    """It is done, or it is not after all; saying so twice changes nothing."""
    wanted = MeetingAction.objects.filter(pk=action.pk, done_at__isnull=done)
    wanted.update(done_at=clock.now() if done else None)


def drop_action(*, action: MeetingAction) -> None:
    """It was no action after all."""
    MeetingAction.objects.filter(pk=action.pk).delete()


def put_on_board(*, action: MeetingAction) -> None:
    """Keep that it became a card, so that the page offers it no more."""
    MeetingAction.objects.filter(pk=action.pk, on_board_at=None).update(on_board_at=clock.now())


def say_afterwards(*, meeting: Meeting, author: Person, text: str) -> None:
    """A line for the other; an empty one takes it back."""
    if text:
        Afterword.objects.update_or_create(meeting=meeting, author=author, defaults={"text": text})
    else:
        Afterword.objects.filter(meeting=meeting, author=author).delete()
