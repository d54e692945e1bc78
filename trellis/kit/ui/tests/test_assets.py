import gzip

import pytest
from django.conf import settings

from trellis.kit.ui.assets import UnknownIconError, build, used_icons


@pytest.fixture
def built(tmp_path):
    return build(tmp_path, [settings.ROOT / "trellis"]), tmp_path


def everything(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_sources_give_the_same_bytes(built, tmp_path_factory):
    again = tmp_path_factory.mktemp("again")
    build(again, [settings.ROOT / "trellis"])
    assert everything(again) == everything(built[1])


def test_building_over_an_older_build_leaves_only_the_new_scripts(built):
    _, folder = built
    (folder / "ui" / "js-0000000000").mkdir()
    build(folder, [settings.ROOT / "trellis"])
    assert len(list((folder / "ui").glob("js-*"))) == 1


def test_an_unknown_icon_stops_the_build_and_names_the_file(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('{% icon "no-such-thing" %}')
    with pytest.raises(UnknownIconError, match=r"page\.html.*'no-such-thing'"):
        build(tmp_path / "out", [tmp_path])
    assert not (tmp_path / "out" / "ui" / "app.css").exists()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.html", '{% icon "award" %}'),
        ("a.html", '<c-pill tone="ok" icon="award">x</c-pill>'),
        ("a.py", 'Place(_("Certificates"), icon("award"))'),
    ],
)
def test_icons_are_found_however_they_are_named(tmp_path, file, text):
    (tmp_path / file).write_text(text)
    assert list(used_icons([tmp_path])) == ["award"]


def test_what_is_ours_stays_small(built):
    """ui.md: style sheet 20 kB, script 15 kB, compressed."""
    _, folder = built
    assert len(gzip.compress((folder / "ui" / "app.css").read_bytes())) <= 20_000
    assert sum(len(gzip.compress(script.read_bytes())) for script in folder.rglob("*.js")) <= 15_000


def test_scripts_hold_no_text():
    """Every word a script shows comes from the page, where it is translated."""
    for script in (settings.ROOT / "trellis" / "kit" / "ui" / "js").glob("*.js"):
        source = "\n".join(line.split("//")[0] for line in script.read_text().splitlines())
        assert 'textContent = "' not in source.replace('textContent = ""', "")
        assert "alert(" not in source
