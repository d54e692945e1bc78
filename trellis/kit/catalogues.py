"""Translations: extracted from code and templates into each room's catalogue, compared, compiled. Without gettext.

Extraction needs Babel (development); compiling needs only polib, so it works wherever Trellis runs. A *room* is a
folder with its own `locale/`: the kit, the project, each domain and each surface.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh_Hans",)
KEYWORDS = {
    "_": None,
    "_now": None,  # gettext where `_` is gettext_lazy
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")


@dataclass
class Message:
    """One text to translate and the files it stands in."""

    context: str | None
    singular: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return self.context or "", self.singular


def rooms() -> dict[str, Path]:
    """Each room's folder by its name."""
    found = {"kit": PACKAGE / "kit", "project": PACKAGE / "project"}
    for storey in ("domains", "surfaces"):
        found |= {p.name: p for p in sorted((PACKAGE / storey).iterdir()) if (p / "__init__.py").exists()}
    return found


def catalogue_of(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def extract(room: Path) -> dict[tuple[str, str], Message]:
    """Every text marked for translation in the room's Python files and templates, tests left out."""
    messages: dict[tuple[str, str], Message] = {}
    for file in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        parts = file.relative_to(room).parts
        if "tests" in parts or "migrations" in parts or (file.suffix == ".txt" and "templates" not in parts):
            continue
        for message in _texts(file):
            known = messages.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.files.add(file.relative_to(PACKAGE.parent).as_posix())
    return messages


def _texts(file: Path) -> Iterator[Message]:
    from babel.messages.extract import extract as babel_extract
    from django.utils.translation.template import templatize

    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # In brackets, so that the indentation of a template means nothing to the reader of Python.
        source = f"({templatize(source)}\n)"
    try:
        found = list(
            babel_extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
        )
    except Exception as fault:
        raise ValueError(f"{file}: cannot be read for translation: {fault}") from fault
    for _line, texts, _comments, context in found:
        singular, plural = texts[:2] if isinstance(texts, tuple) else (texts, None)
        if singular:
            yield Message(context, singular, plural)


def update(room: Path, language: str) -> polib.POFile:
    """Write the room's catalogue: new texts added empty, old ones removed, translations kept."""
    path = catalogue_of(room, language)
    before = {(e.msgctxt or "", e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for message in sorted(extract(room).values(), key=lambda m: (min(m.files), m.singular, m.context or "")):
        entry = polib.POEntry(
            msgid=message.singular,
            msgctxt=message.context,
            occurrences=[(name, "") for name in sorted(message.files)],
        )
        old = before.get(message.key)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: (old.msgstr_plural.get(0, "") or old.msgstr) if old else ""}
        elif old:
            entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
        if PLACEHOLDER.search(message.singular):
            entry.flags.append("python-format")
        catalogue.append(entry)
    if len(catalogue):
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    return catalogue


def faults_of(name: str, room: Path, language: str) -> list[str]:
    """What is missing or wrong in the room's catalogue, a line each."""
    path = catalogue_of(room, language)
    wanted = extract(room)
    known = {(e.msgctxt or "", e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    faults = [f"{name}: not in the catalogue: {key[1]!r}" for key in wanted if key not in known]
    for key, entry in known.items():
        translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.obsolete or key not in wanted:
            faults.append(f"{name}: no longer used: {entry.msgid!r}")
        elif entry.fuzzy or not all(translations):
            faults.append(f"{name}: not translated: {entry.msgid!r}")
        else:
            faults += [f"{name}: {fault}" for fault in _differing(entry, translations)]
    return faults


def _differing(entry: polib.POEntry, translations: list[str]) -> Iterator[str]:
    """Placeholders that a translation lost or invented. A plural form may leave out a number the singular has."""
    allowed = [set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
    for text in translations:
        if set(PLACEHOLDER.findall(text)) not in allowed:
            yield f"placeholders differ: {entry.msgid!r} and {text!r}"


def disagreements(language: str) -> list[str]:
    """Texts that two rooms translate differently. Django joins all catalogues into one, so only the first would show;
    give such a text a context, or other words."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for name, room in rooms().items():
        path = catalogue_of(room, language)
        for entry in polib.pofile(str(path)) if path.exists() else []:
            text = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
            if text:
                said.setdefault((entry.msgctxt or "", entry.msgid), {}).setdefault(text, name)
    return [
        f"translated differently: {key[1]!r}: " + ", ".join(f"{text!r} ({name})" for text, name in texts.items())
        for key, texts in sorted(said.items())
        if len(texts) > 1
    ]


def compile_all() -> int:
    """Compile every catalogue that is newer than its compiled form; returns how many there are."""
    count = 0
    for room in rooms().values():
        for path in sorted(room.glob("locale/*/LC_MESSAGES/django.po")):
            compiled = path.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
                polib.pofile(str(path)).save_as_mofile(str(compiled))
            count += 1
    return count


def main(arguments: Iterable[str]) -> int:
    """`[room ...]` updates, `--check [room ...]` compares, `--compile` compiles. All rooms when none is named."""
    words = list(arguments)
    chosen = {name: path for name, path in rooms().items() if name in words} or rooms()
    if unknown := [w for w in words if not w.startswith("--") and w not in rooms()]:
        sys.stderr.write(f"No room is called {unknown[0]}. There are: {', '.join(rooms())}.\n")
        return 2
    if "--compile" in words:
        sys.stdout.write(f"{compile_all()} catalogues\n")
        return 0
    if "--check" in words:
        faults = [f for name, room in chosen.items() for lang in LANGUAGES for f in faults_of(name, room, lang)]
        faults += [f for lang in LANGUAGES for f in disagreements(lang)]
        sys.stdout.write("".join(f"{fault}\n" for fault in faults) or "All translated.\n")
        return 1 if faults else 0
    for name, room in chosen.items():
        for language in LANGUAGES:
            catalogue = update(room, language)
            empty = sum(not e.translated() for e in catalogue)
            sys.stdout.write(f"{name} {language}: {len(catalogue)} texts, {empty} to translate\n")
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
