"""A part is drawn once, and yet each page has its own token and its own way back."""

from django.template import engines
from django.test import RequestFactory

from trellis.kit.ui.templatetags import ui

PAGE = '{% part "ui/preferences.html" theme="auto" %}'


def drawn(path, token):
    template = engines["django"].from_string(PAGE)
    return template.render({"path": path, "csrf_token": token}, RequestFactory().get("/"))


def test_what_is_kept_holds_nobodys_token_and_nobodys_path():
    ui._part.cache_clear()
    first, second = drawn("/people/?q=a&page=2", "first"), drawn("/pool/", "second")
    assert ui._part.cache_info().misses == 1
    assert 'value="/people/?q=a&amp;page=2"' in first
    assert 'value="/pool/"' in second
    assert "/people/" not in second
    assert "\ue000" not in first + second


def test_what_others_wrote_into_the_address_stays_text():
    assert "<script>" not in drawn('/"><script>', "any")
