from pathlib import Path

import polib
import pytest

from trellis.kit import catalogues

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
NAME = _("Photo editor")
def say(n): return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
VERB = pgettext("verb", "Open")
"""
TEMPLATE = """{% extends "base.html" %}
  <c-card title="{% translate 'Your "next" step' %}">
 {% blocktranslate with who=person.name trimmed %}
   Waiting for
   {{ who }}.
 {% endblocktranslate %}
      {% blocktranslate count n=days|length %}one day{% plural %}{{ n }} days{% endblocktranslate %}
  it's {{ _("late")|upper }} {# a note, don't read #}
  </c-card>
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path / "trellis")
    room = tmp_path / "trellis" / "room"
    (room / "templates").mkdir(parents=True)
    (room / "rules.py").write_text(PYTHON)
    (room / "templates" / "page.html").write_text(TEMPLATE)
    return room


def test_every_marked_text_of_code_and_templates_is_found(room):
    assert {key[1] for key in catalogues.extract(room)} == {
        "Photo editor",
        "%(n)s day",
        "Open",
        'Your "next" step',
        "Waiting for %(who)s.",
        "one day",
        "late",
    }


def test_a_translation_is_kept_and_what_is_gone_is_removed(room):
    catalogue = catalogues.update(room, "zh_Hans")
    for entry in catalogue:
        entry.msgstr = "修图师" if entry.msgid == "Photo editor" else entry.msgstr
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="没了"))
    catalogue.save(str(catalogues.catalogue_of(room, "zh_Hans")))
    after = {e.msgid: e.msgstr for e in catalogues.update(room, "zh_Hans")}
    assert after["Photo editor"] == "修图师"
    assert "Gone" not in after


def test_the_check_names_what_is_missing_stale_or_has_other_placeholders(room):
    catalogue = catalogues.update(room, "zh_Hans")
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)s 天"}
        else:
            entry.msgstr = {"Photo editor": "修图师", "Open": "", "Waiting for %(who)s.": "等待%(whom)s。"}.get(
                entry.msgid, "好"
            )
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="没了"))
    catalogue.save(str(catalogues.catalogue_of(room, "zh_Hans")))
    (room / "more.py").write_text("from django.utils.translation import gettext as _\nX = _('Fresh')\n")
    assert sorted(catalogues.faults_of("room", room, "zh_Hans")) == [
        "room: no longer used: 'Gone'",
        "room: not in the catalogue: 'Fresh'",
        "room: not translated: 'Open'",
        "room: placeholders differ: 'Waiting for %(who)s.' and '等待%(whom)s。'",
    ]


def test_compiling_needs_no_gettext_and_is_done_once(room):
    catalogues.update(room, "zh_Hans")
    catalogues.PACKAGE.joinpath("kit").mkdir()
    compiled = catalogues.catalogue_of(room, "zh_Hans").with_suffix(".mo")
    (catalogues.PACKAGE / "domains" / "x").mkdir(parents=True)
    (catalogues.PACKAGE / "surfaces").mkdir()
    room.joinpath("__init__.py").touch()
    room.rename(catalogues.PACKAGE / "domains" / "room")
    assert catalogues.compile_all() == 1
    assert (catalogues.PACKAGE / "domains" / "room" / compiled.relative_to(room)).exists()


def test_two_rooms_that_translate_a_text_differently_are_named(room, monkeypatch):
    other = room.parent / "other"
    for folder, text in ((room, "修图师"), (other, "照片编辑")):
        folder.mkdir(exist_ok=True)
        (folder / "rules.py").write_text(PYTHON)
        catalogue = catalogues.update(folder, "zh_Hans")
        for entry in catalogue:
            entry.msgstr = text if entry.msgid == "Photo editor" else ""
        catalogue.save(str(catalogues.catalogue_of(folder, "zh_Hans")))
    monkeypatch.setattr(catalogues, "rooms", lambda: {"room": room, "other": other})
    assert catalogues.disagreements("zh_Hans") == [
        "translated differently: 'Photo editor': '修图师' (room), '照片编辑' (other)"
    ]


def test_the_academy_says_you_as_colleagues_do():
    """One tone on every page: 你, or no pronoun at all; the formal 您 stood beside it on the same page once."""
    formal = [
        (name, entry.msgid)
        for name, room in catalogues.rooms().items()
        for entry in polib.pofile(str(catalogues.catalogue_of(room, "zh_Hans")))
        if "您" in entry.msgstr + "".join(entry.msgstr_plural.values())
    ]
    assert formal == []
