"""The number under which a transcript on paper is verified."""

from django.conf import settings
from django.db import transaction

from trellis.domains.credentials.events import TranscriptPrinted
from trellis.domains.credentials.models import TranscriptPaper
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def number_transcript(*, person: Person, digest: str, actor: Person) -> TranscriptPaper:
    """A paper that says the same (`digest`) on the same day has one number, however often it is made."""
    paper, is_new = TranscriptPaper.objects.get_or_create(
        person=person,
        issued_on=clock.today(),
        digest=digest,
        defaults={"name": person.name, "company": settings.COMPANY, "made_by": actor},
    )
    if is_new:
        announce(TranscriptPrinted(person.pk, paper.pk, paper.issued_on), actor=actor)
    return paper
