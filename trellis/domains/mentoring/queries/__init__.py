"""What is asked about days beside a holder (days.py), days offered (supply.py), and plans (proposals.py)."""

from trellis.domains.mentoring.queries.days import as_fact, days_beside, days_of_academy, with_facts

__all__ = ["as_fact", "days_beside", "days_of_academy", "with_facts"]
