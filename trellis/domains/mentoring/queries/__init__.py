"""What is asked about days beside a holder (days.py), days offered (supply.py), and plans (proposals.py)."""

from trellis.domains.mentoring.queries.days import (
    Behaviour,
    as_fact,
    checklist,
    days_beside,
    days_of_academy,
    signature_of,
    with_facts,
)

__all__ = ["Behaviour", "as_fact", "checklist", "days_beside", "days_of_academy", "signature_of", "with_facts"]
