from typing import Any

from django import template
from django.utils.formats import number_format

from trellis.domains.recognition.rules import in_units

register = template.Library()


@register.filter
def amount(transfer: Any) -> str:
    """An amount as people read it: 3,000,000 VND."""
    currency = transfer.debit.currency
    whole, hundredths = in_units(transfer.amount, currency)
    shown = number_format(whole, force_grouping=True)
    return f"{shown}.{hundredths:02} {currency}" if hundredths else f"{shown} {currency}"
