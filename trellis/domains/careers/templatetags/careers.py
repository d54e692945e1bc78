import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
BULLET = re.compile(r"\s*[-*•]\s+")


@register.filter
def lines(text: str) -> SafeString:
    """A description as people write it: paragraphs, and lists where lines begin with a hyphen."""
    out: list[SafeString] = []
    items: list[str] = []

    def end_list() -> None:
        if items:
            out.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items))))
            items.clear()

    for line in str(text).splitlines():
        if BULLET.match(line):
            items.append(BULLET.sub("", line, count=1).strip())
        elif line.strip():
            end_list()
            out.append(format_html("<p>{}</p>", line.strip()))
    end_list()
    return mark_safe("".join(out))
