"""Contrast, computed from the tokens: 4.5 to 1 for text, 3 to 1 for parts, in both themes (WCAG 1.4.3, 1.4.11)."""

import math
import re
from pathlib import Path

import pytest

SOURCE = (Path(__file__).parent.parent / "css" / "tokens.css").read_text()
THEMES = ("light", "dark")


def tokens(theme):
    """Each colour token of the theme as linear red, green, blue."""
    raw = {}
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", SOURCE.split("[data-theme")[0]):
        both = re.match(r"light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\)", value)
        raw[name] = both.group(1 + THEMES.index(theme)) if both else value

    def resolve(value):
        alias = re.match(r"var\(--([\w-]+)\)", value)
        return resolve(raw[alias.group(1)]) if alias else value

    return {name: linear(resolve(value)) for name, value in raw.items() if "oklch" in resolve(value)[:6]}


def linear(oklch):
    """Linear-light sRGB of `oklch(L% C H)` (Björn Ottosson's matrices), kept within the gamut."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in re.findall(r"[\d.]+%?", oklch)[:3])
    lightness /= 100
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return tuple(min(1.0, max(0.0, channel)) for channel in rgb)


def contrast(one, other):
    """The contrast ratio of WCAG 2: (lighter + 0.05) / (darker + 0.05)."""
    first, second = (0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def test_the_ratio_of_black_and_white_is_known():
    assert contrast(linear("oklch(100% 0 0)"), linear("oklch(0% 0 0)")) == pytest.approx(21, abs=0.01)


GROUNDS = ("paper", "surface", "sunken", "raised")
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3", "jade", "kaki-ink", "bad") for ground in GROUNDS[:3]],
    *[(ink, "raised") for ink in ("ink", "ink-2", "jade")],
    *[(tone, f"{tone}-soft") for tone in ("jade", "wait", "warn", "bad", "plum", "gold", "ok")],
    *[("ink", f"{tone}-soft") for tone in ("jade", "wait", "kaki", "bad")],
    *[("on-jade", "jade"), ("on-jade", "jade-hover"), ("on-kaki", "kaki"), ("on-kaki", "kaki-hover")],
    *[(ink, ground) for ink in ("on-deep", "on-deep-2") for ground in ("deep", "deep-2")],
    *[("surface", "bad"), ("surface", "wait"), ("paper", "ink"), ("kaki-ink", "kaki-soft"), ("ink", "line")],
]
PARTS = [
    *[(part, ground) for part in ("line-strong", "focus", "jade", "bad", "wait") for ground in GROUNDS[:3]],
    ("kaki", "deep"), ("plum", "plum-soft"),
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_read(theme, ink, ground):
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts_are_seen(theme, part, ground):
    colours = tokens(theme)
    assert contrast(colours[part], colours[ground]) >= 3
