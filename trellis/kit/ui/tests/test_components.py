"""Declaration, template, use and styleguide say the same."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from trellis.kit.ui.components import COMPONENTS, PATTERNS

UI = Path(__file__).parent.parent
COTTON = UI / "templates" / "cotton"
DECLARED = {component.name: component for component in COMPONENTS}
TAG = re.compile(r"<c-([a-z-]+)((?:\s+[:\w@.-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*/?>", re.DOTALL)
ATTRIBUTE = re.compile(r"([:\w@.-]+)(?:=(?:\"[^\"]*\"|'[^']*'))?")
PASSED = re.compile(r"id$|aria-|data-|hx-")


def uses():
    """Every use of a component in a template: file, component, the names of its attributes."""
    for path in sorted((settings.ROOT / "trellis").rglob("*.html")):
        for name, attributes in TAG.findall(path.read_text()):
            if name not in {"vars", "slot"}:
                bare = re.sub(r"=(\"[^\"]*\"|'[^']*')", "", attributes)
                yield path.relative_to(settings.ROOT), name, {found.lstrip(":") for found in bare.split()}


def test_every_template_of_a_component_is_declared():
    assert {path.stem for path in COTTON.glob("*.html")} == set(DECLARED)


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_the_template_takes_what_is_declared(component):
    source = (COTTON / f"{component.name}.html").read_text()
    taken = re.match(r"<c-vars\s+(.*?)\s*/>", source, re.DOTALL)
    assert taken, "begins with <c-vars ... />"
    bare = re.sub(r"=(\"[^\"]*\"|'[^']*')", "", taken.group(1))
    assert {name.lstrip(":") for name in bare.split()} == {one.name for one in component.properties}
    defaults = dict(re.findall(r"(\w+)=\"([^\"]*)\"", taken.group(1)))
    for one in component.properties:
        if not one.required:
            assert defaults[one.name] == one.default
    assert ("{{ slot }}" in source) == component.slot
    assert ("{{ attrs }}" in source) == component.passes


def test_no_template_uses_what_is_not_declared():
    wrong = []
    for path, name, attributes in uses():
        component = DECLARED.get(name)
        if component is None:
            wrong.append(f"{path}: there is no component c-{name}")
            continue
        known = {one.name for one in component.properties}
        missing = {one.name for one in component.properties if one.required} - attributes
        strange = {a for a in attributes - known if not (component.passes and PASSED.match(a))}
        wrong += [f"{path}: c-{name} has no property {a}" for a in sorted(strange)]
        wrong += [f"{path}: c-{name} needs {a}" for a in sorted(missing)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_the_styleguide_shows_the_component_in_every_state(component):
    sample = (UI / "templates" / component.example).read_text()
    assert f"<c-{component.name}" in sample
    for one in component.properties:
        for value in one.values:
            assert value == one.default or f'{one.name}="{value}"' in sample or one.name == "level"


LAYER = ("components.css", "forms.css", "tables.css", "journey.css")
ELSEWHERE = {
    # stands in the layout of every page, or is set by htmx
    "toasts", "htmx-request",
    # what stands beside a component rather than being one
    "i--s",
}  # fmt: skip


def test_the_styleguide_shows_every_class_of_the_component_layer(as_, linh):
    html = as_(linh).get("/styleguide/").content.decode()
    shown = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}
    wanted = set()
    for name in LAYER:
        source = re.sub(r"\d\.\d|/\*.*?\*/", "", (UI / "css" / name).read_text())
        wanted |= set(re.findall(r"\.(-?[_a-z][\w-]*)", source))
    blocks = {name for name in wanted - ELSEWHERE if name not in shown}
    assert not blocks, f"not in the styleguide: {sorted(blocks)}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_styleguide_opens_in_both_languages(as_, linh, language):
    client = as_(linh)
    client.cookies["django_language"] = language
    html = client.get("/styleguide/").content.decode()
    for piece in (*COMPONENTS, *PATTERNS):
        assert f'-{piece.name}"' in html
