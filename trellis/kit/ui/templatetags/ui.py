"""The tags of every template: icons, scripts, rings, fields, and names in their own language."""

import json
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.forms.widgets import DateTimeBaseInput
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from trellis.kit import clock
from trellis.kit.text import written
from trellis.kit.user_text import user_text

register = template.Library()

# Browsers' own date and time controls take only these, whatever the language of the page.
ISO = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}


@lru_cache(maxsize=1)
def _scripts() -> str:
    return str(settings.STATIC_URL + json.loads((settings.BUILD / "build.json").read_text())["js"])


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("ui/icons.svg")


@register.simple_tag
def js(*names: str) -> SafeString:
    """Module scripts, with a preload of the shared one so that there is no import waterfall."""
    preload = format_html('<link rel="modulepreload" href="{}app.js">', _scripts()) if names != ("app.js",) else ""
    scripts = ((_scripts(), name) for name in names)
    return format_html("{}{}", preload, format_html_join("", '<script type="module" src="{}{}"></script>', scripts))


@lru_cache(maxsize=512)
def _icon(name: str, cls: str) -> SafeString:
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>', cls, _sprite(), name)


@register.simple_tag
def icon(name: str, cls: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks, without one it is decoration beside a word."""
    if not label:
        return _icon(str(name), cls)
    return format_html(
        '<svg class="i {}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', cls, label, _sprite(), name
    )


@register.simple_tag
def ring(value: float, maximum: float, label: str) -> SafeString:
    """How much of a whole, as a ring; the label says it in words."""
    share = 0 if not maximum else round(100 * value / maximum, 1)
    return format_html(
        '<svg class="ring" viewBox="0 0 44 44" role="img" aria-label="{}">'
        '<circle class="ring__bg" cx="22" cy="22" r="18" pathLength="100"/>'
        '<circle class="ring__fg" cx="22" cy="22" r="18" pathLength="100" stroke-dasharray="{} 100"/></svg>',
        label,
        share,
    )


@register.simple_tag
def segments(label: str, **parts: int) -> SafeString:
    """A ring with an arc for each state, as long as its share: `ok=2 wait=1 warn=1 bad=0 na=3`."""
    total, gap, at, arcs = sum(parts.values()) or 1, 2.4 if sum(map(bool, parts.values())) > 1 else 0, 0.0, []
    for state, count in parts.items():
        if count:
            step = 100 * count / total
            arcs.append((state, f"{step - gap:.2f}", f"{100 - step + gap:.2f}", f"{-(at + gap / 2):.2f}"))
            at += step
    drawn = format_html_join(
        "",
        '<circle class="{}" cx="22" cy="22" r="18" pathLength="100" stroke-dasharray="{} {}" stroke-dashoffset="{}"/>',
        arcs,
    )
    return format_html('<svg class="ring" viewBox="0 0 44 44" role="img" aria-label="{}">{}</svg>', label, drawn)


_HAN = re.compile("[\u3400-\u9fff]")


def is_han(text: str) -> bool:
    """Whether the text is written with Han characters."""
    return _HAN.search(text) is not None


# What a person wrote in Markdown: {{ card.notes|user_text }}, within an element of the class user-text.
register.filter(user_text)


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar: the given name of a Chinese name, the first letters of others."""
    if is_han(name):
        return name[-2:]
    return "".join(part[0] for part in name.split()[:2]).upper()


@register.filter
def hue(name: str) -> int:
    """One of six colours, always the same for the same name."""
    return sum(map(ord, name)) % 6


@register.filter
def may(user: Any, permission: str) -> bool:
    """Whether the reader has a permission that is about no object: no link leads to a closed door."""
    return bool(user.has_perm(permission))


@register.filter
def named(thing: Any) -> SafeString:
    """A name with its language marked when that is not the page's, so that it is read out as what it is.

    A name the company gave (a position, a unit) falls back to the company's own language; a person's name in Latin
    letters has no language to be told.
    """
    text, here = str(thing), get_language() or ""
    if is_han(text) and not here.startswith("zh"):
        return format_html('<span lang="zh-Hans">{}</span>', text)
    if here.startswith("zh") and hasattr(thing, "names") and not is_han(text):
        return format_html('<span lang="en">{}</span>', text)
    return conditional_escape(text)


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field in our look. Its help and errors are tied to it by Django (aria-describedby)."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    iso = ISO.get(getattr(widget, "input_type", None) or "")
    if iso and isinstance(widget, DateTimeBaseInput):
        widget.format = iso
    kind = "input input--file" if isinstance(widget, FileInput) else "input"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{kind} {own}".strip()})


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: `check` (a box before its word), `group` (under a legend), `line`."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "group"
    return "check" if isinstance(widget, CheckboxInput) else "line"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people say it, with the year only when it is another one: Tue 3 Mar; 3月3日 星期二."""
    if not value:
        return ""
    local = _local(value)
    on = local.date() if isinstance(local, datetime) else local
    return written(on, gettext_noop("D j M") if on.year == clock.today().year else gettext_noop("j M Y"))


@register.filter
def month(value: date | datetime) -> str:
    """The month as a leaf of a calendar shows it: Mar; 3月."""
    return date_format(_local(value), gettext("M"))


@register.filter
def time_of(value: datetime | None) -> str:
    """The time of day on the clock of whoever is served: 14:00."""
    return date_format(_local(value), "H:i") if value else ""


# What differs each time a part is shown, though nothing else of it does; put in after drawing.
_LATER = {"csrf_token": "\ue000token\ue000", "path": "\ue000path\ue000"}


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str, **things: Any) -> SafeString:
    """A template drawn from nothing but these things, and kept: what is equal looks the same on the same day.

    For what is on every page, or what a page draws dozens of times, and seldom changes. The token of a form and the
    path of the page (`csrf_token`, `path`) need not be given: they are put in each time.
    """
    drawn = _part(name, tuple(sorted(things.items())), get_language() or "", clock.today())
    for key, mark in _LATER.items():
        if mark in drawn:
            drawn = SafeString(drawn.replace(mark, conditional_escape(str(context.get(key, "")))))
    return drawn


@lru_cache(maxsize=1024)
def _part(name: str, things: tuple[tuple[str, Any], ...], language: str, on: date) -> SafeString:
    return render_to_string(name, {**_LATER, **dict(things)})


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, number: int) -> str:
    """The address of another page of a list: the same filters, that page."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return "?" + query.urlencode()
