"""What people write is shown clean, whatever it is."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.kit.user_text import is_safe_address, user_text

REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("**Call** Minh", "<p><strong>Call</strong> Minh</p>\n", id="bold"),
        pytest.param("one\ntwo", "<p>one<br>\ntwo</p>\n", id="a new line is a new line"),
        pytest.param("~~old~~", "<p><s>old</s></p>\n", id="struck through"),
        pytest.param("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", id="list"),
        pytest.param("# Plan", '<p><span class="user-text__h">Plan</span></p>', id="no heading among the page's"),
        pytest.param("学习 `排班`", "<p>学习 <code>排班</code></p>\n", id="Chinese"),
        pytest.param(
            "[map](/pathways/)", f'<p><a href="/pathways/" {REL}>map</a></p>\n', id="a page of ours opens here"
        ),
        pytest.param(
            "see https://example.org/a?b=1.",
            f'<p>see <a href="https://example.org/a?b=1" target="_blank" {REL}>https://example.org/a?b=1</a>.</p>\n',
            id="a bare address",
        ),
        pytest.param(
            "看https://example.org/书，好",
            f'<p>看<a href="https://example.org/书" target="_blank" {REL}>https://example.org/书</a>，好</p>\n',
            id="an address between Chinese",
        ),
        pytest.param(
            "![me](https://pics.example/a.png)",
            f'<p><a href="https://pics.example/a.png" target="_blank" {REL}>'
            "me (Show the picture from pics.example)</a></p>\n",
            id="a picture is a link that says where it leads",
        ),
        pytest.param("![x](javascript:alert(1))", "<p>![x](javascript:alert(1))</p>\n", id="no picture at all"),
        pytest.param("a\u202egnp.exe\x00", "<p>agnp.exe</p>\n", id="signs that turn the direction"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_shown_as_meant(typed, shown):
    assert user_text(typed) == shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](&#106;avascript:alert(1))",
        "<javascript:alert(1)>",
        '[a](https://x.example "\\" onmouseover=alert(1)")',
        "[a]: javascript:alert(1)\n\n[a]",
        "![](https://x.example/a.png)",
        "[![](https://x.example/a.png)](https://y.example)",
        "//evil.example [a](//evil.example) [b](/\\evil.example)",
        'https://x.example/"onmouseover=alert(1)',
        "<iframe src=//evil.example>",
        "<svg><style><img src=x onerror=alert(1)>",
        "`<b>`",
    ],
)
def test_hostile_text_is_only_text(hostile):
    shown = user_text(hostile)
    inside = re.findall(r"<[^>]*>", shown)
    assert not any(
        re.search(r"\son\w+=|javascript:|data:|vbscript:|<(img|script|iframe|svg|style)", tag, re.I) for tag in inside
    )
    assert all(is_safe_address(href) for href in re.findall(r'href="([^"]*)"', shown))


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "*a **b ", "`", ">", "- ", "<", "(", "[a](", "https://", "_", "~~", "\\", "&", "* a\n ", "1. ", "|"],
)
def test_twenty_thousand_signs_of_anything_are_shown_soon(piece):
    began = time.process_time()
    user_text((piece * 20_000)[:20_000])
    assert time.process_time() - began < 3


@settings(max_examples=150)
@given(st.text(max_size=300) | st.text(alphabet="<>[]()!*_`#-\\\"'=:/&; ajvscript\n", max_size=200))
def test_whatever_is_typed_no_tag_of_it_comes_through(typed):
    shown = user_text(typed)
    for tag in re.findall(r"<[^>]*>", shown):
        assert re.fullmatch(r"</?(p|br|strong|em|s|code|pre|blockquote|ul|ol|li|hr|span|a)\b[^<>]*>", tag)
    assert user_text(typed) == shown
