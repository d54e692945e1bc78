"""What asking for a certificate comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class IssuedAll:
    """What came of it: how many were issued now, had theirs already, and why the others got none (code to people)."""

    issued: int = 0
    already: int = 0
    refused: dict[str, list[int]] = field(default_factory=dict)

    def count(self, code: str, person_id: int) -> None:
        """Add what became of one of them."""
        if code == "issued":
            self.issued += 1
        elif code == "already":
            self.already += 1
        else:
            self.refused.setdefault(code, []).append(person_id)
