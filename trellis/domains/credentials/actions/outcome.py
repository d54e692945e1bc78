"""What asking for a certificate comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trellis.domains.credentials.models import Certificate


@dataclass(frozen=True)
class IssueOutcome:
    """The certificate, or why there is none.

    `code`: issued | already (the one that stands) | oneself | ended (the journey was left) | not_due.
    """

    code: str
    certificate: Certificate | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"issued", "already"}


def standing_certificate(**of: Any) -> Certificate | None:
    """The certificate that was issued and not withdrawn."""
    return Certificate.objects.filter(withdrawn_at=None, **of).first()
