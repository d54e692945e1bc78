"""What is done in careers. The only writers of this room."""

from trellis.domains.careers.actions.aims import drop_aim, set_aim
from trellis.domains.careers.actions.evidence import EvidenceOutcome, record_evidence, withdraw_evidence
from trellis.domains.careers.actions.loading import LoadOutcome, load_definitions

__all__ = [
    "EvidenceOutcome",
    "LoadOutcome",
    "drop_aim",
    "load_definitions",
    "record_evidence",
    "set_aim",
    "withdraw_evidence",
]
