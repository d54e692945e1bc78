"""The order of an opening's list (order), passing over (filling), validity (pool), supply against demand (supply)."""

from trellis.domains.opportunities.rules.filling import refusal_to_choose, refusal_to_invite, stood_before
from trellis.domains.opportunities.rules.order import (
    NEARLY,
    Candidate,
    Place,
    Supply,
    rank,
    reason_for,
    refusal_to_put_forward,
)
from trellis.domains.opportunities.rules.pool import SOON, add_months, valid_until, validity
from trellis.domains.opportunities.rules.supply import HORIZONS, Coming, Outlook, Past, Plan, outlook, rate_of_vacancies

__all__ = [
    "HORIZONS",
    "NEARLY",
    "SOON",
    "Candidate",
    "Coming",
    "Outlook",
    "Past",
    "Place",
    "Plan",
    "Supply",
    "add_months",
    "outlook",
    "rank",
    "rate_of_vacancies",
    "reason_for",
    "refusal_to_choose",
    "refusal_to_invite",
    "refusal_to_put_forward",
    "stood_before",
    "valid_until",
    "validity",
]
