"""Build step, pure Python: one style sheet (Lightning CSS), one icon sprite (Lucide), the scripts under a content name.

The same sources give the same bytes, whoever builds them and where.
"""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import lightningcss

HERE = Path(__file__).parent
TARGETS = ["chrome 100", "safari 15.4", "firefox 115", "ios_saf 15.4"]
OWN = {
    # our own drawing: a plum flower, the recognition mark
    "flower": '<g fill="currentColor" stroke="none">'
    + "".join(
        f'<ellipse cx="12" cy="6.400" rx="3.300" ry="4.300" transform="rotate({a} 12 12)"/>' for a in range(0, 360, 72)
    )
    + '</g><circle cx="12" cy="12" r="2.300" fill="var(--flower-core)" stroke="none"/>',
}
# How an icon is named: {% icon "x" %} and icon="x" in templates, icon("x") in Python.
NAMINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"""\{% icon ["']([a-z0-9-]+)["']""",
        r"""\bicon=["']([a-z0-9-]+)["']""",
        r"""\bicon\(["']([a-z0-9-]+)["']\)""",
    )
)


class UnknownIconError(Exception):
    """A template or module names an icon that does not exist."""


@dataclass(frozen=True)
class Built:
    css_bytes: int
    icons: tuple[str, ...]


def _sources(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        for path in sorted([*root.rglob("*.html"), *root.rglob("*.py")]):
            if "tests" not in path.parts:
                yield path


def used_icons(roots: Iterable[Path]) -> dict[str, Path]:
    """Every icon named in templates and modules, with one file that names it."""
    found: dict[str, Path] = {}
    for path in _sources(roots):
        text = path.read_text(encoding="utf-8")
        for naming in NAMINGS:
            for name in naming.findall(text):
                found.setdefault(name, path)
    return dict(sorted(found.items()))


def sprite(icons: dict[str, Path]) -> str:
    """One SVG with a symbol for each icon. An unknown name is told with the file that uses it."""
    symbols = []
    with resources.files("lucide").joinpath("lucide.zip").open("rb") as packed, zipfile.ZipFile(packed) as drawings:
        known = set(drawings.namelist())
        for name, path in icons.items():
            body = OWN.get(name)
            if body is None:
                if f"{name}.svg" not in known:
                    raise UnknownIconError(
                        f"{path}: there is no icon called {name!r}. The names are those of lucide.dev."
                    )
                inner = re.search(r"<svg[^>]*>(.*)</svg>", drawings.read(f"{name}.svg").decode(), re.DOTALL)
                body = re.sub(r"\s+", " ", inner.group(1) if inner else "").strip()
            symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>"


def _scripts(out: Path) -> str:
    """Copy the modules into a folder named after their content: imports hold, browsers may keep it."""
    files = sorted((HERE / "js").glob("*.js"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    folder = out / f"js-{digest.hexdigest()[:10]}"
    for old in out.glob("js-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
    return f"ui/{folder.name}/"


def build(out: Path, roots: Iterable[Path]) -> Built:
    """Write the style sheet, the sprite and the scripts into `out`, and tell what came of it."""
    ui = out / "ui"
    ui.mkdir(parents=True, exist_ok=True)
    css: str = lightningcss.bundle_css(
        str(HERE / "css" / "app.css"),
        parser_flags=lightningcss.calc_parser_flags(nesting=True),
        browsers_list=TARGETS,
        minify=True,
    )
    icons = used_icons(roots)
    drawn = sprite(icons)  # before anything is written: an unknown icon leaves the last good build in place
    (ui / "app.css").write_text(css, encoding="utf-8")
    (ui / "icons.svg").write_text(drawn, encoding="utf-8")
    (out / "build.json").write_text(json.dumps({"js": _scripts(ui)}), encoding="utf-8")
    return Built(css_bytes=len(css.encode()), icons=tuple(icons))
