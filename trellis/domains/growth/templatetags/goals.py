from decimal import Decimal

from django import template

from trellis.kit.ids import new_key
from trellis.kit.text import plain_number

register = template.Library()
register.simple_tag(new_key, name="form_key")


@register.filter
def number(value: Decimal) -> str:
    """A number without zeros that say nothing: 12, 0.5."""
    return plain_number(value)
