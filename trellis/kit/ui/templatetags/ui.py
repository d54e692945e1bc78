import json
from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@lru_cache(maxsize=1)
def _js_root():
    return settings.STATIC_URL + json.loads((settings.BUILD / "build.json").read_text())["js"]


@register.simple_tag
def js(*names):
    """Module scripts plus a preload for the shared one, so there is no import waterfall."""
    out = [format_html('<link rel="modulepreload" href="{}app.js">', _js_root())] if names != ("app.js",) else []
    out += [format_html('<script type="module" src="{}{}"></script>', _js_root(), n) for n in names]
    return mark_safe("".join(out))


@register.simple_tag
def icon(name, cls="", label=""):
    a11y = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="i {}" {}><use href="{}#{}"/></svg>', cls, a11y, static("ui/icons.svg"), name)


@register.simple_tag
def ring(value, maximum, label):
    pct = 0 if not maximum else round(100 * value / maximum, 1)
    return format_html(
        '<svg class="ring" viewBox="0 0 44 44" role="img" aria-label="{}">'
        '<circle class="ring__bg" cx="22" cy="22" r="18" pathLength="100"/>'
        '<circle class="ring__fg" cx="22" cy="22" r="18" pathLength="100" stroke-dasharray="{} 100"/></svg>',
        label,
        pct,
    )


@register.simple_tag
def segments(label, **parts):
    """One arc per unit, grouped by state: ok=2 wait=1 ..."""
    total = sum(parts.values()) or 1
    step, gap, at, arcs = 100 / total, 3.2, 0.0, []
    for state, n in parts.items():
        for _i in range(n):
            arcs.append(
                f'<circle class="{state}" cx="22" cy="22" r="18" pathLength="100" '
                f'stroke-dasharray="{step - gap:.2f} {100 - step + gap:.2f}" stroke-dashoffset="{-(at + gap / 2):.2f}"/>'
            )
            at += step
    return format_html(
        '<svg class="ring" viewBox="0 0 44 44" role="img" aria-label="{}">{}</svg>', label, mark_safe("".join(arcs))
    )


@register.filter
def initials(name):
    if name and ord(name[0]) > 0x2E80:
        return name[-2:]
    return "".join(p[0] for p in name.split()[:2]).upper()


@register.filter
def hue(name):
    return sum(map(ord, name)) % 6
