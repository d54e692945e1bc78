import secrets
from decimal import Decimal

from django import template

from trellis.kit.text import plain_number

register = template.Library()


@register.filter
def number(value: Decimal) -> str:
    """A number without zeros that say nothing: 12, 0.5."""
    return plain_number(value)


@register.simple_tag
def form_key() -> str:
    """A key for one form on one page: sent twice, what it does happens once."""
    return secrets.token_urlsafe(12)
