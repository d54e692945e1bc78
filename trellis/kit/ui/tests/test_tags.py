from datetime import date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from trellis.kit import clock
from trellis.kit.text import in_language


def drawn(source, language="en", **context):
    with translation.override(language):
        return Template(source).render(Context(context))


class Thing:
    """Something the company named."""

    def __init__(self, name, **names):
        self.name, self.names = name, {"zh-hans": names["zh"]} if names else {}

    def __str__(self):
        return in_language(self.name, self.names)


LEADER = Thing("Team leader", zh="组长")
ONLY_ENGLISH = Thing("Team leader")


@pytest.mark.parametrize(
    ("thing", "language", "html"),
    [
        pytest.param("晓雨", "en", '<span lang="zh-Hans">晓雨</span>', id="a Chinese person on an English page"),
        pytest.param("晓雨", "zh-hans", "晓雨", id="a Chinese person on a Chinese page"),
        pytest.param("Linh Nguyen", "zh-hans", "Linh Nguyen", id="a Latin name is nobody's language"),
        pytest.param(LEADER, "zh-hans", "组长", id="a translated name"),
        pytest.param(ONLY_ENGLISH, "zh-hans", '<span lang="en">Team leader</span>', id="a name without translation"),
        pytest.param(LEADER, "en", "Team leader", id="the company's own language"),
        pytest.param("<b>", "en", "&lt;b&gt;", id="what people typed is escaped"),
    ],
)
def test_names_say_their_language(thing, language, html):
    assert drawn("{{ thing|named }}", language, thing=thing) == html


@pytest.mark.parametrize(("name", "letters"), [("Linh Nguyen", "LN"), ("晓雨", "晓雨"), ("王晓雨", "晓雨"), ("", "")])
def test_initials(name, letters):
    assert drawn("{{ name|initials }}", name=name) == letters


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (date(2026, 3, 3), "en", "Tue 3 Mar"),
        (date(2025, 3, 3), "en", "3 Mar 2025"),
        (None, "en", ""),
    ],
)
def test_days_as_people_say_them(value, language, text):
    assert drawn("{{ value|day }}", language, value=value) == text


def test_times_of_the_day():
    assert drawn("{{ value|time_of }}", value=clock.at_time(date(2026, 3, 3), 14)) == "14:00"
    assert drawn("{{ value|time_of }}", value=datetime(2026, 3, 3, 8, 30)) == "08:30"  # noqa: DTZ001, as a template gets it


def test_an_icon_is_decoration_unless_it_is_labelled():
    assert 'aria-hidden="true"' in drawn('{% icon "check" %}')
    assert 'role="img" aria-label="Met"' in drawn('{% icon "check" "" "Met" %}')


def test_another_page_keeps_the_filters():
    request = RequestFactory().get("/people/?q=a&page=2")
    assert drawn("{% page_link 3 %}", request=request) == "?q=a&amp;page=3"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_date_control_gets_the_date_as_browsers_want_it(language):
    class Form(forms.Form):
        day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))

    html = drawn("{{ form.day|control }}", language, form=Form(initial={"day": date(2026, 3, 2)}))
    assert 'value="2026-03-02"' in html
