"""The tables of this room."""

from trellis.domains.programmes.models.bulk import BulkAct
from trellis.domains.programmes.models.definitions import Draft, DraftStep, Programme, ProgrammeVersion
from trellis.domains.programmes.models.journeys import (
    Cohort,
    Journey,
    NodeDone,
    Passage,
    Reminded,
    Review,
    TimeChange,
    VersionMove,
    Waiting,
    Waiver,
)

__all__ = [
    "BulkAct",
    "Cohort",
    "Draft",
    "DraftStep",
    "Journey",
    "NodeDone",
    "Passage",
    "Programme",
    "ProgrammeVersion",
    "Reminded",
    "Review",
    "TimeChange",
    "VersionMove",
    "Waiting",
    "Waiver",
]
