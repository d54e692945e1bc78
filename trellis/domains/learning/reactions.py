"""What this room does about facts of rooms below, and about its own."""

from trellis.domains.learning import actions
from trellis.domains.learning.models import Offering
from trellis.domains.sessions.events import AttendanceCompleted
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry


@reacts_to(AttendanceCompleted)
def complete_course(fact: AttendanceCompleted, entry: Entry) -> None:
    """The grade may have come first: a make-up can complete a course that was passed weeks ago."""
    offering = Offering.objects.filter(series_id=fact.series).first()
    if offering:
        actions.announce_passed(offering=offering, person_ids=[fact.person], actor=entry.actor)
