"""A certificate in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.domains.credentials.models import Certificate
from trellis.kit.text import in_language

REFUSALS: dict[str, Any] = {
    "oneself": _("Nobody issues or withdraws their own certificate. Ask a colleague of the academy."),
    "ended": _("This journey was left; there is no certificate for it."),
    "not_due": _("Not every requirement is met and approved yet. Look at the journey again."),
    "reason_needed": _("Write down the reason: it is shown to whoever verifies the certificate."),
    "course_withdrawn_before": _("Your certificate of this course was withdrawn. The academy can give you a new one."),
    "course_not_due": _("A certificate of a course needs a passing grade and every session attended or made up."),
}


def title_of(certificate: Certificate) -> str:
    """What it is for, as it was called on the day, in the reader's language."""
    title, position = certificate.snapshot["title"], certificate.snapshot.get("position") or {}
    name = in_language(title.get("en", ""), title)
    return f"{name}: {in_language(position.get('en', ''), position)}" if position else name
