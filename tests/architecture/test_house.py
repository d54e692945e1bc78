"""The order of the house holds, and the guard that watches it would notice."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, named, sources

LINTER = Path(sys.executable).parent / "lint-imports"


def rooms() -> list[Path]:
    return [p for p in sorted((ROOT / "trellis" / "domains").iterdir()) if (p / "__init__.py").exists()]


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory):
    """A copy in which something may be planted; only the Python of it."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "trellis", copy / "trellis", ignore=shutil.ignore_patterns("*.html", "*.po", "*.mo", "tests")
    )
    shutil.copy(ROOT / ".importlinter", copy)
    return copy


def verdict(house: Path) -> str:
    """What import-linter says, in one text."""
    # Run from the copy, so that the copy's trellis is the one that is found.
    run = subprocess.run([LINTER, "--no-cache", "--config", ".importlinter"], cwd=house, capture_output=True, text=True)
    return run.stdout + run.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        pytest.param(
            "kit/clock.py", "import trellis.domains.people.models", "Project on surfaces", id="the kit asks a domain"
        ),
        pytest.param(
            "domains/people/models.py",
            "import trellis.domains.careers.models",
            "Domains stand on each other",
            id="a lower room asks a higher one",
        ),
        pytest.param(
            "domains/learning/models.py",
            "import trellis.domains.mentoring.models",
            "Domains stand on each other",
            id="strangers meet",
        ),
        pytest.param(
            "domains/sessions/models.py",
            "import trellis.domains.sessions.web.urls",
            "The same order inside",
            id="a table calls a page",
        ),
        pytest.param(
            "domains/sessions/rules/marks.py", "import django.db", "Rules know neither", id="a rule asks the database"
        ),
        pytest.param(
            "domains/sessions/rules/marks.py", "import trellis.kit.clock", "Rules know neither", id="a rule asks now"
        ),
        pytest.param(
            "domains/careers/models.py",
            "import trellis.domains.people.web.urls",
            "Pages of a domain",
            id="a room uses another's page",
        ),
    ],
)
def test_a_planted_violation_is_caught(copy_of_the_house, file, line, contract):
    target = copy_of_the_house / "trellis" / file
    before = target.read_text() if target.exists() else None
    target.write_text(f"{line}\n{before or ''}")
    try:
        said = verdict(copy_of_the_house)
    finally:
        target.write_text(before) if before is not None else target.unlink()
    broken = [text for text in said.splitlines() if text.endswith("BROKEN")]
    assert any(contract in text for text in broken), said


def test_every_room_says_what_it_is_for():
    openings = [room / "__init__.py" for room in rooms()]
    silent = [named(file) for file in openings if not ast.get_docstring(ast.parse(file.read_text()))]
    assert not silent


def test_rules_are_plain_python():
    """Nothing beyond the standard library and other rules: a decision must not depend on a library."""
    strangers = []
    for file in sources(".py", under="trellis/domains"):
        if "tests" in file.parts or not (file.name == "rules.py" or "rules" in file.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            for module in modules:
                own_rule = module.startswith("trellis.domains.") and ".rules" in module
                if not own_rule and module.split(".")[0] not in sys.stdlib_module_names:
                    strangers.append(f"{named(file, node.lineno)} imports {module}")
    assert not strangers
