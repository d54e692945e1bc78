"""What every kept file promises, whoever wrote it."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, kept_files, named, sources

TEXT = {"", ".css", ".html", ".in", ".ini", ".js", ".md", ".po", ".py", ".sh", ".toml", ".txt", ".typ", ".yaml"}
LINES_AT_MOST = 400
MACHINE = re.compile(r"/(?:home|Users)/[\w.-]+|/work/|/root/|/tmp/(?!trellis-)\w+|[A-Z]:\\Users")
# In a comment only: a state of a requirement is called TODO too.
UNFINISHED = re.compile(r"(?:#|//|/\*|<!--|\{%\s*comment).*\b(?:TODO|FIXME|XXX|HACK)\b")
SILENCED = re.compile(r"#\s*noqa(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<rest>.*)$")


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def text_files() -> list[Path]:
    return [f for f in kept_files() if f.suffix in TEXT and "docs/screenshots" not in f.as_posix()]


def test_locks_hold_no_address():
    """An address in a lock would send every installation there, past the mirror its operator chose."""
    found = []
    for file in sources(".txt", ".in", under="requirements"):
        found += [named(file, number) for number, line in enumerate(lines_of(file), 1) if "://" in line]
    assert not found


def test_locks_hold_a_hash_for_everything():
    for file in sources(".txt", under="requirements"):
        pins = re.findall(r"^([\w.\[\],-]+==\S+)(.*)$", file.read_text(), re.M)
        without = [pin for pin, rest in pins if not rest.rstrip().endswith("\\")]
        assert pins, named(file)
        assert not without, named(file)


def test_what_tests_has_the_same_versions_as_what_runs():
    """bin/test and bin/demo share one environment; and what was tested is what runs."""

    def pins(name: str) -> set[str]:
        # An extra changes what is locked beside a package, not its version.
        text = re.sub(r"\[[\w,-]+\]==", "==", (ROOT / "requirements" / name).read_text())
        return set(re.findall(r"^([\w.-]+==[^\s;\\]+)", text, re.M))

    assert pins("core.txt") <= pins("dev.txt")


def test_no_path_of_somebodys_machine():
    found = []
    for file in text_files():
        if file == Path(__file__):
            continue
        for number, line in enumerate(lines_of(file), 1):
            if MACHINE.search(line):
                found.append(f"{named(file, number)} {line.strip()[:80]}")
    assert not found


def test_no_file_is_too_long_to_read():
    long = []
    for file in sources(".py", ".html", ".css", ".js"):
        if "migrations" in file.parts:
            continue
        if (count := len(lines_of(file))) > LINES_AT_MOST:
            long.append(f"{named(file)}: {count} lines")
    assert not long, "two subjects; part them"


def test_nothing_is_left_for_later():
    found = []
    for file in sources(".py", ".html", ".css", ".js", ".md"):
        if file != Path(__file__):
            found += [named(file, n) for n, line in enumerate(lines_of(file), 1) if UNFINISHED.search(line)]
    assert not found


def silenced_without_reason(line: str) -> bool:
    found = SILENCED.search(line)
    return found is not None and (not found["codes"] or len(found["rest"].split()) < 2)


def test_a_silenced_lint_says_why():
    """`# noqa: S608, a table of ours`: the rule by its code, and then the reason."""
    silent = []
    for file in sources(".py"):
        if file == Path(__file__) or "migrations" in file.parts:
            continue
        for number, line in enumerate(lines_of(file), 1):
            if silenced_without_reason(line):
                silent.append(f"{named(file, number)} {line.strip()[:90]}")
    assert not silent


@pytest.mark.parametrize(
    ("line", "is_silent"),
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: S608", True),
        ("x = 1  # noqa: S608, N802", True),
        ("x = 1  # noqa: S608, a table of ours", False),
        ("x = 1", False),
    ],
)
def test_the_search_for_silenced_lints(line, is_silent):
    assert silenced_without_reason(line) == is_silent


CONVERTS_TOO = {"localdate", "localtime"}  # of a moment that is given
NOW = {"now", "today", "utcnow"} | CONVERTS_TOO


def asks_the_time(tree: ast.AST) -> list[int]:
    """Lines with `timezone.now()`, `date.today()` and their like, and `timezone.now` handed over as a default."""
    given = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call) and (n.args or n.keywords)}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in NOW
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr) in {"timezone", "date", "datetime"}
        and not (node.attr in CONVERTS_TOO and id(node) in given)
    ]


def test_the_clock_is_the_only_source_of_now():
    """Else the demo and the tests, which move the clock, would live in two times at once."""
    found = []
    for file in sources(".py", under="trellis"):
        if file != ROOT / "trellis/kit/clock.py" and not {"migrations", "tests"} & set(file.parts):
            found += [named(file, line) for line in asks_the_time(ast.parse(file.read_text()))]
    assert not found
