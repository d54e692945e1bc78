"""Build step, pure Python: one CSS file (Lightning CSS), one icon sprite (Lucide)."""

import hashlib
import json
import re
import shutil
import time
import zipfile
from importlib import resources
from pathlib import Path

import lightningcss

HERE = Path(__file__).parent
TARGETS = ["chrome 100", "safari 15.4", "firefox 115", "ios_saf 15.4"]
OWN = {
    # our own drawing: a six-petal plum flower, the recognition mark
    "flower": '<g fill="currentColor" stroke="none">'
    + "".join(
        f'<ellipse cx="12" cy="6.400" rx="3.300" ry="4.300" transform="rotate({a} 12 12)"/>' for a in range(0, 360, 72)
    )
    + '</g><circle cx="12" cy="12" r="2.300" fill="var(--flower-core)" stroke="none"/>',
}


def used_icons(roots):
    names = set()
    for root in roots:
        for f in [*root.rglob("*.html"), *root.rglob("*.py")]:
            text = f.read_text()
            names |= set(re.findall(r"""\{% icon ["']([a-z0-9-]+)""", text))
            names |= set(re.findall(r"""icon=["']([a-z0-9-]+)["']""", text))
            names |= set(re.findall(r"""["']icon["']: ["']([a-z0-9-]+)["']""", text))
            names |= set(re.findall(r"""icon\(["']([a-z0-9-]+)["']\)""", text))
    names |= {"clock-3", "shield-check", "check", "x"}
    return sorted(names)


def build(out: Path, roots):
    t = time.perf_counter()
    (out / "ui").mkdir(parents=True, exist_ok=True)
    css = lightningcss.bundle_css(
        str(HERE / "css" / "app.css"),
        parser_flags=lightningcss.calc_parser_flags(nesting=True),
        browsers_list=TARGETS,
        minify=True,
    )
    (out / "ui" / "app.css").write_text(css)
    symbols = []
    names = used_icons(roots)
    with resources.files("lucide").joinpath("lucide.zip").open("rb") as fh, zipfile.ZipFile(fh) as z:
        for n in names:
            if n in OWN:
                body = OWN[n]
            else:
                svg = z.read(f"{n}.svg").decode()  # KeyError = unknown icon: the build fails
                body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S).group(1)
                body = re.sub(r"\s+", " ", body).strip()
            symbols.append(f'<symbol id="{n}" viewBox="0 0 24 24">{body}</symbol>')
    (out / "ui" / "icons.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>")
    # own ES modules live in a folder named after their content: relative imports keep working,
    # nothing is rewritten, and the browser may cache the folder for ever
    files = sorted((HERE / "js").glob("*.js"))
    tag = hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:10]
    for old in (out / "ui").glob("js-*"):
        shutil.rmtree(old)
    shutil.copytree(HERE / "js", out / "ui" / f"js-{tag}")
    (out / "build.json").write_text(json.dumps({"js": f"ui/js-{tag}/"}))
    return len(css), len(names), (time.perf_counter() - t) * 1000
